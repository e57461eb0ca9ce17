"""Where a comment hangs, and what its thread shows of it."""

from __future__ import annotations

import sqlalchemy as sa

from feedback.comments.models import Comment
from feedback.core.db import db


def hang(comment: Comment, parent: Comment | None) -> None:
    """Give a new comment its place: replies are two deep, deeper ones hang at the second level."""
    if parent is None:
        return
    comment.parent_id, comment.thread_id = parent.id, parent.root_id
    comment.branch_id = parent.branch_id
    if not comment.branch_id:  # a reply to the first comment begins a branch: its own key names it
        db.session.flush()
        comment.branch_id = comment.id


def count_replies(comment: Comment) -> None:
    """Count anew what the public finds in the comment's thread."""
    if not comment.thread_id:
        return
    db.session.flush()
    reply = sa.orm.aliased(Comment)
    number = (
        sa.select(sa.func.count())
        .select_from(reply)
        .where(reply.thread_id == comment.thread_id, reply.listed)
        .scalar_subquery()
    )
    db.session.execute(
        sa.update(Comment)
        .where(Comment.id == comment.thread_id)
        .values(replies=number)
        .execution_options(synchronize_session=False)
    )
