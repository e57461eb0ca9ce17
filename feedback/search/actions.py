"""Features write what the public may find; the index knows nothing of them."""

from __future__ import annotations

from collections.abc import Callable

from feedback.core.db import db
from feedback.core.text import fold
from feedback.search.models import SearchEntry


def put(subject: str, *, kind: str, title: str, body: str, address: str, note: str = "") -> None:
    """Insert or replace the entry of one thing."""
    entry = db.session.get(SearchEntry, subject)
    if entry is None:
        entry = SearchEntry(subject=subject)
        db.session.add(entry)
    values = row(subject, kind=kind, title=title, body=body, address=address, note=note)
    for name, value in values.items():
        setattr(entry, name, value)


def row(
    subject: str,
    *,
    kind: str,
    title: str,
    body: str,
    address: str,
    note: str = "",
    folded: Callable[[str], str] = fold,
) -> dict[str, str]:
    """What the index keeps of one thing, column by column. ``folded`` must give what ``fold`` gives."""
    return {
        "subject": subject,
        "kind": kind,
        "title": title[:300],
        "body": body,
        "folded_title": folded(title)[:300],
        "folded": f" {folded(f'{title} {note} {body}')} ",
        "address": address,
        "note": note[:200],
    }


def remove(subject: str) -> None:
    """Take a thing out of what the public may find; nothing happens when it is not there."""
    entry = db.session.get(SearchEntry, subject)
    if entry is not None:
        db.session.delete(entry)
