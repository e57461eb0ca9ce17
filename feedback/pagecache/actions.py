"""Raising versions."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from feedback.core.db import db
from feedback.pagecache.queries import REFERENCE

# both engines know this form; a row that another transaction raises is waited for
_RAISE = sa.text(
    "INSERT INTO page_version (name, number) VALUES (:name, 1)"
    " ON CONFLICT (name) DO UPDATE SET number = page_version.number + 1"
)


def changed(names: Iterable[str]) -> None:
    """Say that these have changed; takes effect with the commit. In one order, so that two
    transactions never wait for each other."""
    rows = [{"name": name} for name in sorted(set(names))]
    if rows:
        db.session.connection().execute(_RAISE, rows)


def reference_changed() -> None:
    """Say that something changed that many pages are made of: plans, bodies, terms, the calendar."""
    changed([REFERENCE])
