"""Answers and their versions: exactly the version that the head approved is published."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import Created, Model, PublicId, UTCDateTime

if TYPE_CHECKING:
    from feedback.petitions.models.outcome import Rating
    from feedback.petitions.models.petition import Petition

VERSION_STATES = ("draft", "sent", "returned", "published")


class Answer(PublicId, Created, Model):
    """The answer of one leg; public as soon as one of its versions is published."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"))
    leg_number: Mapped[int]
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    petition: Mapped[Petition] = relationship(back_populates="answers")
    agency: Mapped[Agency] = relationship()  # the one that gave it, whoever has the file now
    rating: Mapped[Rating | None] = relationship(viewonly=True)
    versions: Mapped[list[AnswerVersion]] = relationship(
        back_populates="answer", order_by="AnswerVersion.number"
    )
    __table_args__ = (sa.UniqueConstraint("petition_id", "leg_number"),)

    @property
    def latest(self) -> AnswerVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def published(self) -> AnswerVersion | None:
        return next((v for v in self.versions if v.state == "published"), None)


class AnswerVersion(Created, Model):
    """One saved text. A text that was sent for approval never changes; a correction is a new version."""

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(sa.String(10), default="draft")
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    answer: Mapped[Answer] = relationship(back_populates="versions")
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    __table_args__ = (sa.UniqueConstraint("answer_id", "number"),)
