"""Rows put in without the unit of work: several in one statement, or one object at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

AT_ONCE = 50  # rows of one statement: within every engine's limit of parameters


def put_rows(
    connection: Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    conflict: str = "",
) -> None:
    """Insert rows that name the same columns, every one without a default of the database.

    ``conflict``: what both engines write after ON CONFLICT, in the table's own words.
    """
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        values = {f"{name}_{n}": row[name] for n, row in enumerate(some) for name in row}
        connection.execute(_insert(table, tuple(some[0]), len(some), conflict), values)


@cache
def _insert(table: sa.Table, names: tuple[str, ...], rows: int, conflict: str) -> sa.TextClause:
    """As text: SQLAlchemy compiles an INSERT of several rows anew each time."""
    each = (", ".join(f":{name}_{n}" for name in names) for n in range(rows))
    text = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES "  # noqa: S608 - names of ours
    text += ", ".join(f"({row})" for row in each)
    text += f" ON CONFLICT {conflict}" if conflict else ""
    typed = [
        sa.bindparam(f"{name}_{n}", type_=table.c[name].type) for name in names for n in range(rows)
    ]
    return sa.text(text).bindparams(*typed)


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
