"""A document that was read in, as a person corrects it until it is published; and each edit of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.plans.models import Plan

DRAFT, PUBLISHED, DISCARDED = "draft", "published", "discarded"


class Reading(Created, Model):
    """One reading of one document. ``plan_id``: the plan of which this is, or shall be, a version.

    ``lines``: the document's lines as [text, where]; ``tree``: what was read (rules/tree.py); ``said``:
    which item of the earlier version each node is, as a person decided; ``before``: what the plan said
    when this was published, so that it can be taken back.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan.id"), index=True)
    state: Mapped[str] = mapped_column(sa.String(10), default=DRAFT, index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    number: Mapped[str] = mapped_column(sa.String(60), default="")
    title: Mapped[str] = mapped_column(sa.Text, default="")
    open_places: Mapped[int] = mapped_column(default=0)
    lines: Mapped[list[list[str]]] = mapped_column(sa.JSON, deferred=True)
    tree: Mapped[dict[str, Any]] = mapped_column(sa.JSON, deferred=True)
    said: Mapped[dict[str, str]] = mapped_column(sa.JSON, deferred=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True), deferred=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lock: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan | None] = relationship()
    by: Mapped[Person | None] = relationship()
    __mapper_args__ = {"version_id_col": lock}

    @property
    def is_draft(self) -> bool:
        return self.state == DRAFT


WAITING, DONE, REFUSED = "waiting", "done", "refused"


class Upload(PublicId, Created, Model):
    """A file that is being read aside of the request that brought it, so that a long one can be watched.

    ``pages_done`` of ``pages``, where the reader knows pages; ``told_at``: when the reading last gave a
    sign; ``code``: why it was refused (errors.py); ``reading_id``: what became of it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan.id"))
    name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(10), default=WAITING)
    pages_done: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)
    code: Mapped[str] = mapped_column(sa.String(20), default="")
    reading_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reading.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    plan: Mapped[Plan | None] = relationship()
    by: Mapped[Person] = relationship()

    @property
    def is_waiting(self) -> bool:
        return self.state == WAITING


class ReadingStep(Created, Model):
    """One edit and what it takes to undo it (rules/steps.py)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(sa.ForeignKey("reading.id"), index=True)
    what: Mapped[str] = mapped_column(sa.String(12))
    key: Mapped[str] = mapped_column(sa.String(12), default="")
    back: Mapped[dict[str, Any]] = mapped_column(sa.JSON, deferred=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
