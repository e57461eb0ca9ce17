"""What came in a flood and waits for a person: kept whole, and no petition yet."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.petitions.rules.floods import LAID_ASIDE, WAITING
from feedback.petitions.rules.pins import Pin


class HeldPetition(PublicId, Created, Model):
    """A form that was sent and is held as one of many (docs/floods.md).

    In a table of its own, so that no figure, list, search or page of petitions can meet it. Taken, it becomes
    a ``Petition`` with the same code, and ``sent_on`` is its day zero; of this row only the marks stay.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    submission_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    why: Mapped[str] = mapped_column(sa.String(12))
    mark: Mapped[str] = mapped_column(
        sa.String(32)
    )  # of the many; of a network or address a keyed hash
    standing: Mapped[str] = mapped_column(sa.String(12), default=WAITING)

    kind: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(sa.Text)
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    lat: Mapped[float | None] = mapped_column(sa.Float(53))
    lon: Mapped[float | None] = mapped_column(sa.Float(53))
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_item.id"))
    commune_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    phone: Mapped[str] = mapped_column(sa.String(20), default="")
    sender_name: Mapped[str] = mapped_column(sa.String(120), default="")
    consents: Mapped[str] = mapped_column(
        sa.String(200), default=""
    )  # purpose:version, parted by spaces
    locale: Mapped[str] = mapped_column(sa.String(5), default="vi")
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_on: Mapped[date]

    batch: Mapped[int | None]  # with which it was sealed into the record
    aside_reason: Mapped[str] = mapped_column(sa.String(20), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    commune: Mapped[Agency | None] = relationship(foreign_keys=[commune_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    __table_args__ = (
        sa.Index("ix_held_petition_group", "standing", "why", "mark", "id"),
        sa.Index("ix_held_petition_email", "email"),
        sa.Index("ix_held_petition_batch", "batch"),
        sa.Index("ix_held_petition_sent_on", "sent_on"),
    )

    @property
    def subject(self) -> str:
        """How its files are named, and the record where it is about this one alone."""
        return f"held:{self.public_id}"

    @property
    def pin(self) -> Pin | None:
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def waits(self) -> bool:
        return self.standing == WAITING

    @property
    def is_aside(self) -> bool:
        return self.standing == LAID_ASIDE

    @property
    def has_contact(self) -> bool:
        return bool(self.email or self.phone)
