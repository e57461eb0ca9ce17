"""Things go into the index and out of it, in the transaction of whoever says so.

The entry and its terms are two rows of one place. Nothing is written where nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from feedback.core.db import db, table_of
from feedback.core.text import fold
from feedback.search.models import SearchEntry
from feedback.search.rules import terms
from feedback.search.rules.terms import Entry

RULES = (
    "1"  # raise it with a change of the rules of terms: everything is then written anew when mended
)
AT_ONCE = 200
_ENTRIES = table_of(SearchEntry)
_INSERT = sa.insert(_ENTRIES)
# the two engines name the key and take the terms each in its own way; PostgreSQL reads the facets there
_PUT_TERMS = {
    "sqlite": sa.text("INSERT INTO search_term (rowid, terms) VALUES (:place, :terms)"),
    "postgresql": sa.text(
        "INSERT INTO search_term (place, facets, terms)"
        " VALUES (:place, :facets, CAST(:terms AS tsvector))"
    ),
}
_DROP_TERMS = {
    "sqlite": sa.text("DELETE FROM search_term WHERE rowid = :place"),
    "postgresql": sa.text("DELETE FROM search_term WHERE place = :place"),
}


def put(entries: Iterable[Entry], *, every: bool = False) -> int:
    """Insert these things or replace what is kept of them; returns how many were new or different.

    With ``every`` each is written anew, whether it changed or not.
    """
    db.session.flush()
    connection = db.session.connection()
    changed, some = 0, list(entries)
    for start in range(0, len(some), AT_ONCE):
        changed += _put(connection, some[start : start + AT_ONCE], every)
    return changed


def remove(kind: str, refs: Collection[int]) -> int:
    """Take things out of what the public may find; returns how many were there."""
    if not refs:
        return 0
    return _remove(_ENTRIES.c.kind == kind, _ENTRIES.c.ref.in_(refs))


def remove_others(kind: str, keep: Collection[int], *, above: int, to: int | None) -> int:
    """Take out what is kept of a kind between two keys (to the end without ``to``), but for these."""
    within = [_ENTRIES.c.kind == kind, _ENTRIES.c.ref > above]
    if to is not None:
        within.append(_ENTRIES.c.ref <= to)
    return _remove(*within, _ENTRIES.c.ref.not_in(keep))


def remove_of_plan(kind: str, plan: int, *, keep: Collection[int]) -> int:
    """Take out what is kept of a kind under one plan, but for these. For kinds of which there are few."""
    under = _ENTRIES.c.facets.startswith(f"{kind}|{plan}|", autoescape=True)
    return _remove(_ENTRIES.c.kind == kind, under, _ENTRIES.c.ref.not_in(keep))


def rows(entry: Entry, folded: Callable[[str], str] = fold) -> tuple[dict[str, Any], str]:
    """The row and the terms of one thing. ``folded`` must give what ``fold`` gives."""
    whole = terms.folded_of(entry, folded)
    row = {
        "place": terms.place_of(entry),
        "kind": entry.kind,
        "ref": entry.ref,
        "facets": "|".join(
            [entry.kind, entry.plan, entry.state, entry.commune, " ".join(entry.agencies)]
        )[:600],
        "title": entry.title[:300],
        "note": entry.note[:200],
        "address": entry.address,
        "mark": mark_of(entry),
        "body": entry.body,
        "folded": whole,
    }
    return row, terms.terms_of(entry, whole, folded)


def mark_of(entry: Entry) -> str:
    """Of everything that is written for an entry, and of the rules by which."""
    return blake2b(f"{RULES} {entry!r}".encode(), digest_size=16).hexdigest()


def _put(connection: Connection, entries: Sequence[Entry], every: bool) -> int:
    kept = _kept(connection, entries)
    new = {
        (e.kind, e.ref): e
        for e in entries
        if every or mark_of(e) != kept.get((e.kind, e.ref), (0, ""))[1]
    }
    _drop(connection, [kept[key][0] for key in new if key in kept])
    made = [rows(entry) for entry in new.values()]
    if made:
        connection.execute(_INSERT, [row for row, _terms in made])
        put_terms = _PUT_TERMS[connection.dialect.name]
        held = [{"place": r["place"], "facets": r["facets"], "terms": t} for r, t in made]
        connection.execute(put_terms, held)
    return len(made)


def _kept(
    connection: Connection, entries: Sequence[Entry]
) -> dict[tuple[str, int], tuple[int, str]]:
    c = _ENTRIES.c
    found: dict[tuple[str, int], tuple[int, str]] = {}
    for kind in {entry.kind for entry in entries}:
        refs = [entry.ref for entry in entries if entry.kind == kind]
        query = sa.select(c.ref, c.place, c.mark).where(c.kind == kind, c.ref.in_(refs))
        found |= {(kind, ref): (place, mark) for ref, place, mark in connection.execute(query)}
    return found


def _remove(*which: Any) -> int:
    db.session.flush()
    connection = db.session.connection()
    places = list(connection.execute(sa.select(_ENTRIES.c.place).where(*which)).scalars())
    _drop(connection, places)
    return len(places)


def _drop(connection: Connection, places: Sequence[int]) -> None:
    if not places:
        return
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        connection.execute(sa.delete(_ENTRIES).where(_ENTRIES.c.place.in_(some)))
    drop_terms = _DROP_TERMS[connection.dialect.name]
    connection.execute(drop_terms, [{"place": place} for place in places])
