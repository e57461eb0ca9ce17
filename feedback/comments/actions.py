"""Verbs of comments: somebody writes one, a moderator lets it appear or keeps it back."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from feedback import audit
from feedback.accounts.models import Person
from feedback.comments import notices, queries
from feedback.comments.models import HIDDEN, VISIBLE, Comment
from feedback.comments.rules import HIDE_REASONS
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.ids import keyed_hash
from feedback.plans.models import PlanItem

DECIDED = {
    VISIBLE: _l("Another moderator has let this comment appear already. Nothing was changed."),
    HIDDEN: _l("Another moderator has kept this comment back already. Nothing was changed."),
}


def write(*, item: PlanItem, text: str, author_name: str = "", key: str) -> Comment:
    """Somebody comments on an item; a moderator reads it before anybody else does.

    ``key`` is the form's own random key: the same form sent twice is one comment. Raises Conflict
    when the same key comes with other words.
    """
    known = queries.by_submission_key(key)
    if known is not None:
        return _again(known, text, author_name)
    first = not queries.something_pending()
    comment = Comment(item_id=item.id, text=text, author_name=author_name)
    comment.item, comment.submission_key = item, keyed_hash(key, "comment")
    try:
        with db.session.begin_nested():
            db.session.add(comment)
            db.session.flush()
    except IntegrityError:  # the other tap of a double tap was faster (PostgreSQL)
        known = queries.by_submission_key(key)
        if known is None:
            raise
        return _again(known, text, author_name)
    fields = {
        "item": (item.path, "public"),
        "text": (text, "party"),
        "name": (author_name, "party"),
    }
    audit.record("comment:written", subject=comment, by="resident", fields=fields)
    if first:
        notices.tell_moderators_waiting(comment)
    return comment


def _again(known: Comment, text: str, author_name: str) -> Comment:
    if (known.text, known.author_name) != (text, author_name):
        raise Conflict(
            _l("This form was sent already. To send something new, open a new form."),
            code="sent_already",
        )
    return known


def let_appear(comment: Comment, *, seen: str, by: Person) -> None:
    """Let the public read it. ``seen`` is the state that the moderator saw: raises Conflict when
    another one decided in the meantime."""
    _decide(comment, VISIBLE, seen=seen, by=by)
    audit.record("comment:shown", subject=comment, by=by, fields=_fields(comment))


def hide(comment: Comment, *, reason: str, words: str = "", seen: str, by: Person) -> None:
    """Keep it from the public, for one of the coded reasons; raises Refused without one, Conflict
    when another moderator decided since ``seen``."""
    if reason not in HIDE_REASONS:
        raise Refused(_l("Choose a reason."), field="reason")
    _decide(comment, HIDDEN, seen=seen, by=by, hidden_reason=reason, hidden_words=words)
    fields = {**_fields(comment), "reason": (reason, "public"), "words": (words, "party")}
    audit.record("comment:hidden", subject=comment, by=by, fields=fields)


def _fields(comment: Comment) -> dict[str, tuple[str, str]]:
    return {"item": (comment.item.path, "public")}


def _decide(comment: Comment, state: str, *, seen: str, by: Person, **why: str) -> None:
    """One guarded update: of two moderators at the same moment one decides, the other is told."""
    values = {"hidden_reason": "", "hidden_words": "", **why}
    done = db.session.execute(
        sa.update(Comment)
        .where(Comment.id == comment.id, Comment.state == seen, Comment.state != state)
        .values(state=state, screened_by_id=by.id, screened_at=clock.now(), **values)
    )
    if not cast("sa.CursorResult[Any]", done).rowcount:
        raise Conflict(DECIDED[queries.state_now(comment.id)], code="decided")
