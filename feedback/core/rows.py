"""Rows put in without the unit of work: several in one statement, or one object at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

AT_ONCE = 50  # rows of one statement: within every engine's limit of parameters


class Rows(NamedTuple):
    """Rows to insert that name the same columns, every one without a default of the database.

    ``conflict``: what both engines write after ON CONFLICT, in the table's own words. With ``change`` the
    one row says what the table's only row becomes instead.
    """

    table: sa.Table
    rows: Sequence[Mapping[str, Any]]
    conflict: str = ""
    change: bool = False


class Shape(NamedTuple):
    """What a statement's text depends on."""

    table: sa.Table
    names: tuple[str, ...]
    rows: int
    conflict: str
    change: bool


def put_rows(
    connection: Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    conflict: str = "",
) -> None:
    """Insert rows of one table; see ``Rows``."""
    for start in range(0, len(rows), AT_ONCE):
        _run(connection, [Rows(table, rows[start : start + AT_ONCE], conflict)])


def put_together(connection: Connection, *parts: Rows) -> None:
    """Rows of several tables that no trigger or default of one reads from another: on PostgreSQL in one
    statement, one turn to the server instead of one each. SQLite is in this process and gains nothing."""
    some = [part for part in parts if part.rows]
    if connection.dialect.name == "postgresql" and all(len(p.rows) <= AT_ONCE for p in some):
        _run(connection, some)
        return
    for part in some:
        if part.change:
            _run(connection, [part])
        else:
            put_rows(connection, part.table, part.rows, conflict=part.conflict)


def _run(connection: Connection, parts: Sequence[Rows]) -> None:
    if not parts:
        return
    shapes = tuple(
        Shape(p.table, tuple(p.rows[0]), len(p.rows), p.conflict, p.change) for p in parts
    )
    values = {
        f"{name}_{n}_{part}": row[name]
        for part, rows in enumerate(parts)
        for n, row in enumerate(rows.rows)
        for name in row
    }
    connection.execute(_statement(shapes), values)


@cache
def _statement(shapes: tuple[Shape, ...]) -> sa.TextClause:
    """As text: SQLAlchemy compiles an INSERT of several rows anew each time."""
    texts = [_text(shape, part) for part, shape in enumerate(shapes)]
    before = ", ".join(f"put_{n} AS ({text})" for n, text in enumerate(texts[:-1]))
    typed = [
        sa.bindparam(f"{name}_{n}_{part}", type_=shape.table.c[name].type)
        for part, shape in enumerate(shapes)
        for name in shape.names
        for n in range(shape.rows)
    ]
    return sa.text(f"WITH {before} {texts[-1]}" if before else texts[-1]).bindparams(*typed)


def _text(shape: Shape, part: int) -> str:
    table, names = shape.table.name, shape.names
    if shape.change:
        changes = ", ".join(f"{name} = :{name}_0_{part}" for name in names)
        return f"UPDATE {table} SET {changes}"  # noqa: S608 - names of ours
    each = (", ".join(f":{name}_{n}_{part}" for name in names) for n in range(shape.rows))
    text = f"INSERT INTO {table} ({', '.join(names)}) VALUES "  # noqa: S608 - names of ours
    text += ", ".join(f"({row})" for row in each)
    return text + (f" ON CONFLICT {shape.conflict}" if shape.conflict else "")


def insert_now(session: Session, made: Any, **related: Any) -> None:
    """Insert a new object by its own statement and keep it in the session as if it had been flushed.

    What the unit of work does for objects that depend on each other costs, where the caller knows the
    order, three times the statement. ``made`` has its columns set, foreign keys too; ``related`` are
    what its relationships hold. A column that is not set gets its default, or nothing.
    """
    session.flush()
    table: sa.Table = made.__table__
    found = sa.inspect(made).dict
    values = {name: found[name] for name in table.c.keys() if name in found}  # noqa: SIM118
    result = session.connection().execute(_into(table), values)
    known: dict[str, Any] = dict.fromkeys(_left_empty(table))
    known |= cast(Mapping[str, Any], result.last_inserted_params())
    known |= zip(table.primary_key.columns.keys(), result.inserted_primary_key or (), strict=True)
    for name in table.c.keys():  # noqa: SIM118 - the columns' names, not the columns
        set_committed_value(made, name, known[name])
    make_transient_to_detached(made)
    # an object of a transaction that was rolled back may still go by the same key
    old = session.identity_map.get(sa.inspect(made).key)
    if old is not None:
        session.expunge(old)
    for name, value in related.items():
        set_committed_value(made, name, value)
    session.add(made)


@cache
def _into(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


@cache
def _left_empty(table: sa.Table) -> tuple[str, ...]:
    """The columns that stay empty unless somebody sets them."""
    return tuple(c.name for c in table.c if c.nullable and c.default is None)
