"""Terms as dated rows, and what moves a due date: a wait for the resident, an extension."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.core.db import Created, Model, UTCDateTime
from feedback.petitions.rules.deadlines import DeadlineRule

if TYPE_CHECKING:
    from feedback.petitions.models.outcome import TurnDown


class TermRule(Model):
    """One term between two days. ``mark`` says whether its article was read (found) or not."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(30), index=True)
    step: Mapped[str] = mapped_column(sa.String(200))
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(sa.String(2))  # wd working days, d calendar days, h hours
    basis: Mapped[str] = mapped_column(sa.String(200))
    mark: Mapped[str] = mapped_column(sa.String(12))  # found | unverified | operator
    binds: Mapped[str] = mapped_column(sa.String(200))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    def as_rule(self) -> DeadlineRule:
        """The row as the plain value that the rules count with."""
        return DeadlineRule(
            code=self.code,
            step=self.step,
            amount=self.amount,
            unit=self.unit,
            basis=self.basis,
            mark=self.mark,
            binds=self.binds,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            id=self.id,
        )


class InfoRequest(Created, Model):
    """A question to the resident; the clock rests until she answers or the bound is reached."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    question: Mapped[str] = mapped_column(sa.Text)
    back_to: Mapped[str] = mapped_column(sa.String(20))  # the state to return to
    asked_on: Mapped[date]
    bound_on: Mapped[date] = mapped_column(index=True)  # the clock runs on from here at the latest
    reply: Mapped[str] = mapped_column(sa.Text, default="")
    ended_on: Mapped[date | None]
    replied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])


class Extension(Created, Model):
    """More time, asked by the officer and approved by the head; the first date stays visible."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    turn_down: Mapped[TurnDown | None] = relationship(back_populates="extension")
    __table_args__ = (sa.Index("ix_extension_undecided", "approved_at"),)
