"""Reference data in memory: plans, bodies, terms and the calendar, under the version that they have.

A transaction that changes reference data sees its own changes and leaves none behind: until it ends,
it makes every value anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from cachetools import LRUCache
from sqlalchemy import event as sa_event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from feedback import audit
from feedback.core.db import connection, db, notes
from feedback.pagecache.queries import REFERENCE, REFERENCE_TAGS, versions_within

Value = TypeVar("Value")
Held = LRUCache[Hashable, tuple[int, object]]

MOST = 2000  # values in each database's memory
VERSION = "pagecache.reference"  # on the session: read once a request
_lock = Lock()
_memories: WeakKeyDictionary[Engine, Held] = WeakKeyDictionary()


def remembered(key: Hashable, make: Callable[[], Value]) -> Value:
    """What ``make()`` answered when it was last asked with this key and the same reference data.

    The value must be plain and never changed: all threads of the process share it.
    """
    if _changing():
        return make()
    try:
        version, memory = _version_and_memory()
    except (DBAPIError, db.engine.dialect.loaded_dbapi.Error) as error:
        if "locked" in str(error):
            raise  # waited for long enough: to ask again would take as long again
        return make()  # no versions, or no database: whoever makes the value knows what to say
    with _lock:
        found = memory.get(key)
    if found is not None and found[0] == version:
        return cast(Value, found[1])
    value = make()
    with _lock:
        memory[key] = (version, value)
    return value


def _changing() -> bool:
    if not db.session.registry.has():
        return False
    return any(happening.tag.startswith(REFERENCE_TAGS) for happening in audit.pending())


def learn(version: int | None) -> None:
    """The version that a query of this request brought along (``REFERENCE_NUMBER``): one question less."""
    kept = notes()
    if VERSION not in kept:
        kept[VERSION] = version or 0, _memory(db.engine)


@sa_event.listens_for(Session, "after_commit")
@sa_event.listens_for(Session, "after_soft_rollback")
def _forget_version(session: Session, *_rest: object) -> None:
    session.info.pop(VERSION, None)


def _version_and_memory() -> tuple[int, Held]:
    kept = notes()
    if VERSION not in kept:
        (version,) = versions_within(connection(), (REFERENCE,))
        kept[VERSION] = version, _memory(db.engine)
    return cast(tuple[int, Held], kept[VERSION])


def _memory(engine: Engine) -> Held:
    with _lock:
        return _memories.setdefault(engine, LRUCache(MOST))
