"""Whose hands a petition went through."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import Created, Model, UTCDateTime

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


class Part(Created, Model):
    """A coordinating agency's part, due inside the lead's own date."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    question: Mapped[str] = mapped_column(sa.Text)
    due_on: Mapped[date]
    text: Mapped[str] = mapped_column(sa.Text, default="")
    given_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    given_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_public: Mapped[bool] = mapped_column(default=False)
    agency: Mapped[Agency] = relationship()
