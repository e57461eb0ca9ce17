"""``seal`` tells the followers, then gives each queued event its place in the chain; it commits nothing.

The order within one commit: the verb's rows are flushed → followers run for each event, in the order in
which they were registered (roll-ups, search, page versions) → the head is locked, last of all locks →
events are linked and inserted → ``core.db.commit`` commits.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from feedback.audit.actions.recording import Happening, pending
from feedback.audit.models import Event, EventField, EventHead
from feedback.audit.names import agency_code, pseudonym
from feedback.audit.rules.chain import (
    CREATED,
    ERASED,
    GENESIS,
    Entry,
    commit_field,
    commit_file,
    link,
    next_ts,
)
from feedback.audit.tags import Tag, declare
from feedback.core import clock, ids
from feedback.core.db import Last, before_commit, db, table_of
from feedback.core.rows import Rows, put_together

declare(
    Tag(CREATED, announced=False, title="Record opened"),
    Tag(ERASED, announced=False, title="Words erased"),
)


# built once: every commit runs them
_HEAD = sa.select(table_of(EventHead))
_LOCK_HEAD = _HEAD.with_for_update()
_EVENTS, _FIELDS, _END = table_of(Event), table_of(EventField), table_of(EventHead)

Row = dict[str, Any]
Put = Callable[[sa.Table, list[Row]], None]


class GivenTime(RuntimeError):
    """A time was given to an event of a real record; only a synthetic one may have that."""


Follower = Callable[[Happening], None]
_followers: list[tuple[str, Follower]] = []
_given_times_by_default: list[bool] = []


def init(*, synthetic: bool = False) -> None:
    """``synthetic``: a log that starts by itself may take given times (tests travel in time)."""
    _given_times_by_default[:] = [True] if synthetic else []


def follow(prefix: str, follower: Follower) -> None:
    """Call ``follower(happening)`` for every tag that starts with ``prefix``, before sealing.

    Same transaction, rows already flushed; followers run in the order of registration, which only app.py
    decides. What a follower raises undoes the whole commit. Registering the same pair again is harmless.
    """
    if (prefix, follower) not in _followers:
        _followers.append((prefix, follower))


def start_log(*, synthetic: bool) -> None:
    """Open the record explicitly; its first event says whether the rest is made up.

    Raises RuntimeError if it is open already. A log that nobody opened starts by itself, as a real one.
    """
    connection = db.session().connection()
    if _head(connection) is not None:
        raise RuntimeError("the record is open already")
    _open(connection, synthetic)


@before_commit
def seal(session: Session) -> Last | None:
    """Run the followers, lock the head, link the queued events; returns what inserts them. Called by
    ``core.db.commit``."""
    queue = pending(session)
    if not queue:
        return None
    _tell_followers(session, queue)
    connection = session.connection()
    events, fields, end = _linked(connection, queue)
    queue.clear()
    parts = Rows(_EVENTS, events), Rows(_FIELDS, fields), Rows(_END, [end], change=True)
    return lambda: put_together(connection, *parts)


def seal_given(connection: Connection, happenings: Iterable[Happening], put: Put) -> None:
    """Seal many made-up events at once, in the order in which they come; the caller commits.

    For a bulk loader alone: no follower is told, so it keeps true itself what followers keep. ``put``
    writes rows of one table, all of the same names, in whatever way is fast. Raises GivenTime unless
    the record is a synthetic one.
    """
    events, fields, end = _linked(connection, list(happenings))
    put(_EVENTS, events)
    put(_FIELDS, fields)
    put_together(connection, Rows(_END, [end], change=True))


def _tell_followers(session: Session, queue: list[Happening]) -> None:
    told = 0
    while told < len(queue):  # a follower may record something itself
        happening = queue[told]
        for prefix, follower in _followers:
            if happening.tag.startswith(prefix):
                follower(happening)
        told += 1
    session.flush()


def _linked(connection: Connection, queue: list[Happening]) -> tuple[list[Row], list[Row], Row]:
    """Lock the head; the rows of events and of their fields, linked to it, and where it moves to.

    What needs no head is made before: whoever else commits waits for it.
    """
    written = [_entry(happening) for happening in queue]
    head = _lock_head(connection)
    now = _ms(clock.now())
    seq, prev, ts = head.seq, head.head, head.last_ts_ms
    events: list[Row] = []
    fields: list[Row] = []
    if seq == 0:
        written.insert(0, (_first_entry(head), []))
    for entry, rows in written:
        given = entry.given_ms
        if given is not None and not head.synthetic:
            raise GivenTime(f"{entry.kind}: a real record takes its time from the clock alone")
        seq, ts = seq + 1, next_ts(now if given is None else given, ts)
        made = link(entry, log=head.log, seq=seq, prev=prev, ts=ts)
        prev = made.head
        for row in rows:
            row["seq"] = seq
        fields += rows
        events.append(
            {"seq": seq, "event_id": entry.event_id, "subject": entry.subject, "kind": entry.kind}
            | {"header": made.header, "leaf": made.leaf, "prev": made.prev, "head": made.head}
        )
    return events, fields, {"seq": seq, "head": prev, "last_ts_ms": ts}


def _first_entry(head: Any) -> Entry:
    synthetic = "true" if head.synthetic else "false"
    return Entry(ids.public_id(), CREATED, f"log:{head.log}", synthetic=synthetic)


def _entry(happening: Happening) -> tuple[Entry, list[Row]]:
    """An event without its place, and the rows of its fields, which get theirs later."""
    rows: list[Row] = []
    levels: dict[str, str] = {}

    def keep(name: str, value: str, level: str) -> bytes:
        salt = secrets.token_bytes(32)
        rows.append({"seq": 0, "name": name, "salt": salt, "value": value, "level": level})
        if level != "public":
            levels[name] = level
        return salt

    fields = {
        name: commit_field(keep(name, value, level), name, value)
        for name, (value, level) in happening.fields.items()
    }
    files = [
        commit_file(keep(f"file.{n}", digest, level), digest)
        for n, (digest, level) in enumerate(happening.files, start=1)
    ]
    entry = Entry(
        event_id=ids.public_id(),
        kind=happening.tag,
        subject=happening.subject,
        actor=pseudonym(happening.by),
        agency=agency_code(happening.agency),
        due=happening.due,
        rule=happening.rule,
        fields=fields,
        files=files,
        levels=levels,
        erases=happening.erases,
        given_ms=_ms(happening.at) if happening.given else None,
    )
    return entry, rows


def _head(connection: Connection, *, lock: bool = False) -> Any:
    return connection.execute(_LOCK_HEAD if lock else _HEAD).one_or_none()


def _lock_head(connection: Connection) -> Any:
    """PostgreSQL waits here for whoever commits before us; SQLite has had its lock since BEGIN IMMEDIATE."""
    head = _head(connection, lock=True)
    if head is None:
        _open(connection, synthetic=bool(_given_times_by_default) or clock.is_travelling())
        head = _head(connection, lock=True)
    return head


def _open(connection: Connection, synthetic: bool) -> None:
    # two first writers: the second one waits, then finds the row of the first
    connection.execute(
        sa.text(
            "INSERT INTO event_head (id, log, synthetic, seq, head, last_ts_ms)"
            " VALUES (1, :log, :synthetic, 0, :head, 0) ON CONFLICT (id) DO NOTHING"
        ),
        {"log": ids.public_id(), "synthetic": synthetic, "head": GENESIS},
    )


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
