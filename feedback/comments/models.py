"""Comments under plan items: plain text, in threads; what people and moderators say of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.plans.models import PlanItem

PENDING, VISIBLE, HIDDEN, WITHDRAWN, ERASED = COMMENT_STATES = (
    "pending",
    "visible",
    "hidden",
    "withdrawn",
    "erased",
)
# why a comment lies on the moderators' desk, in the order in which it is read there; 0: it does not
AT_REST, REPORTED, CAUGHT, TO_READ, UNREAD = range(5)


class Comment(PublicId, Created, Model):
    """What somebody said about an item, or in reply to another comment.

    ``listed`` once the public has read it: from then on it, or a mark in its place, stays where it was.
    The order of a thread is (``branch_id``, ``id``): a reply, then what hangs under it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_item.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comment.id"))
    thread_id: Mapped[int] = mapped_column(default=0)  # the comment that began it; 0: this one did
    branch_id: Mapped[int] = mapped_column(default=0)  # the reply under which it hangs, or itself
    author_name: Mapped[str] = mapped_column(sa.String(80), default="")  # empty: "Một người dân"
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))  # official reply
    text: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[str] = mapped_column(sa.String(10), default=PENDING)
    listed: Mapped[bool] = mapped_column(default=False)
    waits: Mapped[int] = mapped_column(default=TO_READ)
    caught: Mapped[str] = mapped_column(
        sa.String(60), default=""
    )  # rules.CATCHES, parted by a comma
    hidden_reason: Mapped[str] = mapped_column(sa.String(200), default="")  # rules.HIDE_REASONS
    hidden_words: Mapped[str] = mapped_column(sa.String(500), default="")  # moderators read them
    screened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    screened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reports: Mapped[int] = mapped_column(default=0)  # those that no moderator has judged yet
    helpful: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)  # listed ones in the thread that this one began
    official_id: Mapped[int] = mapped_column(default=0)  # the newest reply of an agency in it
    # keyed hash of the form's own key: the same form sent twice is one comment
    submission_key: Mapped[str | None] = mapped_column(sa.String(64), index=True, unique=True)
    author_key: Mapped[str | None] = mapped_column(sa.String(64))  # keyed hash of the author's code

    item: Mapped[PlanItem] = relationship()
    parent: Mapped[Comment | None] = relationship(remote_side=[id])
    agency: Mapped[Agency | None] = relationship()
    screened_by: Mapped[Person | None] = relationship()
    __table_args__ = (
        sa.Index("ix_comment_on_item_new", "item_id", "thread_id", "listed", "created_at", "id"),
        sa.Index("ix_comment_on_item_helpful", "item_id", "thread_id", "listed", "helpful", "id"),
        sa.Index("ix_comment_in_thread", "thread_id", "listed", "branch_id", "id"),
        sa.Index("ix_comment_desk", "waits", "created_at", "id"),
        sa.Index("ix_comment_state_created_at", "state", "created_at", "id"),
        sa.Index("ix_comment_screened_at", "screened_at", "id"),
    )

    @property
    def subject(self) -> str:
        """How the record names this comment."""
        return f"comment:{self.public_id}"

    @property
    def root_id(self) -> int:
        """The comment with which its thread begins."""
        return self.thread_id or self.id

    @property
    def catches(self) -> list[str]:
        """Why it was caught, as codes."""
        return [code for code in self.caught.split(",") if code]


class CommentDecision(Created, Model):
    """What a moderator decided about one comment, and how it stood before, so that it can be undone.

    Those of one press of a button share their ``batch``.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[str] = mapped_column(sa.String(16))
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    verb: Mapped[str] = mapped_column(sa.String(10))
    was: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # columns of the comment before
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    comment: Mapped[Comment] = relationship()
    __table_args__ = (
        sa.Index("ix_comment_decision_by", "by_id", "id"),
        sa.Index("ix_comment_decision_comment_id", "comment_id", "id"),
    )


class CommentReport(Created, Model):
    """Somebody finds that a comment should not stand there. Once for each comment and visitor."""

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"))
    visitor_hash: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str] = mapped_column(sa.String(20))
    words: Mapped[str] = mapped_column(sa.String(300), default="")
    decision_id: Mapped[int | None] = mapped_column(  # the moderator's answer to it
        sa.ForeignKey("comment_decision.id"), index=True
    )
    __table_args__ = (sa.UniqueConstraint("comment_id", "visitor_hash"),)


class CommentMark(Model):
    """Somebody finds a comment helpful. The hash is another one for each comment: nobody can tell from
    this table what else the same visitor liked."""

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    visitor_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)


class CommentTrace(Created, Model):
    """That a browser or a network did something lately, for counting; forgotten after a day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64))  # keyed hash, no address
    __table_args__ = (sa.Index("ix_comment_trace_key", "key", "created_at"),)
