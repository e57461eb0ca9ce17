"""What the planner must see: indexes of some rows only, numbers that are far from the average."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


def index_where(holds: str, name: str, *columns: str) -> sa.Index:
    """An index of the rows for which a boolean column ``holds``: the others cost nothing. A query finds it
    only if it says the same in the same words (``Petition.is_public``, never ``.is_(True)``)."""
    sqlite, postgresql = sa.text(f"{holds} = 1"), sa.text(holds)
    return sa.Index(name, *columns, sqlite_where=sqlite, postgresql_where=postgresql)


def index_present(name: str, column: str) -> sa.Index:
    """An index of the rows in which a column is not empty; any comparison with it finds them."""
    there = sa.text(f"{column} IS NOT NULL")
    return sa.Index(name, column, sqlite_where=there, postgresql_where=there)


def written(number: int | None) -> sa.BindParameter[int]:
    """A number that stands in the statement itself. Of a bound one PostgreSQL's plan for all values knows
    only the average: it then read every file of a body that has a hundred times as many."""
    return sa.bindparam(None, number, type_=sa.Integer(), literal_execute=True)


class beside(FunctionElement[bool]):  # noqa: N801 - stands in statements like a function
    """A condition that rules out little, so that no index is chosen for it. Without statistics SQLite takes
    the index of which most columns are asked for, however many rows each of them leaves."""

    type = sa.Boolean()
    name = "beside"
    inherit_cache = True


@compiles(beside)
def _as_it_is(element: beside, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses.clauses[0], **options))


@compiles(beside, "sqlite")
def _unindexed(element: beside, compiler: Any, **options: Any) -> str:
    return f"+{_as_it_is(element, compiler, **options)}"
