"""A comment's own end: its author takes it back, or the law wants its words gone."""

from __future__ import annotations

import hmac

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.audit.queries import events_of
from feedback.comments import queries
from feedback.comments.actions.writing import CODE_PREFIX, author_hash
from feedback.comments.models import (
    AT_REST,
    ERASED,
    WITHDRAWN,
    Comment,
    CommentDecision,
    CommentReport,
)
from feedback.comments.rules import ERASE_BASES
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.ids import normalise_code

WORDS_OF_PEOPLE = ("text", "name", "words")  # fields of a comment's events


def withdraw(comment: Comment, *, code: str) -> None:
    """Its author takes it back; the code that she was given proves that it is hers. Nobody can let it
    appear again. Raises Refused for another code, Conflict when it is gone already."""
    given = author_hash(normalise_code(code, prefix=CODE_PREFIX))
    if not hmac.compare_digest(comment.author_key or "", given):
        raise Refused(
            _l("This code does not belong to this comment. Check each letter."), field="code"
        )
    _end(comment, WITHDRAWN)
    audit.record("comment:withdrawn", subject=comment, by="resident", fields=_fields(comment))


def erase(comment: Comment, *, basis: str, order: str = "", by: Person) -> None:
    """Erase its words for good, here and in the record, which still verifies; a mark stays in its place.

    ``basis`` is a code of ERASE_BASES, ``order`` the number and date of what was ordered; both stay
    readable. Raises Refused without them, Conflict when it is erased already.
    """
    if basis not in ERASE_BASES:
        raise Refused(_l("Choose a basis."), field="basis")
    if basis == "ordered" and not order:
        raise Refused(_l("Write the number and the day of the order."), field="order")
    _end(comment, ERASED)
    comment.text = comment.author_name = comment.hidden_words = ""
    _forget_words(comment)
    said = ". ".join(filter(None, [ERASE_BASES[basis], order]))
    fields = {
        event.seq: [name for name in WORDS_OF_PEOPLE if event.fields.get(name) is not None]
        for event in events_of(comment, levels=("public", "party"))
    }
    audit.erase(
        {seq: names for seq, names in fields.items() if names},
        subject=comment,
        basis=said[:300],
        by=by,
    )
    audit.record(
        "comment:erased",
        subject=comment,
        by=by,
        fields={**_fields(comment), "basis": (said, "public")},
    )


def _end(comment: Comment, state: str) -> None:
    queries.lock([comment.id, comment.root_id])
    if comment.state == ERASED or comment.state == state:
        raise Conflict(_l("This comment is gone already. Nothing was changed."), code="ended")
    comment.state, comment.waits, comment.reports = state, AT_REST, 0


def _forget_words(comment: Comment) -> None:
    """What moderators and readers wrote about it may repeat what had to go."""
    db.session.execute(
        sa.update(CommentReport).where(CommentReport.comment_id == comment.id).values(words="")
    )
    for decision in db.session.scalars(
        sa.select(CommentDecision).where(CommentDecision.comment_id == comment.id)
    ):
        decision.was = {**decision.was, "hidden_words": ""}


def _fields(comment: Comment) -> dict[str, tuple[str, str]]:
    return {"item": (comment.item.path, "public")}
