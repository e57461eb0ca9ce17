"""Rows in bulk: executemany with plain tuples on SQLite, COPY on PostgreSQL; the same rows on both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from feedback.core.db import Base
from feedback.demo.load.texts import fold_quickly
from feedback.search.actions import rows as search_rows
from feedback.search.rules.terms import Entry

Row = dict[str, Any]
# parents first; what has no key of its own gets none
KEYED = (
    "contact",
    "petition",
    "leg",
    "allocation",
    "answer",
    "answer_version",
    "info_request",
    "extension",
    "rating",
    "dispute",
    "outcome",
    "sealing",
    "comment",
)
TABLES: Mapping[str, sa.Table] = Base.metadata.tables
_CONVERTED = (sa.Date, sa.types.TypeDecorator)  # what the drivers take otherwise than as it is


class Rows:
    """Rows of one chunk by table, in the order in which they came; each gets the next key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next = {name: _last_key(connection, name) for name in KEYED}
        self._first = dict(self._next)
        self._rows: dict[str, list[Row]] = {name: [] for name in (*KEYED, "search_entry")}
        self._terms: list[tuple[int, str, str]] = []

    def add(self, table: str, values: Row) -> int:
        """Keep the row (it may still change until ``write``) and give it its key."""
        self._next[table] = values["id"] = key = self._next[table] + 1
        self._rows[table].append(values)
        return key

    def find(self, entry: Entry) -> None:
        """Keep what the public may find."""
        values, terms = search_rows(entry, fold_quickly)
        self._rows["search_entry"].append(values)
        self._terms.append((values["place"], values["facets"], terms))

    def write(self) -> None:
        for name, rows in self._rows.items():
            put(self._connection, TABLES[name], rows)
        _put_terms(self._connection, self._terms)
        if self._connection.dialect.name == "postgresql":
            self._move_sequences()

    def _move_sequences(self) -> None:
        for name, key in self._next.items():
            if key > self._first[name]:
                sequence = sa.func.pg_get_serial_sequence(name, "id")
                self._connection.execute(sa.select(sa.func.setval(sequence, key)))


def _last_key(connection: Connection, name: str) -> int:
    return connection.scalar(sa.select(sa.func.max(TABLES[name].c.id))) or 0


def put(connection: Connection, table: sa.Table, rows: list[Row]) -> None:
    """Insert rows that all name the same columns in the same order."""
    if not rows:
        return
    names = list(rows[0])
    if connection.dialect.name == "postgresql":
        _copy(connection, table.name, names, (row.values() for row in rows))
        return
    values = [list(row.values()) for row in rows]
    for at, convert in _converters(connection, table, names):
        for line in values:
            line[at] = convert(line[at])
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    connection.exec_driver_sql(statement, [tuple(line) for line in values])


def _put_terms(connection: Connection, lines: list[tuple[int, str, str]]) -> None:
    """Each engine's own table of terms, which is none of the models."""
    if not lines:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, "search_term", ["place", "facets", "terms"], lines)
        return
    statement = "INSERT INTO search_term (rowid, terms) VALUES (?, ?)"
    connection.exec_driver_sql(statement, [(place, some) for place, _facets, some in lines])


def _converters(
    connection: Connection, table: sa.Table, names: list[str]
) -> list[tuple[int, Callable[[Any], Any]]]:
    found: list[tuple[int, Callable[[Any], Any]]] = []
    for at, name in enumerate(names):
        kind = table.c[name].type
        if isinstance(kind, _CONVERTED):
            convert = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
            if convert is not None:
                found.append((at, convert))
    return found


def _copy(connection: Connection, table: str, names: list[str], lines: Iterable[Any]) -> None:
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {table} ({', '.join(names)}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(tuple(line))
