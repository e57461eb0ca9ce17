"""Reading the record: what happened to a subject, and whether the chain is whole."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from feedback.audit.models import Event, EventField, EventHead
from feedback.audit.names import subject_name
from feedback.audit.rules.chain import LEVELS
from feedback.audit.rules.checking import (
    StoredEvent,
    StoredField,
    StoredHead,
    Verdict,
    verify_chain,
)
from feedback.core.db import db, reading

CHUNK = 2000
EVERY_LEVEL = LEVELS  # for who compares rows with the record, and shows no words
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """One event as a page shows it; ``fields`` holds what the reader may see, None where erased."""

    seq: int
    event_id: str
    kind: str
    at: datetime
    actor: str
    agency: str
    due: str
    rule: str
    fields: dict[str, str | None]


def last_at() -> datetime | None:
    """When the record was last written, by its own time, which never runs back."""
    ms = db.session.scalar(sa.select(EventHead.last_ts_ms))
    return _EPOCH + timedelta(milliseconds=ms) if ms else None


def head_now() -> str:
    """The end of the record as SEQ:HEX, to be noted elsewhere; empty before the first event."""
    found = db.session.scalar(sa.select(EventHead))
    return f"{found.seq}:{found.head.hex()}" if found and found.seq else ""


def events_of(
    subject: Any, *, levels: Collection[str] = ("public",), kinds: Collection[str] = ()
) -> list[Said]:
    """What the record says about a subject, oldest first, as far as ``levels`` allow."""
    name = subject_name(subject)
    wanted = sa.select(Event.seq, Event.event_id, Event.kind, Event.header)
    wanted = wanted.where(Event.subject == name).order_by(Event.seq)
    if kinds:
        wanted = wanted.where(Event.kind.in_(kinds))
    events = db.session.execute(wanted).all()
    fields: dict[int, dict[str, str | None]] = {}
    for seq, field, value in db.session.execute(
        sa.select(EventField.seq, EventField.name, EventField.value)
        .join(Event, Event.seq == EventField.seq)
        .where(Event.subject == name, EventField.level.in_(levels))
        .order_by(EventField.seq, EventField.name)
    ):
        fields.setdefault(seq, {})[field] = value
    return [_said(event, fields.get(event.seq, {})) for event in events]


def _said(event: Any, fields: dict[str, str | None]) -> Said:
    header = json.loads(event.header)
    return Said(
        seq=event.seq,
        event_id=event.event_id,
        kind=event.kind,
        at=_EPOCH + timedelta(milliseconds=header.get("at", header["ts"])),
        actor=header.get("actor", ""),
        agency=header.get("agency", ""),
        due=header.get("due", ""),
        rule=header.get("rule", ""),
        fields=fields,
    )


def of_subjects(
    connection: Connection, names: Sequence[str], levels: Collection[str] = ("public",)
) -> dict[str, list[Said]]:
    """The same about many subjects at once, by name: two statements."""
    events = connection.execute(
        sa.select(Event.seq, Event.event_id, Event.kind, Event.header, Event.subject)
        .where(Event.subject.in_(names))
        .order_by(Event.seq)
    ).all()
    fields: dict[int, dict[str, str | None]] = {}
    for seq, field, value in connection.execute(
        sa.select(EventField.seq, EventField.name, EventField.value)
        .join(Event, Event.seq == EventField.seq)
        .where(Event.subject.in_(names), EventField.level.in_(levels))
    ):
        fields.setdefault(seq, {})[field] = value
    found: dict[str, list[Said]] = {}
    for event in events:
        found.setdefault(event.subject, []).append(_said(event, fields.get(event.seq, {})))
    return found


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection that sees one moment, while others go on writing."""
    with reading(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def verify(known: dict[int, bytes] | None = None) -> Verdict:
    """Check the whole record as it stands at this moment, while others go on writing.

    ``known``: heads noted earlier, by seq. One snapshot, a few thousand events in memory at a time.
    """
    with snapshot() as connection:
        head = _stored_head(connection)
        verdict = verify_chain(_stored_events(connection), head, known)
        if verdict.bad_seq is None:
            stray = _stray_field(connection, verdict.count)
            if stray is not None:
                return Verdict(verdict.count, verdict.head, stray, "a field stands without event")
        return verdict


def _stored_head(connection: Connection) -> StoredHead | None:
    raw = _raw(connection)
    row = connection.exec_driver_sql(
        f"SELECT {raw('log')}, synthetic, seq, {raw('head')}, last_ts_ms FROM event_head"
    ).one_or_none()
    if row is None:
        return None
    log, synthetic, seq, head, ts = row
    return StoredHead(_text(log), bool(synthetic), seq, head, ts)


def _stored_events(connection: Connection) -> Iterator[StoredEvent]:
    """Every event in order. Read raw: what was tampered with may no longer be of its column's type."""
    raw = _raw(connection)
    columns = ", ".join(map(raw, ("event_id", "subject", "kind", "header", "leaf", "prev", "head")))
    events = sa.text(
        f"SELECT seq, {columns} FROM event WHERE seq > :last ORDER BY seq LIMIT {CHUNK}"
    )
    columns = ", ".join(map(raw, ("name", "salt", "value", "level")))
    fields = sa.text(
        f"SELECT seq, {columns}, erased_at IS NOT NULL FROM event_field"
        " WHERE seq > :last AND seq <= :upto ORDER BY seq"
    )
    last = -(2**31)
    while rows := connection.execute(events, {"last": last}).all():
        upto = rows[-1][0]
        of: dict[int, list[StoredField]] = {}
        for seq, name, salt, value, level, erased in connection.execute(
            fields, {"last": last, "upto": upto}
        ):
            row = StoredField(_text(name), salt, _text_or_none(value), _text(level), bool(erased))
            of.setdefault(seq, []).append(row)
        for seq, event_id, subject, kind, *blobs in rows:
            header, leaf, prev, head = blobs
            names = _text(event_id), _text(subject), _text(kind)
            yield StoredEvent(seq, *names, header, leaf, prev, head, of.pop(seq, ()))
        last = upto


def _stray_field(connection: Connection, count: int) -> int | None:
    found: int | None = connection.execute(
        sa.select(sa.func.min(EventField.seq)).where(
            sa.or_(EventField.seq > count, EventField.seq < 1)
        )
    ).scalar()
    return found


def _raw(connection: Connection) -> Any:
    if connection.dialect.name == "sqlite":
        return lambda column: f"CAST({column} AS BLOB)"
    return lambda column: column


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)
