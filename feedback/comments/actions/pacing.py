"""How much one browser and one network may do in a while: counted in SQL, so that two processes count as
one. A person who is too fast is told so and keeps her text; nothing is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.comments import queries
from feedback.comments.models import CommentTrace
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.core.ids import keyed_hash

KEPT = timedelta(days=1)
NETWORK_TIMES = 4  # many people share one network
AN_HOUR = 60
REPORTS_AN_HOUR, MARKS_AN_HOUR = 5, 60


class TooFast(Refused):
    """Too many in a short while; the same form may be sent again later."""

    status = 429


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, as far as a site without accounts can tell: a browser's random name, a network."""

    visitor: str = ""
    network: str = ""


NOBODY = Sender()


def take(what: str, *, sender: Sender, most: int, minutes: int) -> None:
    """Count one more ``what`` of this sender; raises TooFast past ``most`` in so many minutes, or past
    four times as many from her network. Two in the same moment may pass together."""
    since = clock.now() - timedelta(minutes=minutes)
    for kind, value, bound in (
        ("visitor", sender.visitor, most),
        ("network", sender.network, most * NETWORK_TIMES),
    ):
        if not value:
            continue
        key = keyed_hash(f"{what}\0{kind}\0{value}", "comment-trace")
        if queries.traces(key, since=since) >= bound:
            raise TooFast(
                _l(
                    "That was a lot in a short while. Wait %(minutes)s minutes, then send again;"
                    " what you wrote is still here.",
                    minutes=minutes,
                ),
                code="too_fast",
            )
        db.session.add(CommentTrace(key=key))


def forget_traces(*, on: date) -> int:
    """Drop what is older than a day. Returns how many. (Daily job; harmless to repeat.)"""
    limit = clock.now() - KEPT
    done = db.session.execute(sa.delete(CommentTrace).where(CommentTrace.created_at < limit))
    return cast("sa.CursorResult[Any]", done).rowcount
