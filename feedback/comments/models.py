"""Comments under plan items: plain text, seen by the public after screening."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.plans.models import PlanItem

PENDING, VISIBLE, HIDDEN = COMMENT_STATES = ("pending", "visible", "hidden")


class Comment(PublicId, Created, Model):
    """What somebody said about an item. Seen by moderators only until one of them lets it appear."""

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comment.id"))
    author_name: Mapped[str] = mapped_column(sa.String(80), default="")  # empty: "Một người dân"
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))  # official reply
    text: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[str] = mapped_column(sa.String(10), default=PENDING)
    hidden_reason: Mapped[str] = mapped_column(sa.String(200), default="")  # rules.HIDE_REASONS
    hidden_words: Mapped[str] = mapped_column(sa.String(500), default="")  # moderators read them
    screened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    screened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # keyed hash of the form's own key: the same form sent twice is one comment
    submission_key: Mapped[str | None] = mapped_column(sa.String(64), index=True, unique=True)

    item: Mapped[PlanItem] = relationship()
    screened_by: Mapped[Person | None] = relationship()
    __table_args__ = (
        sa.Index("ix_comment_item_id_state_created_at", "item_id", "state", "created_at"),
        sa.Index("ix_comment_state_created_at", "state", "created_at", "id"),
        sa.Index("ix_comment_screened_at", "screened_at", "id"),
    )

    @property
    def subject(self) -> str:
        """How the record names this comment."""
        return f"comment:{self.public_id}"
