"""What to offer while somebody types: titles, the newest first, none twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from feedback.core.db import db
from feedback.core.text import fold
from feedback.search.models import SearchEntry
from feedback.search.queries import engines
from feedback.search.rules.asking import Asked, question, suggesting

MOST = 7
LOOKED_AT = 40  # many petitions are called the same
OF_EACH = {"agency": 2, "item": 3, "petition": 7}


@dataclass(frozen=True)
class Offer:
    """One thing by its title."""

    kind: str
    title: str
    note: str
    address: str
    state: str


def offered(typed: str, *, on: date) -> Sequence[Offer]:
    """Bodies, plan items and petitions whose title holds every typed word, the last as a beginning."""
    if not suggesting(typed).all:
        return []
    connection = db.session.connection()
    plain, dialect = question(Asked()), connection.dialect.name
    parts = [
        engines.Newest(plain, suggesting(typed, kind), on, LOOKED_AT, name=kind) for kind in OF_EACH
    ]
    values: dict[str, Any] = {}
    for part in parts:
        values |= part.values(dialect)
    every = " UNION ALL ".join(
        f"SELECT place FROM ({p.sql(dialect)}) AS of_{p.name}"  # noqa: S608 - text of ours
        for p in parts
    )
    found = sa.text(every).columns(place=sa.BigInteger)
    e = SearchEntry
    rows = connection.execute(
        sa.select(e.kind, e.title, e.note, e.address, e.facets)
        .where(e.place.in_(found))
        .order_by(e.place.desc()),
        values,
    )
    return _chosen([Offer(*row[:4], row[4].split("|")[2]) for row in rows])


def _chosen(found: Sequence[Offer]) -> list[Offer]:
    chosen: list[Offer] = []
    for kind, most in OF_EACH.items():
        titles: dict[str, Offer] = {}
        for offer in found:
            if offer.kind == kind:
                titles.setdefault(fold(offer.title), offer)
        chosen += list(titles.values())[:most]
    return chosen[:MOST]
