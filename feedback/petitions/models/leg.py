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
    reason_kind: Mapped[str] = mapped_column(sa.String(12))  # first | transfer | reopened
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
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
    agency: Mapped[Agency] = relationship()
    petition: Mapped[Petition] = relationship()
    __table_args__ = (sa.Index("ix_part_queue", "agency_id", "given_on", "due_on", "id"),)

    def is_overdue(self, day: date) -> bool:
        """Not given, and past its own day. Computed when read."""
        return self.given_on is None and self.due_on < day
