"""``record`` queues an event on the session; a rollback takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import event as sa_event
from sqlalchemy.orm import Session, SessionTransaction

from feedback.audit.names import subject_name, text_of
from feedback.audit.rules.chain import LEVELS
from feedback.audit.tags import Tag, find
from feedback.core import clock
from feedback.core.db import db

_QUEUE = "audit.queue"


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
        subject=subject_name(subject),
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
    session = db.session()
    if not session.in_transaction():
        session.begin()  # without one, a rollback would go unnoticed
    happening.nested = session.get_nested_transaction()
    pending(session).append(happening)
    return happening


def pending(session: Session | None = None) -> list[Happening]:
    """What is recorded but not yet sealed, oldest first."""
    held: list[Happening] = (session or db.session()).info.setdefault(_QUEUE, [])
    return held


def _fields(fields: Mapping[str, tuple[Any, str]]) -> dict[str, tuple[str, str]]:
    kept = {}
    for name, (value, level) in fields.items():
        if level not in LEVELS:
            raise ValueError(f"{name}: {level!r} is none of {', '.join(LEVELS)}")
        if value is not None:
            kept[name] = (text_of(value), level)
    return kept


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
