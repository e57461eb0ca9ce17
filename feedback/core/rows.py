"""Several rows in one statement: PostgreSQL is asked once instead of once a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

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
