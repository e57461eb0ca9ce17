"""Somebody writes a comment or a reply; an agency replies in its own name."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.comments import notices, queries
from feedback.comments.actions import pacing, threads
from feedback.comments.actions.pacing import NOBODY, Sender
from feedback.comments.models import AT_REST, CAUGHT, TO_READ, UNREAD, VISIBLE, Comment
from feedback.comments.rules import Manners, catches_in
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict
from feedback.core.ids import code_from, keyed_hash
from feedback.plans.models import PlanItem

CODE_PREFIX = "GY"
POLITE = Manners()


def write(
    *,
    item: PlanItem,
    text: str,
    author_name: str = "",
    parent: Comment | None = None,
    key: str,
    manners: Manners = POLITE,
    sender: Sender = NOBODY,
) -> Comment:
    """Somebody comments on an item, or replies to ``parent``.

    A moderator reads it before anybody else does; where the operator lets comments appear at once, only
    what was caught waits. ``key`` is the form's own random key: the same form sent twice is one comment.
    Raises Conflict when the same key comes with other words, TooFast when so much came from the sender
    that she must wait.
    """
    known = queries.by_submission_key(key)
    if known is not None:
        return _again(known, text, author_name)
    pacing.take("write", sender=sender, most=manners.pace, minutes=manners.minutes)
    first = not queries.something_waits()
    comment = Comment(item_id=item.id, text=text, author_name=author_name)
    comment.item, comment.submission_key = item, keyed_hash(key, "comment")
    comment.author_key = author_hash(author_code(key))
    _admit(comment, manners)
    if not _added(comment, parent):  # the other tap of a double tap was faster (PostgreSQL)
        return _again(queries.by_submission_key(key), text, author_name)
    audit.record("comment:written", subject=comment, by="resident", fields=_fields(comment, parent))
    if first:
        notices.tell_moderators_waiting(comment)
    return comment


def reply_for_agency(
    *, parent: Comment, text: str, key: str, agency: Agency, by: Person
) -> Comment:
    """An agency that the item names replies in its own name; everybody reads it at once.

    Whether ``by`` may speak for the agency here is the policy's to say. Raises Conflict when the same
    form comes again with other words.
    """
    known = queries.by_submission_key(key)
    if known is not None:
        return _again(known, text, "")
    reply = Comment(item_id=parent.item_id, text=text, state=VISIBLE, listed=True, waits=AT_REST)
    reply.item, reply.agency, reply.submission_key = parent.item, agency, keyed_hash(key, "comment")
    reply.screened_by, reply.screened_at = by, clock.now()
    if not _added(reply, parent):
        return _again(queries.by_submission_key(key), text, "")
    db.session.execute(
        sa.update(Comment).where(Comment.id == parent.root_id).values(official_id=reply.id)
    )
    fields = {
        "item": (reply.item.path, "public"),
        "to": (parent.public_id, "public"),
        "text": (text, "public"),
    }
    audit.record("comment:replied", subject=reply, by=by, agency=agency, fields=fields)
    notices.tell_heads_replied(reply, by=by)
    return reply


def author_code(key: str) -> str:
    """The code with which the author of the form's comment takes it back: ``GY-…``, 80 bits."""
    return code_from(key, prefix=CODE_PREFIX, purpose="comment-author")


def author_hash(code: str) -> str:
    """What is kept of that code."""
    return keyed_hash(code, "comment-author-kept")


def _admit(comment: Comment, manners: Manners) -> None:
    """Does it appear at once? And why does it lie on the desk?"""
    said = f"{comment.author_name} {comment.text}"
    found = catches_in(said, words=manners.words, others=queries.said_lately())
    comment.caught = ",".join(found)
    if found:
        comment.waits = CAUGHT
    elif manners.read_first:
        comment.waits = TO_READ
    else:
        comment.state, comment.listed, comment.waits = VISIBLE, True, UNREAD


def _added(comment: Comment, parent: Comment | None) -> bool:
    """False when a comment of the same form is there already."""
    try:
        with db.session.begin_nested():
            if parent is not None:
                queries.lock([parent.root_id])
            db.session.add(comment)
            db.session.flush()
            threads.hang(comment, parent)
            threads.count_replies(comment)
    except IntegrityError:
        return False
    return True


def _fields(comment: Comment, parent: Comment | None) -> dict[str, tuple[str | None, str]]:
    return {
        "item": (comment.item.path, "public"),
        "to": (parent.public_id if parent else None, "public"),
        "state": (comment.state, "public"),
        "caught": (comment.caught or None, "party"),
        "text": (comment.text, "party"),
        "name": (comment.author_name, "party"),
    }


def _again(known: Comment | None, text: str, author_name: str) -> Comment:
    if known is None or (known.text, known.author_name) != (text, author_name):
        raise Conflict(
            _l("This form was sent already. To send something new, open a new form."),
            code="sent_already",
        )
    return known
