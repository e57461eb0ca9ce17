"""Whose hands a petition went through."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import Created, Model, PublicId, UTCDateTime

if TYPE_CHECKING:
    from feedback.petitions.models.petition import Petition


class Leg(Created, Model):
    """The time that one agency had the file. A transfer ends a leg and begins the next; the
    resident's own clock runs on."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"))
    number: Mapped[int]
    reason_kind: Mapped[str] = mapped_column(
        sa.String(12)
    )  # first | transfer | reopened | succession
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    started_on: Mapped[date]
    due_on: Mapped[date]  # the leg's own term
    ended_on: Mapped[date | None]
    petition: Mapped[Petition] = relationship(back_populates="legs")
    agency: Mapped[Agency] = relationship()
    __table_args__ = (sa.UniqueConstraint("petition_id", "number"),)


class Allocation(Created, Model):
    """The file was handed to an officer."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    officer: Mapped[Person] = relationship(foreign_keys=[officer_id])


class Part(PublicId, Created, Model):
    """A coordinating agency's part, due inside the lead's own date. ``is_public``: the head of the
    lead agency lets everybody read it beside the answer."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    leg_number: Mapped[int]
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    question: Mapped[str] = mapped_column(sa.Text)
    asked_on: Mapped[date]
    due_on: Mapped[date]
    text: Mapped[str] = mapped_column(sa.Text, default="")
    given_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    given_on: Mapped[date | None]
    given_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_public: Mapped[bool] = mapped_column(default=False)
    shown_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lock: Mapped[int] = mapped_column(default=1)
    agency: Mapped[Agency] = relationship()
    petition: Mapped[Petition] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    given_by: Mapped[Person | None] = relationship(foreign_keys=[given_by_id])
    __mapper_args__ = {"version_id_col": lock}
    __table_args__ = (sa.Index("ix_part_queue", "agency_id", "given_on", "due_on", "id"),)

    def standing(self, day: date) -> str:
        """``asked``, ``late`` (not given, past its own day), ``on_time`` or ``given_late``; ``moot``
        once the file has ended or gone to another agency, or the body is no more: then nothing is
        owed. Computed when read."""
        if self.given_on is not None:
            return "on_time" if self.given_on <= self.due_on else "given_late"
        same_leg = self.petition.is_open and self.petition.leg_number == self.leg_number
        if not same_leg or not self.agency.exists_on(day):
            return "moot"
        return "late" if self.due_on < day else "asked"

    def is_open(self, day: date) -> bool:
        """Asked, not given, and still wanted."""
        return self.standing(day) in ("asked", "late")
