"""Comments under plan items: plain text, seen by the public after screening."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Created, Model, PublicId, UTCDateTime

COMMENT_STATES = ("pending", "visible", "hidden")


class Comment(PublicId, Created, Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comment.id"))
    author_name: Mapped[str] = mapped_column(sa.String(80), default="")  # empty: "Một người dân"
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))  # official reply
    text: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[str] = mapped_column(sa.String(10), default="pending")
    hidden_reason: Mapped[str] = mapped_column(sa.String(200), default="")
    screened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    screened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        sa.Index("ix_comment_item_id_state_created_at", "item_id", "state", "created_at"),
    )
