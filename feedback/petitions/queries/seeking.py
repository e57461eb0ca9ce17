"""Files of a list that fit what no index knows: words of what is not public stand in none, and are to stand
in none. So the list is walked in its own order, block by block from a key, and the walk ends at a bound:
a page over 100,000 files costs what one over a thousand costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.core.db import db
from feedback.core.paging import Listing, Page
from feedback.petitions.models import Petition
from feedback.petitions.rules.looking import holding

BLOCK, LOOKED = 250, 1000  # files asked for at a time; files looked at for one page
IN_A_ROW = (joinedload(Petition.assignee), joinedload(Petition.item), joinedload(Petition.commune))
KEYS = [Petition.due_on, Petition.id]


class Looked(NamedTuple):
    """What is looked at of each file."""

    due_on: date
    id: int
    kind: str
    commune_id: int | None
    title: str
    place: str
    text: str


Fits = Callable[[Looked], bool]
Conditions = Sequence[sa.ColumnElement[bool]]
COLUMNS = (
    Petition.due_on,
    Petition.id,
    Petition.kind,
    Petition.commune_id,
    Petition.title,
    Petition.place,
    Petition.text,
)


def fitting(
    words: str, *, kind: str = "", commune: str = "", commune_id: int | None = None
) -> Fits:
    """Every word stands in what the sender wrote; of this kind and commune, where they are asked for."""
    holds = holding(words)
    return lambda file: (
        (not kind or file.kind == kind)
        and (not commune or file.commune_id == commune_id)
        and (not words or holds(f"{file.title}\n{file.place}\n{file.text}"))
    )


class Walk(Protocol):
    """An order in which files are looked at, block by block."""

    def page(self, *, after: str = "") -> Page[Looked]: ...

    def cursor(self, *values: Any) -> str: ...


def due_first(conditions: Conditions) -> Walk:
    query = sa.select(*COLUMNS).where(*conditions)
    return Listing(query, KEYS, Looked, size=BLOCK)


def open_and_ended(conditions: Conditions) -> Walk:
    """The last due day first. No index holds open and ended files in one order, so either are walked along
    the index of their own, no farther than the block needs."""
    return _Both([*conditions])


class _Both:
    def __init__(self, conditions: Conditions) -> None:
        self._arms = [
            Listing(
                sa.select(*COLUMNS).where(is_open, *conditions),
                KEYS,
                Looked,
                size=BLOCK,
                descending=True,
            )
            for is_open in (Petition.is_open.is_(True), Petition.is_open.is_(False))
        ]
        self.cursor = self._arms[0].cursor

    def page(self, *, after: str = "") -> Page[Looked]:
        pages = [arm.page(after=after) for arm in self._arms]
        rows = sorted([row for page in pages for row in page.rows], reverse=True)[:BLOCK]
        more = any(page.has_next for page in pages) or sum(len(p.rows) for p in pages) > BLOCK
        return Page(rows, self.cursor(rows[-1].due_on, rows[-1].id) if more else "")


def look_through(walk: Walk, fits: Fits, *, after: str, size: int) -> Page[Petition]:
    """The next files that fit; ``looked`` says that the bound was met before the page was full."""
    found: list[Looked] = []
    for _block in range(LOOKED // BLOCK):
        block = walk.page(after=after)
        found += filter(fits, block.rows)
        if len(found) > size:
            last = found[size - 1]
            return Page(_whole(found[:size]), walk.cursor(last.due_on, last.id))
        after = block.after
        if not after:
            return Page(_whole(found), "")
    return Page(_whole(found), after, looked=LOOKED)


def _whole(found: Sequence[Looked]) -> Sequence[Petition]:
    if not found:
        return []
    place = {file.id: at for at, file in enumerate(found)}
    query = sa.select(Petition).where(Petition.id.in_(place)).options(*IN_A_ROW)
    return sorted(db.session.scalars(query), key=lambda petition: place[petition.id])
