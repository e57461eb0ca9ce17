"""Reorganisations that are being prepared. Nothing in these tables holds before the act is carried out:
only then its bodies, its ``Reorganisation`` and the ``Succession`` rows are written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.agencies.models.bodies import Agency
from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.core.text import fold

ACT_STATES = ("draft", "scheduled", "done", "withdrawn")


class ActDraft(PublicId, Created, Model):
    """One act as a person enters it. ``rehearsal``: made up, to try the pages; never carried out."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(250))
    kind: Mapped[str] = mapped_column(sa.String(20))
    effective_on: Mapped[date]  # the first day of the new bodies
    legal_basis: Mapped[str] = mapped_column(sa.String(250), default="")
    mark: Mapped[str] = mapped_column(sa.String(12), default="unverified")
    rehearsal: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(sa.String(10), default="draft", index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    scheduled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    done_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    moved: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)  # number by mover
    reorganisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reorganisation.id"))
    lock: Mapped[int] = mapped_column(default=1)

    bodies: Mapped[list[ActBody]] = relationship(
        back_populates="draft", order_by="ActBody.id", cascade="all, delete-orphan"
    )
    lines: Mapped[list[ActLine]] = relationship(
        back_populates="draft", order_by="ActLine.id", cascade="all, delete-orphan"
    )
    choices: Mapped[list[ActChoice]] = relationship(
        order_by="ActChoice.id", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": lock}

    @property
    def subject(self) -> str:
        """The act's name in the record."""
        return f"act:{self.public_id}"

    @property
    def is_open(self) -> bool:
        """May it still be changed or thrown away?"""
        return self.state in {"draft", "scheduled"}


class ActBody(Model):
    """A body in the act: one that ``ends``, one that ``stays``, or one that ``begins``."""

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("act_draft.id"), index=True)
    part: Mapped[str] = mapped_column(sa.String(10))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    short_name: Mapped[str] = mapped_column(sa.String(120), default="")
    level: Mapped[str] = mapped_column(sa.String(20))
    place_name: Mapped[str] = mapped_column(sa.String(80), default="")
    draft: Mapped[ActDraft] = relationship(back_populates="bodies")
    agency: Mapped[Agency | None] = relationship(lazy="joined")


class ActLine(Model):
    """Who hands what to whom; an empty function is the body as a whole."""

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("act_draft.id"), index=True)
    giver_id: Mapped[int] = mapped_column(sa.ForeignKey("act_body.id"))
    taker_id: Mapped[int] = mapped_column(sa.ForeignKey("act_body.id"))
    function: Mapped[str] = mapped_column(sa.String(200), default="")
    keywords: Mapped[str] = mapped_column(sa.String(400), default="")  # as typed, parted by |
    is_main: Mapped[bool] = mapped_column(default=False)
    draft: Mapped[ActDraft] = relationship(back_populates="lines")
    giver: Mapped[ActBody] = relationship(foreign_keys=[giver_id])
    taker: Mapped[ActBody] = relationship(foreign_keys=[taker_id])

    @property
    def words(self) -> tuple[str, ...]:
        """For people."""
        return tuple(word for word in self.keywords.split("|") if word)

    @property
    def folded(self) -> tuple[str, ...]:
        """To be compared with texts."""
        return tuple(fold(word) for word in self.words)


class ActChoice(Created, Model):
    """Where a person said that one thing goes; see rules.moving for the words of ``choice``."""

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("act_draft.id"))
    mover: Mapped[str] = mapped_column(sa.String(30))
    subject: Mapped[str] = mapped_column(sa.String(60))
    choice: Mapped[str] = mapped_column(sa.String(40))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    __table_args__ = (sa.UniqueConstraint("draft_id", "mover", "subject"),)
