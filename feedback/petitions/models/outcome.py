"""How a file ended, and what the resident thought of the answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.core.db import Created, Model, UTCDateTime
from feedback.petitions.rules.codes import DECLINE_REASONS, Reason

if TYPE_CHECKING:
    from feedback.petitions.models.petition import Petition
    from feedback.petitions.models.term import Extension


class Outcome(Created, Model):
    """An end without an answer: declined, guided, merged or withdrawn, with its coded reason."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    reason_code: Mapped[str] = mapped_column(sa.String(30), default="")
    words: Mapped[str] = mapped_column(sa.Text, default="")  # the next step, or where to go
    other_petition_id: Mapped[int | None] = mapped_column(sa.ForeignKey("petition.id"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    other: Mapped[Petition | None] = relationship(foreign_keys=[other_petition_id])
    turn_down: Mapped[TurnDown | None] = relationship(back_populates="outcome")
    __table_args__ = (sa.Index("ix_outcome_undecided", "kind", "confirmed_at"),)

    @property
    def reason(self) -> Reason | None:
        """The coded reason of a refusal, with its article."""
        return DECLINE_REASONS.get(self.reason_code)

    @property
    def going_on(self) -> Petition | None:
        """Of a joined file the one that it was joined to, while everybody may read that one."""
        return self.other if self.other is not None and self.other.is_public else None


class Rating(Created, Model):
    """One rating of one published answer by the resident, 1 to 5; no name is shown with it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"), unique=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), index=True)
    score: Mapped[int]
    words: Mapped[str] = mapped_column(sa.Text, default="")
    __table_args__ = (sa.CheckConstraint("score BETWEEN 1 AND 5", name="score"),)


class Dispute(Created, Model):
    """ "Chưa thỏa đáng": once, within 30 days, with a reason; it opens a new leg."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), unique=True)
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    due_on: Mapped[date]


class Sealing(Created, Model):
    """A denunciation that came in under another kind: marked by one person, confirmed by a second."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"), unique=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TurnDown(Created, Model):
    """The second person said no: to a proposed refusal or to a request for more time. Exactly one of
    the two is named; the file goes on as if nothing had been proposed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    outcome_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outcome.id"), unique=True)
    extension_id: Mapped[int | None] = mapped_column(sa.ForeignKey("extension.id"), unique=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    outcome: Mapped[Outcome | None] = relationship(back_populates="turn_down")
    extension: Mapped[Extension | None] = relationship(back_populates="turn_down")
    __table_args__ = (
        sa.CheckConstraint("(outcome_id IS NULL) <> (extension_id IS NULL)", name="of_one"),
    )
