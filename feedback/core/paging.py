"""Pages of a list, cut by key and not by offset, so that a deep page costs what the first one does."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from feedback.core.db import connection, db
from feedback.core.ids import LARGEST_KEY

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next one, empty when there is none. ``looked``: where a list
    is walked through and not asked by an index, how many were looked at when the walk ended at its bound."""

    rows: Sequence[Row]
    after: str
    looked: int = 0

    @property
    def has_next(self) -> bool:
        return bool(self.after)


def page_by_key(
    query: sa.Select[Any],
    keys: Sequence[InstrumentedAttribute[Any]],
    *,
    after: str,
    size: int = 20,
    descending: bool = False,
) -> Page[Any]:
    """Rows after the cursor in the order of ``keys`` (the last one unique). A bad cursor is page one."""
    position = _values(keys, after)
    if position is not None:
        columns, values = sa.tuple_(*keys), sa.tuple_(*_bound(keys, position))
        query = query.where(columns < values if descending else columns > values)
    order = [key.desc() if descending else key.asc() for key in keys]
    rows = list(db.session.scalars(query.order_by(*order).limit(size + 1)))
    more = rows[size:]
    rows = rows[:size]
    return Page(rows, _write([getattr(rows[-1], key.key) for key in keys]) if more else "")


def _bound(
    keys: Sequence[InstrumentedAttribute[Any]], values: Sequence[Any]
) -> list[sa.BindParameter[Any]]:
    return [sa.bindparam(None, v, type_=k.type) for k, v in zip(keys, values, strict=True)]


def _values(keys: Sequence[InstrumentedAttribute[Any]], after: str) -> list[Any] | None:
    """The cursor's values; None for anything that ``_write`` did not write."""
    if not after:
        return None
    try:
        values = _read(after, len(keys))
        return values and [_python(k, value) for k, value in zip(keys, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _python(key: InstrumentedAttribute[Any], value: Any) -> Any:
    kind = key.type.python_type
    found = kind.fromisoformat(value) if hasattr(kind, "fromisoformat") else kind(value)
    if isinstance(found, datetime) and found.tzinfo is None:
        raise ValueError("a time without a zone")
    if isinstance(found, int) and not -LARGEST_KEY <= found <= LARGEST_KEY:
        raise ValueError("no key is so large")
    return found


def _write(values: list[Any]) -> str:
    plain = [v.isoformat() if hasattr(v, "isoformat") else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _read(cursor: str, length: int) -> list[Any] | None:
    values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return values if isinstance(values, list) and len(values) == length else None


class Listing(Generic[Row]):
    """A list of plain rows whose statements are built once: a page costs the database's work alone.

    ``query`` selects columns, the keys (the last one unique) among them, with bound parameters for
    what varies; ``make`` takes a row's columns.
    """

    def __init__(
        self,
        query: Any,
        keys: Sequence[InstrumentedAttribute[Any]],
        make: Callable[..., Row],
        *,
        size: int = 20,
        descending: bool = False,
    ) -> None:
        self._keys, self._make, self.size = keys, make, size
        order = [key.desc() if descending else key.asc() for key in keys]
        self._first = query.order_by(*order).limit(size + 1)
        names = [f"after_{key.key}" for key in keys]
        position = sa.tuple_(
            *(sa.bindparam(n, type_=k.type) for n, k in zip(names, keys, strict=True))
        )
        columns = sa.tuple_(*keys)
        self._next = self._first.where(columns < position if descending else columns > position)
        self._names = names

    def page(self, *, after: str = "", **values: Any) -> Page[Row]:
        """The rows after the cursor; a bad cursor is page one."""
        position = _values(self._keys, after)
        statement = self._first
        if position is not None:
            statement, values = (
                self._next,
                {**values, **dict(zip(self._names, position, strict=True))},
            )
        found = connection().execute(statement, values).all()
        rows = found[: self.size]
        more = len(found) > self.size
        last = [getattr(rows[-1], key.key) for key in self._keys] if more else []
        return Page([self._make(*row) for row in rows], _write(last) if more else "")

    def cursor(self, *values: Any) -> str:
        """The cursor behind a row with these keys."""
        return _write(list(values))
