"""Verbs of the outbox: put in, claim, mark; and of the inbox: read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from feedback.core import clock
from feedback.core.db import db, table_of
from feedback.core.rows import put_rows
from feedback.notifications.channels import CHANNELS
from feedback.notifications.channels.parcel import Parcel
from feedback.notifications.kinds import NOTICES
from feedback.notifications.models import (
    CLAIMED,
    DEAD,
    QUEUED,
    SENT,
    InboxItem,
    OutboxMessage,
)
from feedback.notifications.rules import (
    AHEAD,
    BACK_OFF,
    WAYS,
    one_address,
    one_number,
    wait_after,
    way_of,
)

STALE = timedelta(minutes=10)  # a worker that held a message longer than this is taken for dead
Message = dict[str, Any]  # a row of the outbox
DIGEST = "accounts/digest"  # the one mail that names several things
OWN = ("inbox", "digest")  # lie before a person on the site
_OUTBOX = table_of(OutboxMessage)
_FRESH = {"state": QUEUED, "attempts": 0}
KEPT = timedelta(days=30)  # how long the address of a sent message stays, for "did she get it?"


def enqueue(channel: str, **parts: Any) -> bool:
    """Put one message, of the parts of ``message``, into the outbox in the caller's transaction.

    Returns False if its ``dedupe_key`` was used before.
    """
    connection = db.session.connection()
    answered = _put_in(connection.dialect.name).returning(OutboxMessage.id)
    return connection.scalar(answered, message(channel, **parts)) is not None


def enqueue_all(messages: Sequence[Message]) -> None:
    """Put several into the outbox at once; those whose key was used before are left out."""
    if messages:
        now = clock.now()
        rows = [{**_FRESH, **put, "created_at": now} for put in messages]
        put_rows(db.session.connection(), _OUTBOX, rows, conflict="(dedupe_key) DO NOTHING")


def message(
    channel: str,
    *,
    to: Any,
    template: str,
    params: Mapping[str, Any],
    dedupe_key: str,
    locale: str | None = None,
) -> Message:
    """One message for one recipient: a row of the outbox, for ``enqueue_all``.

    ``to``: a Person or Contact (``id``, ``email``, ``phone``, ``locale`` are read), or an e-mail address,
    or for ``sms`` a number as +84…; the inbox and the digest need a Person. Dates in ``params`` become dd/mm/yyyy. Raises ValueError for an unknown channel and
    for what is not exactly one address.
    """
    if channel not in CHANNELS:
        raise ValueError(f"no channel {channel}")
    plain = isinstance(to, str)
    return {
        "channel": channel,
        "person_id": to.id if channel in OWN else None,
        "address": _address(channel, to),
        "template": template,
        "locale": locale or ("vi" if plain else to.locale),
        "params": _plain(params),
        "dedupe_key": dedupe_key,
        "next_attempt_at": clock.now(),
    }


def to_staff(
    person: Any, kind: str, *, template: str, params: Mapping[str, Any], dedupe_key: str
) -> list[Message]:
    """Messages to one of the staff, by the ways that she chose for this kind of notice (``NOTICES``).

    ``person``: a Person or whoever is Told; ``{channel}`` stands in the key, in plain words.
    """
    sort, hour = NOTICES[kind], clock.now().astimezone(clock.LOCAL).hour
    way = way_of(kind, person.notice_ways, usual=sort.usual, owed=sort.owed, hour=hour)
    return [
        # a digest's line lies in the inbox as well: of one change there is one
        message(
            channel,
            to=person,
            template=template,
            params=params,
            dedupe_key=dedupe_key.replace("{channel}", "inbox" if channel == "digest" else channel),
        )
        for channel in WAYS[way]
    ]


def _address(channel: str, to: Any) -> str:
    """Where it goes, checked; nowhere but before the person herself for the inbox."""
    if channel == "email":
        return one_address(to if isinstance(to, str) else to.email or "")
    if channel == "sms":
        return one_number(to if isinstance(to, str) else to.phone or "")
    return ""


@cache
def _put_in(dialect: str) -> Any:
    """Put it in unless the key is there, in one statement, built once."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]
    return insert(table_of(OutboxMessage)).on_conflict_do_nothing(index_elements=["dedupe_key"])


def _plain(value: Any) -> Any:
    """What JSON can hold; dates as people here write them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(clock.LOCAL).strftime("%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def claim(*, worker: str, limit: int = 20) -> list[Parcel]:
    """Take up to ``limit`` messages that are due, so that no other worker can; oldest first.

    The caller commits before it delivers: while mail is on its way nothing is locked.
    """
    now = clock.now()
    due = (
        sa.select(OutboxMessage.id)
        .where(OutboxMessage.state == QUEUED, OutboxMessage.next_attempt_at <= now)
        .order_by(OutboxMessage.next_attempt_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL; SQLite's writers are in a line already
    )
    ids = db.session.scalars(due).all()
    if not ids:
        return []
    taken = db.session.execute(
        sa.update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids), OutboxMessage.state == QUEUED)
        .values(state=CLAIMED, claimed_by=worker, claimed_at=now)
        .values(attempts=OutboxMessage.attempts + 1)
        .returning(*(getattr(OutboxMessage, name) for name in Parcel.__dataclass_fields__))
        .execution_options(synchronize_session=False)
    )
    return sorted((Parcel(**row._mapping) for row in taken), key=lambda parcel: parcel.id)


def mark_sent(parcel: Parcel, *, worker: str, rows: Sequence[Any] = ()) -> bool:
    """Sent, together with the rows that the channel made. False if another worker took it over.

    The words go at once: they may hold a tracking code, of which only the hash may stay here.
    """
    if not _mark(parcel, worker, state=SENT, sent_at=clock.now(), last_error=None, params={}):
        return False
    db.session.add_all(rows)
    return True


def mark_failed(parcel: Parcel, *, worker: str, error: str, lasting: bool) -> bool:
    """Try again later, or put it with the dead letters when that is no use."""
    wait = None if lasting else wait_after(parcel.attempts)
    if wait is None:
        return _mark(parcel, worker, state=DEAD, last_error=error[:300])
    later = clock.now() + wait
    return _mark(parcel, worker, state=QUEUED, next_attempt_at=later, last_error=error[:300])


def give_back(parcel: Parcel, *, worker: str) -> bool:
    """Not tried after all: the worker is stopping."""
    return _mark(parcel, worker, state=QUEUED, attempts=parcel.attempts - 1)


def _mark(parcel: Parcel, worker: str, **values: Any) -> bool:
    return bool(
        _count(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id == parcel.id, OutboxMessage.state == CLAIMED)
            .where(OutboxMessage.claimed_by == worker)
            .values(**values)
        )
    )


def take_back_stale(*, on: datetime, worker: str = "") -> int:
    """Queue again what another worker claimed and, long since, neither sent nor gave back; and let nothing
    wait for a time that a clock gave which was ahead, and was set right."""
    at, due = OutboxMessage.claimed_at, OutboxMessage.next_attempt_at
    held = sa.and_(
        OutboxMessage.state == CLAIMED,
        OutboxMessage.claimed_by != worker,
        sa.or_(at < on - STALE, at > on + STALE),
    )
    never_tried = sa.and_(OutboxMessage.attempts == 0, due > on + AHEAD)
    waits = sa.and_(
        OutboxMessage.state == QUEUED, sa.or_(never_tried, due > on + BACK_OFF[-1] + AHEAD)
    )
    return sum(
        _count(sa.update(OutboxMessage).where(which).values(state=QUEUED, next_attempt_at=on))
        for which in (held, waits)
    )


def revive_dead(*, on: datetime) -> int:
    """Give every dead letter a new start, once the operator has mended the mail server."""
    return _count(
        sa.update(OutboxMessage)
        .where(OutboxMessage.state == DEAD)
        .values(state=QUEUED, attempts=0, next_attempt_at=on)
    )


def forget_sent(*, on: date) -> int:
    """Drop the address of what was sent over 30 days ago; the key stays, so nothing goes twice."""
    limit = clock.now() - KEPT
    return _count(
        sa.update(OutboxMessage)
        .where(OutboxMessage.state == SENT, OutboxMessage.sent_at < limit)
        .where(OutboxMessage.address != "")
        .values(address="")
    )


def forget_about(key: str, number: str, link: str) -> None:
    """Of what ``key`` begins with nothing is sent any more, and notices that lead to ``link`` or name
    the number keep only that number: the words in them are to be forgotten."""
    about = OutboxMessage.dedupe_key.startswith(f"{key}:", autoescape=True)
    db.session.execute(sa.delete(OutboxMessage).where(about, OutboxMessage.state != SENT))
    db.session.execute(sa.update(OutboxMessage).where(about).values(params={}))
    _leave_out_of_digests(number, link)
    written = [InboxItem.subject.contains(number), InboxItem.body.contains(number)]
    db.session.execute(
        sa.update(InboxItem)
        .where(sa.or_(InboxItem.link == link, *written))
        .values(subject=number, body="")
        .execution_options(synchronize_session=False)
    )


def _leave_out_of_digests(number: str, link: str) -> None:
    waiting = sa.select(OutboxMessage).where(OutboxMessage.template == DIGEST)
    for mail in db.session.scalars(waiting.where(OutboxMessage.state != SENT)):
        lines = mail.params["lines"]
        kept = [one for one in lines if number not in one["subject"] and one["link"] != link]
        if not kept and not mail.params["more"]:
            db.session.delete(mail)
        elif kept != lines:
            mail.params = mail.params | {"lines": kept, "number": len(kept) + mail.params["more"]}


def drop_texts(begins: str) -> None:
    """Text messages whose key begins so and that still wait are not sent."""
    waiting = OutboxMessage.dedupe_key.startswith(begins, autoescape=True)
    db.session.execute(
        sa.delete(OutboxMessage)
        .where(waiting, OutboxMessage.channel == "sms", OutboxMessage.state == QUEUED)
        .execution_options(synchronize_session=False)
    )


def forget_recipient(address: str) -> None:
    """What waits for this address is not sent; of what was sent, the address goes."""
    to = OutboxMessage.address == address
    db.session.execute(sa.delete(OutboxMessage).where(to, OutboxMessage.state != SENT))
    db.session.execute(sa.update(OutboxMessage).where(to).values(address="", params={}))


def _count(statement: sa.Update) -> int:
    """Run it; returns how many rows it changed."""
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return cast("sa.CursorResult[Any]", done).rowcount


def read(items: Sequence[InboxItem]) -> None:
    """The person has seen these."""
    for item in items:
        item.read_at = item.read_at or clock.now()
