"""Which versions hold now: one statement, whatever a page is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect, Engine

from feedback.audit.models import Event, EventHead
from feedback.core.db import reading_engine
from feedback.pagecache.models import PageVersion

# plans, bodies and their successions, terms, the calendar: what every page may show
REFERENCE = "reference"
REFERENCE_TAGS = ("plan:", "agency:", "calendar:", "term:")
# the end of the record: changes with every event, for pages made of all petitions
RECORD = "record"
# the figures, where a recount had to mend them: that is no event of any file
FIGURES = "figures"
# "event:petition:4f0…": the last event about one thing
EVENT = "event:"

Versions = tuple[int, ...]


def versions(connection: Connection, names: Sequence[str]) -> Versions:
    """The number of each name, in their order; 0 for what has never changed."""
    found = connection.execute(_statement(_kinds(names)), _values(names)).one()
    return tuple(number or 0 for number in found)


def versions_now(engine: Engine, names: Sequence[str]) -> Versions:
    """The same outside of any transaction, straight through the driver: a tenth of the time."""
    raw = reading_engine(engine).raw_connection()
    try:
        return _ask(raw, engine.dialect, names)
    except engine.dialect.loaded_dbapi.Error:
        raw.invalidate()  # a connection that the server closed is not tried again
        raise
    finally:
        raw.close()


def versions_within(connection: Connection, names: Sequence[str]) -> Versions:
    """The same as this transaction sees them, straight through the driver."""
    return _ask(connection.connection, connection.dialect, names)


def _ask(raw: Any, dialect: Dialect, names: Sequence[str]) -> Versions:
    compiled = _compiled(_kinds(names), dialect)
    values: Any = compiled.construct_params(_values(names))
    if compiled.positional:
        values = [values[name] for name in compiled.positiontup]
    cursor = raw.cursor()
    cursor.execute(compiled.string, values)
    return tuple(number or 0 for number in cursor.fetchone() or ())


def _values(names: Sequence[str]) -> dict[str, str]:
    return {f"name_{n}": name.removeprefix(EVENT) for n, name in enumerate(names)}


def _kinds(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_kind, names))


def _kind(name: str) -> str:
    if name == RECORD:
        return RECORD
    return EVENT if name.startswith(EVENT) else ""


@cache
def _statement(kinds: tuple[str, ...]) -> Any:
    """Built once for each combination of kinds."""
    return sa.select(*(_SOURCES[kind](f"name_{n}").label(f"v{n}") for n, kind in enumerate(kinds)))


@cache
def _compiled(kinds: tuple[str, ...], dialect: Dialect) -> Any:
    return _statement(kinds).compile(dialect=dialect)


def _of_row(parameter: str) -> sa.ScalarSelect[int]:
    name = sa.bindparam(parameter, type_=sa.String)
    return sa.select(PageVersion.number).where(PageVersion.name == name).scalar_subquery()


def _of_events(parameter: str) -> sa.ScalarSelect[int]:
    subject = sa.bindparam(parameter, type_=sa.String)
    return sa.select(sa.func.max(Event.seq)).where(Event.subject == subject).scalar_subquery()


def _of_record(_parameter: str) -> sa.ScalarSelect[int]:
    return sa.select(EventHead.seq).scalar_subquery()


# for a query that brings the version of reference data along (``memory.learn``); None if it never changed
REFERENCE_NUMBER = (
    sa.select(PageVersion.number).where(PageVersion.name == REFERENCE).scalar_subquery()
)
_SOURCES: dict[str, Callable[[str], sa.ScalarSelect[int]]] = {
    "": _of_row,
    EVENT: _of_events,
    RECORD: _of_record,
}
