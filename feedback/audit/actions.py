"""Recording: ``record`` queues, followers react, ``seal`` gives each event its place and commits nothing.

The order within one commit: the verb's rows are flushed → followers run for each event, in the order in
which they were registered (roll-ups, search, page versions) → the head is locked, last of all locks →
events are linked and inserted → ``core.db.commit`` commits.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event as sa_event
from sqlalchemy.orm import Session, SessionTransaction

from feedback.audit.models import Event, EventField, EventHead
from feedback.audit.rules.canonical import nfc
from feedback.audit.rules.chain import (
    CREATED,
    ERASED,
    GENESIS,
    LEVELS,
    Entry,
    Link,
    commit_field,
    commit_file,
    link,
    next_ts,
)
from feedback.audit.tags import Tag, declare, find
from feedback.core import clock, ids
from feedback.core.db import before_commit, db

declare(
    Tag(CREATED, announced=False, title="Record opened"),
    Tag(ERASED, announced=False, title="Words erased"),
)

_QUEUE = "audit.queue"


class GivenTime(RuntimeError):
    """A time was given to an event of a real record; only a synthetic one may have that."""


@dataclass(slots=True)
class Happening:
    """One recorded event on its way into the chain; what followers are given."""

    tag: str
    subject: str  # "petition:4f0…"
    thing: Any  # the object itself, where the verb had one
    by: Any
    agency: Any
    at: datetime
    fields: dict[str, tuple[str, str]]  # name: (value, level)
    files: list[tuple[str, str]] = field(default_factory=list)  # (sha256, level)
    due: str = ""
    rule: str = ""
    given: bool = False
    erases: list[tuple[int, list[str]]] = field(default_factory=list)
    nested: SessionTransaction | None = None

    def value(self, name: str) -> str | None:
        """A field's text, or None."""
        return self.fields[name][0] if name in self.fields else None


Follower = Callable[[Happening], None]
_followers: list[tuple[str, Follower]] = []
_given_times_by_default: list[bool] = []


def init(*, synthetic: bool = False) -> None:
    """Seal at each commit from now on. ``synthetic``: a log that starts by itself may take given times."""
    _given_times_by_default[:] = [True] if synthetic else []
    before_commit(seal)


def follow(prefix: str, follower: Follower) -> None:
    """Call ``follower(happening)`` for every tag that starts with ``prefix``, before sealing.

    Same transaction, rows already flushed; followers run in the order of registration, which only app.py
    decides. What a follower raises undoes the whole commit. Registering the same pair again is harmless.
    """
    if (prefix, follower) not in _followers:
        _followers.append((prefix, follower))


def record(
    tag: Tag | str,
    *,
    subject: Any,
    by: Any,
    agency: Any = None,
    fields: Mapping[str, tuple[Any, str]] | None = None,
    files: Iterable[str | tuple[str, str]] = (),
    due: date | None = None,
    rule: str | None = None,
) -> Happening:
    """Queue one event on the current session; it is sealed by ``core.db.commit``.

    ``subject``: an object with ``.subject``, ("petition", public_id), or "petition:public_id".
    ``by``: a Person or Contact, a word for what is no person ("clock", "resident"), or None.
    ``agency``: an Agency (its code is written) or a code. ``fields``: {name: (value, level)} with level
    public | party | sealed; a value of None is left out. ``files``: SHA-256 in hex, alone (level party) or
    with a level. ``due`` and ``rule``: the clock that this event touches and the term's code.
    Raises UnknownTag for an undeclared tag, ValueError for an unknown level.
    """
    happening = Happening(
        tag=find(tag).code,
        subject=_subject(subject),
        thing=None if isinstance(subject, (str, tuple)) else subject,
        by=by,
        agency=agency,
        at=clock.now(),
        fields=_fields(fields or {}),
        files=[f if isinstance(f, tuple) else (f, "party") for f in files],
        due=due.isoformat() if due else "",
        rule=rule or "",
        given=clock.is_travelling(),
    )
    return _queue(happening)


def erase(
    fields: Mapping[int, Iterable[str]], *, subject: Any, basis: str, by: Any, agency: Any = None
) -> Happening:
    """Erase words of sealed events, ``{seq: [names]}``, and record that it was done, why and by whom.

    ``basis`` is the legal basis, in words; it is public. Verification still holds afterwards. Raises
    LookupError where a field does not exist or is erased already.
    """
    targets = [(seq, sorted(set(names))) for seq, names in sorted(fields.items())]
    for seq, names in targets:
        done = db.session.execute(
            sa.update(EventField)
            .where(EventField.seq == seq, EventField.name.in_(names))
            .where(EventField.erased_at.is_(None))
            .values(value=None, salt=None, erased_at=clock.now(), erased_basis=basis)
            .execution_options(synchronize_session=False)
        )
        if done.rowcount != len(names):
            raise LookupError(f"event {seq} has not all of {', '.join(names)} to erase")
    happening = record(
        ERASED, subject=subject, by=by, agency=agency, fields={"basis": (basis, "public")}
    )
    happening.erases = targets
    return happening


def erase_subject(subject: Any, *, basis: str, by: Any, agency: Any = None) -> Happening | None:
    """Erase every word that the record holds about ``subject``; None where nothing was left."""
    rows = db.session.execute(
        sa.select(EventField.seq, EventField.name)
        .join(Event, Event.seq == EventField.seq)
        .where(Event.subject == _subject(subject), EventField.erased_at.is_(None))
        .where(Event.kind != ERASED)  # why something was erased stays readable
    )
    fields: dict[int, list[str]] = {}
    for seq, name in rows:
        fields.setdefault(seq, []).append(name)
    if not fields:
        return None
    return erase(fields, subject=subject, basis=basis, by=by, agency=agency)


def start_log(*, synthetic: bool) -> None:
    """Open the record explicitly; its first event says whether the rest is made up.

    Raises RuntimeError if it is open already. A log that nobody opened starts by itself, as a real one.
    """
    session = db.session()
    if _head(session) is not None:
        raise RuntimeError("the record is open already")
    _open(session, synthetic)


def pending(session: Session | None = None) -> list[Happening]:
    """What is recorded but not yet sealed, oldest first."""
    held: list[Happening] = (session or db.session()).info.setdefault(_QUEUE, [])
    return held


def seal(session: Session) -> None:
    """Run the followers, lock the head, link and insert the queued events. Called by ``core.db.commit``."""
    queue = pending(session)
    if not queue:
        return
    _tell_followers(session, queue)
    head = _lock_head(session)
    links = _insert(session, queue, head)
    queue.clear()
    last = links[-1]
    session.execute(
        sa.update(EventHead)
        .values(seq=last.seq, head=last.head, last_ts_ms=last.ts)
        .execution_options(synchronize_session=False)
    )


def _tell_followers(session: Session, queue: list[Happening]) -> None:
    told = 0
    while told < len(queue):  # a follower may record something itself
        happening = queue[told]
        for prefix, follower in _followers:
            if happening.tag.startswith(prefix):
                follower(happening)
        told += 1
    session.flush()


def _insert(session: Session, queue: list[Happening], head: Any) -> list[Link]:
    now = _ms(clock.now())
    seq, prev, ts = head.seq, head.head, head.last_ts_ms
    links: list[Link] = []
    events: list[dict[str, Any]] = []
    fields: list[dict[str, Any]] = []
    entries = [_first_entry(head)] if seq == 0 else []
    for happening in queue:
        entries.append(_entry(happening, head, fields, seq + len(entries) + 1))
    for entry in entries:
        given = entry.given_ms
        seq, ts = seq + 1, next_ts(now if given is None else given, ts)
        made = link(entry, log=head.log, seq=seq, prev=prev, ts=ts)
        prev = made.head
        links.append(made)
        events.append(
            {"seq": seq, "event_id": entry.event_id, "subject": entry.subject, "kind": entry.kind}
            | {"header": made.header, "leaf": made.leaf, "prev": made.prev, "head": made.head}
        )
    connection = session.connection()
    connection.execute(sa.insert(Event.__table__), events)
    if fields:
        connection.execute(sa.insert(EventField.__table__), fields)
    return links


def _first_entry(head: Any) -> Entry:
    synthetic = "true" if head.synthetic else "false"
    return Entry(ids.public_id(), CREATED, f"log:{head.log}", synthetic=synthetic)


def _entry(happening: Happening, head: Any, rows: list[dict[str, Any]], seq: int) -> Entry:
    if happening.given and not head.synthetic:
        raise GivenTime(f"{happening.tag}: a real record takes its time from the clock alone")
    levels: dict[str, str] = {}

    def keep(name: str, value: str, level: str) -> bytes:
        salt = secrets.token_bytes(32)
        rows.append({"seq": seq, "name": name, "salt": salt, "value": value, "level": level})
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
    return Entry(
        event_id=ids.public_id(),
        kind=happening.tag,
        subject=happening.subject,
        actor=pseudonym(happening.by),
        agency=_agency_code(happening.agency),
        due=happening.due,
        rule=happening.rule,
        fields=fields,
        files=files,
        levels=levels,
        erases=happening.erases,
        given_ms=_ms(happening.at) if happening.given else None,
    )


def _head(session: Session, *, lock: bool = False) -> Any:
    wanted = sa.select(EventHead.log, EventHead.synthetic, EventHead.seq, EventHead.head)
    wanted = wanted.add_columns(EventHead.last_ts_ms)
    return session.execute(wanted.with_for_update() if lock else wanted).one_or_none()


def _lock_head(session: Session) -> Any:
    """PostgreSQL waits here for whoever commits before us; SQLite has had its lock since BEGIN IMMEDIATE."""
    head = _head(session, lock=True)
    if head is None:
        _open(session, synthetic=bool(_given_times_by_default) or clock.is_travelling())
        head = _head(session, lock=True)
    return head


def _open(session: Session, synthetic: bool) -> None:
    # two first writers: the second one waits, then finds the row of the first
    session.execute(
        sa.text(
            "INSERT INTO event_head (id, log, synthetic, seq, head, last_ts_ms)"
            " VALUES (1, :log, :synthetic, 0, :head, 0) ON CONFLICT (id) DO NOTHING"
        ),
        {"log": ids.public_id(), "synthetic": synthetic, "head": GENESIS},
    )


def pseudonym(by: Any) -> str:
    """How the record names a person: 32 hex characters under the site's secret; words stand as they are."""
    if by is None or isinstance(by, str):
        return by or ""
    return ids.keyed_hash(f"{type(by).__name__.lower()}:{by.id}", "audit actor")[:32]


def _agency_code(agency: Any) -> str:
    if agency is None or isinstance(agency, str):
        return agency or ""
    return str(agency.code)


def _subject(subject: Any) -> str:
    if isinstance(subject, str):
        return subject
    if isinstance(subject, tuple):
        return ":".join(map(str, subject))
    named = getattr(subject, "subject", None)
    if isinstance(named, str):
        return named
    return f"{type(subject).__name__.lower()}:{subject.public_id}"


def _fields(fields: Mapping[str, tuple[Any, str]]) -> dict[str, tuple[str, str]]:
    kept = {}
    for name, (value, level) in fields.items():
        if level not in LEVELS:
            raise ValueError(f"{name}: {level!r} is none of {', '.join(LEVELS)}")
        if value is not None:
            kept[name] = (text_of(value), level)
    return kept


def text_of(value: Any) -> str:
    """How the record writes a value: NFC text, ISO dates, UTC times, true/false, whole numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    return nfc(str(value))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _queue(happening: Happening) -> Happening:
    session = db.session()
    happening.nested = session.get_nested_transaction()
    pending(session).append(happening)
    return happening


@sa_event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    """What is undone was not recorded: drop the queue, or the part that a savepoint takes back."""
    queue = session.info.get(_QUEUE)
    if not queue:
        return
    queue[:] = [h for h in queue if previous.nested and not _within(h.nested, previous)]


def _within(inner: SessionTransaction | None, outer: SessionTransaction) -> bool:
    while inner is not None and inner is not outer:
        inner = inner.parent
    return inner is outer
