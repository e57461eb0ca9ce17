"""What readers do about a comment: report it, find it helpful."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.comments import notices, queries
from feedback.comments.actions import pacing
from feedback.comments.actions.pacing import Sender
from feedback.comments.models import REPORTED, Comment, CommentMark, CommentReport
from feedback.comments.rules import HIDE_REASONS
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.core.ids import keyed_hash


def report(comment: Comment, *, reason: str, words: str = "", sender: Sender) -> bool:
    """Somebody finds that it should not stand there; the moderators see it first of all.

    Counted once for each visitor: False if she reported it before. Raises Refused without a reason,
    TooFast past a few an hour.
    """
    if reason not in HIDE_REASONS:
        raise Refused(_l("Choose a reason."), field="reason")
    hashed = visitor_hash(comment, sender)
    queries.lock([comment.id])
    if queries.has_reported(comment, hashed):
        return False
    pacing.take("report", sender=sender, most=pacing.REPORTS_AN_HOUR, minutes=pacing.AN_HOUR)
    first = not queries.something_reported()
    db.session.add(
        CommentReport(comment_id=comment.id, visitor_hash=hashed, reason=reason, words=words)
    )
    comment.reports, comment.waits = comment.reports + 1, REPORTED
    fields = {
        "item": (comment.item.path, "public"),
        "reason": (reason, "public"),
        "words": (words or None, "party"),
    }
    audit.record("comment:reported", subject=comment, by="resident", fields=fields)
    if first:
        notices.tell_moderators_reported(comment)
    return True


def mark(comment: Comment, *, sender: Sender) -> bool:
    """Somebody finds it helpful; once for each visitor: False if she said so before. Raises TooFast."""
    hashed = visitor_hash(comment, sender)
    if queries.has_marked(comment, hashed):
        return False
    pacing.take("mark", sender=sender, most=pacing.MARKS_AN_HOUR, minutes=pacing.AN_HOUR)
    queries.lock([comment.id])  # two taps in one moment come one by one
    if queries.has_marked(comment, hashed):
        return False
    db.session.add(CommentMark(comment_id=comment.id, visitor_hash=hashed))
    comment.helpful += 1
    audit.record("comment:marked", subject=comment, by="resident", fields=_fields(comment))
    return True


def unmark(comment: Comment, *, sender: Sender) -> bool:
    """She takes the mark back; False if there is none."""
    queries.lock([comment.id])
    done = db.session.execute(
        sa.delete(CommentMark).where(
            CommentMark.comment_id == comment.id,
            CommentMark.visitor_hash == visitor_hash(comment, sender),
        )
    )
    if not cast("sa.CursorResult[Any]", done).rowcount:
        return False
    comment.helpful -= 1
    audit.record("comment:unmarked", subject=comment, by="resident", fields=_fields(comment))
    return True


def visitor_hash(comment: Comment, sender: Sender) -> str:
    """How a visitor is known at this comment, and at no other."""
    return keyed_hash(f"{comment.public_id}\0{sender.visitor}", "comment-visitor")


def _fields(comment: Comment) -> dict[str, tuple[str, str]]:
    return {"item": (comment.item.path, "public")}
