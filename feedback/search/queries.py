"""Search without accents: every word must occur; titles first. The same on every database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from feedback.core.db import db
from feedback.core.text import fold
from feedback.search.models import SearchEntry

MAX_WORDS = 12
EXCERPT = 180


@dataclass(frozen=True)
class Hit:
    """One found thing; ``excerpt`` is a piece of the body around the first word."""

    title: str
    note: str
    address: str
    kind: str
    excerpt: str


def search(typed: str, *, kind: str = "", limit: int = 20) -> Sequence[Hit]:
    """Entries that hold every typed word (the last one as a beginning), best first."""
    words = fold(typed).split()[:MAX_WORDS]
    if not words:
        return []
    query = sa.select(SearchEntry)
    for word in words[:-1]:
        query = query.where(SearchEntry.folded.contains(f" {word} ", autoescape=True))
    query = query.where(SearchEntry.folded.contains(f" {words[-1]}", autoescape=True))
    if kind:
        query = query.where(SearchEntry.kind == kind)
    phrase = " ".join(words)
    rank = sa.case(
        (SearchEntry.folded_title.contains(phrase, autoescape=True), 0),
        (SearchEntry.folded.contains(phrase, autoescape=True), 1),
        else_=2,
    )
    rows = db.session.scalars(query.order_by(rank, SearchEntry.subject).limit(limit))
    return [Hit(r.title, r.note, r.address, r.kind, _excerpt(r.body, words[0])) for r in rows]


def _excerpt(body: str, word: str) -> str:
    """Whole words around the first occurrence; folding word by word keeps positions honest."""
    parts = body.split()
    at = next((i for i, part in enumerate(parts) if fold(part).startswith(word)), 0)
    start = max(0, at - 8)
    piece, text = parts[start:], ""
    for part in piece:
        if len(text) + len(part) > EXCERPT:
            break
        text = f"{text} {part}".strip()
    before = "… " if start else ""
    after = " …" if len(text) < len(" ".join(piece)) else ""
    return f"{before}{text}{after}"
