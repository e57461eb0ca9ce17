"""Rows put in without the unit of work: several in one statement, or one object at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


class New(NamedTuple):
    """A new object, its columns set. ``keys``: columns that take the key of an object put in before it;
    ``related``: what its relationships hold. A column that is not set gets its default, or nothing."""

    made: Any
    keys: Mapping[str, Any] = {}
    related: Mapping[str, Any] = {}


def insert_now(session: Session, *news: New) -> None:
    """Insert objects in this order and keep them in the session as if they had been flushed.

    What the unit of work does for objects that depend on each other costs, where the caller knows the
    order, three times the statement. PostgreSQL gets one statement for all of them: one turn.
    """
    session.flush()
    connection = session.connection()
    held = [_values_of(new.made) for new in news]
    at_once = connection.dialect.name == "postgresql" and len(news) > 1
    keys = _put_chain(connection, news, held) if at_once else []
    for n, (new, values) in enumerate(zip(news, held, strict=True)):
        values |= {column: before.id for column, before in new.keys.items()}
        _keep(session, new, values, keys[n] if at_once else _put_one(connection, new.made, values))


def _values_of(made: Any) -> dict[str, Any]:
    table, found = made.__table__, sa.inspect(made).dict
    values = {name: make(None) for name, make in _defaults(table) if name not in found}
    return values | {c.name: found[c.name] for c in table.c if found.get(c.name) is not None}


@cache
def _defaults(table: sa.Table) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    return tuple(
        (c.name, c.default.arg if c.default.is_callable else lambda _none, v=c.default.arg: v)
        for c in table.c
        if isinstance(c.default, sa.ColumnDefault)
    )


def _put_one(connection: Connection, made: Any, values: Mapping[str, Any]) -> int:
    result = connection.execute(_into(made.__table__), values)
    return cast(int, cast(Any, result.inserted_primary_key)[0])


@cache
def _into(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


def _put_chain(
    connection: Connection, news: Sequence[New], held: Sequence[Mapping[str, Any]]
) -> Sequence[int]:
    places = {id(new.made): n for n, new in enumerate(news)}
    shapes = tuple(
        Chained(
            new.made.__table__,
            tuple(values),
            tuple((column, places[id(before)]) for column, before in new.keys.items()),
        )
        for new, values in zip(news, held, strict=True)
    )
    values = {f"{name}_{n}": row[name] for n, row in enumerate(held) for name in row}
    return connection.execute(_chain(shapes), values).one()


class Chained(NamedTuple):
    """A row of a chain: the columns with values, and those with the key of an earlier row."""

    table: sa.Table
    names: tuple[str, ...]
    keys: tuple[tuple[str, int], ...]


@cache
def _chain(shapes: tuple[Chained, ...]) -> sa.TextClause:
    parts, typed = [], []
    for n, (table, names, keys) in enumerate(shapes):
        into = ", ".join((*names, *(column for column, _before in keys)))
        marks = [f":{name}_{n}" for name in names]
        marks += [f"(SELECT id FROM put_{before})" for _column, before in keys]  # noqa: S608
        row = f"INSERT INTO {table.name} ({into}) VALUES ({', '.join(marks)})"  # noqa: S608
        parts.append(f"put_{n} AS ({row} RETURNING id)")
        typed += [sa.bindparam(f"{name}_{n}", type_=table.c[name].type) for name in names]
    put = [f"put_{n}" for n in range(len(shapes))]
    asked = f"SELECT {', '.join(f'{one}.id' for one in put)} FROM {', '.join(put)}"  # noqa: S608
    return sa.text(f"WITH {', '.join(parts)} {asked}").bindparams(*typed)


def _keep(session: Session, new: New, values: Mapping[str, Any], key: int) -> None:
    made, table = new.made, new.made.__table__
    known = {**dict.fromkeys(table.c.keys()), **values, "id": key}
    for name, value in known.items():
        set_committed_value(made, name, value)
    make_transient_to_detached(made)
    # an object of a transaction that was rolled back may still go by the same key
    old = session.identity_map.get(sa.inspect(made).key)
    if old is not None:
        session.expunge(old)
    for name, value in new.related.items():
        set_committed_value(made, name, value)
    session.add(made)
