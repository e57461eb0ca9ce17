"""How staff learn of what happens: the ways that each chose, and the one mail of the morning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from feedback import audit
from feedback.accounts import events, notices, queries
from feedback.accounts.models import Person
from feedback.core.db import db
from feedback.notifications.kinds import NOTICES
from feedback.notifications.models import InboxItem
from feedback.notifications.rules import NONE, QUIET, WAYS


def choose_notices(*, ways: Mapping[str, str], by: Person) -> None:
    """Keep how ``by`` wants to learn of each kind of notice; ``quiet`` beside them asks for nights
    without mail. What is owed is never switched off: such a choice is left out."""
    kept = {
        kind: ways[kind]
        for kind, sort in NOTICES.items()
        if ways.get(kind) in WAYS and not (sort.owed and ways[kind] == NONE)
    }
    if ways.get(QUIET):
        kept[QUIET] = "night"
    if kept == by.notice_ways:
        return
    by.notice_ways = kept
    said = " ".join(f"{kind}={way}" for kind, way in kept.items())
    audit.record(events.NOTICES_CHOSEN, subject=by, by=by, fields={"ways": (said, "sealed")})


def send_digests(*, on: date) -> int:
    """One mail a day to everybody for whom unread notices wait. Returns how many mails.

    A second run of the day sends nothing: what came since then waits for the next morning.
    """
    sent = 0
    for digest in queries.digests():
        if digest.lines and digest.person.enabled:
            if not notices.tell_digest(digest, on=on):
                continue
            sent += 1
        db.session.execute(
            sa.update(InboxItem)
            .where(InboxItem.for_digest, InboxItem.person_id == digest.person.id)
            .where(InboxItem.id <= digest.last_id)
            .values(for_digest=False)
            .execution_options(synchronize_session=False)
        )
    return sent
