"""Moderators decide: a comment appears, stays, is hidden; and take their own decision back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.comments import queries
from feedback.comments.actions import threads
from feedback.comments.models import (
    AT_REST,
    ERASED,
    HIDDEN,
    PENDING,
    REPORTED,
    VISIBLE,
    WITHDRAWN,
    Comment,
    CommentDecision,
    CommentReport,
)
from feedback.comments.rules import HIDE_REASONS
from feedback.core import clock, ids
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused

UNDO_WITHIN = timedelta(days=1)
DECIDED = {
    PENDING: _l("Another moderator has taken a decision back. Nothing was changed."),
    VISIBLE: _l("Another moderator has let this comment appear already. Nothing was changed."),
    HIDDEN: _l("Another moderator has kept this comment back already. Nothing was changed."),
    WITHDRAWN: _l("Its author has withdrawn this comment. Nothing was changed."),
    ERASED: _l("This comment was erased. Nothing was changed."),
}
REMEMBERED = ("state", "listed", "waits", "hidden_reason", "hidden_words", "screened_by_id")


def let_appear(comment: Comment, *, seen: str, batch: str = "", by: Person) -> None:
    """Let the public read it. ``seen`` is the state that the moderator saw: raises Conflict when
    another one decided in the meantime."""
    _check(comment, {PENDING, HIDDEN}, seen)
    _decide(comment, "show", batch=batch, by=by)
    comment.state, comment.listed = VISIBLE, True
    comment.hidden_reason = comment.hidden_words = ""
    threads.count_replies(comment)
    audit.record("comment:shown", subject=comment, by=by, fields=_fields(comment))


def keep(comment: Comment, *, seen: str, batch: str = "", by: Person) -> None:
    """Nothing is wrong with what everybody reads: reports and caution are done with. Raises Conflict
    when it was reported again since ``seen`` ("visible.2": two reports)."""
    _check(comment, {VISIBLE}, seen)
    _decide(comment, "keep", batch=batch, by=by)
    audit.record("comment:kept", subject=comment, by=by, fields=_fields(comment))


def hide(
    comment: Comment,
    *,
    reason: str,
    words: str = "",
    seen: str,
    batch: str = "",
    by: Person,
) -> None:
    """Keep it from the public, for one of the coded reasons; raises Refused without one, Conflict
    when another moderator decided since ``seen``. Where it was read already, its reason stands there."""
    if reason not in HIDE_REASONS:
        raise Refused(_l("Choose a reason."), field="reason")
    _check(comment, {PENDING, VISIBLE}, seen)
    _decide(comment, "hide", batch=batch, by=by)
    comment.state, comment.hidden_reason, comment.hidden_words = HIDDEN, reason, words
    fields = {**_fields(comment), "reason": (reason, "public"), "words": (words, "party")}
    audit.record("comment:hidden", subject=comment, by=by, fields=fields)


def undo(*, batch: str, by: Person) -> tuple[int, int]:
    """Take back what ``by`` decided with one press of a button, within a day: each comment stands again
    as it did. Returns how many, and how many had to stay because something else happened since."""
    since = clock.now() - UNDO_WITHIN
    decisions = queries.decisions_of(batch, by=by, since=since)
    queries.lock([d.comment_id for d in decisions])
    undone = sum(_undo(decision, by=by) for decision in decisions)
    return undone, len(decisions) - undone


def _undo(decision: CommentDecision, *, by: Person) -> bool:
    comment = decision.comment
    if comment.screened_at != decision.created_at or comment.state in {WITHDRAWN, ERASED}:
        return False
    was = dict(decision.was)
    at = was.pop("screened_at")
    for name, value in was.items():
        setattr(comment, name, value)
    comment.screened_at = datetime.fromisoformat(at) if at else None
    comment.listed = comment.listed or queries.has_listed_replies(comment)
    decision.undone_at = clock.now()
    _open_reports(comment, decision)
    threads.count_replies(comment)
    fields = {**_fields(comment), "state": (comment.state, "public")}
    audit.record("comment:undone", subject=comment, by=by, fields=fields)
    return True


def _open_reports(comment: Comment, decision: CommentDecision) -> None:
    """The reports that the decision had answered wait again."""
    db.session.execute(
        sa.update(CommentReport)
        .where(CommentReport.decision_id == decision.id)
        .values(decision_id=None)
    )
    comment.reports = queries.open_reports(comment)
    if comment.reports:
        comment.waits = REPORTED


def _check(comment: Comment, allowed: set[str], seen: str) -> None:
    """Of two moderators at the same moment the second one waits here, looks again and is told."""
    state, _dot, reports = seen.partition(".")
    queries.lock([comment.id, comment.root_id])
    if comment.state != state or comment.state not in allowed:
        raise Conflict(DECIDED[comment.state], code="decided")
    if reports and reports != str(comment.reports):
        raise Conflict(
            _l("Somebody else has reported this comment or judged the reports. Look again."),
            code="reported",
        )


def _decide(comment: Comment, verb: str, *, batch: str, by: Person) -> None:
    """Note who decided and how it stood before; it leaves the desk and its reports are answered."""
    was: dict[str, Any] = {name: getattr(comment, name) for name in REMEMBERED}
    was["screened_at"] = comment.screened_at.isoformat() if comment.screened_at else None
    now = clock.now()
    decision = CommentDecision(
        batch=batch or ids.public_id(), comment_id=comment.id, by_id=by.id, verb=verb, was=was
    )
    decision.created_at = now
    db.session.add(decision)
    db.session.flush()
    db.session.execute(
        sa.update(CommentReport)
        .where(CommentReport.comment_id == comment.id, CommentReport.decision_id.is_(None))
        .values(decision_id=decision.id)
    )
    comment.screened_by, comment.screened_at = by, now
    comment.waits, comment.reports = AT_REST, 0


def _fields(comment: Comment) -> dict[str, tuple[str, str]]:
    return {"item": (comment.item.path, "public")}
