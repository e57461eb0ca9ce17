"""Pages of a list, cut by key and not by offset, so that a deep page costs what the first one does."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from feedback.core.db import db
from feedback.core.ids import LARGEST_KEY

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next one, empty when there is none."""

    rows: Sequence[Row]
    after: str

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
    position = _position(keys, after)
    if position is not None:
        columns, values = sa.tuple_(*keys), sa.tuple_(*position)
        query = query.where(columns < values if descending else columns > values)
    order = [key.desc() if descending else key.asc() for key in keys]
    rows = list(db.session.scalars(query.order_by(*order).limit(size + 1)))
    more = rows[size:]
    rows = rows[:size]
    return Page(rows, _write([getattr(rows[-1], key.key) for key in keys]) if more else "")


def _position(keys: Sequence[InstrumentedAttribute[Any]], after: str) -> list[Any] | None:
    """The cursor's values as parameters; None for anything that ``_write`` did not write."""
    try:
        values = _read(after, len(keys))
        return values and [
            sa.bindparam(None, _python(key, value), type_=key.type)
            for key, value in zip(keys, values, strict=True)
        ]
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
