"""Features write what the public may find; the index knows nothing of them."""

from __future__ import annotations

from feedback.core.db import db
from feedback.core.text import fold
from feedback.search.models import SearchEntry


def put(subject: str, *, kind: str, title: str, body: str, address: str, note: str = "") -> None:
    """Insert or replace the entry of one thing."""
    entry = db.session.get(SearchEntry, subject)
    if entry is None:
        entry = SearchEntry(subject=subject)
        db.session.add(entry)
    entry.kind = kind
    entry.title = title[:300]
    entry.body = body
    entry.folded_title = fold(title)[:300]
    entry.folded = f" {fold(f'{title} {note} {body}')} "
    entry.address = address
    entry.note = note[:200]


def remove(subject: str) -> None:
    """Take a thing out of what the public may find; nothing happens when it is not there."""
    entry = db.session.get(SearchEntry, subject)
    if entry is not None:
        db.session.delete(entry)
