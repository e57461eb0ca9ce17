"""Files of a list that fit what no index knows: words of what is not public stand in none, and are to stand
in none. So the list is walked in its own order, block by block from a key, and the walk ends at a bound:
a page over 100,000 files costs what one over a thousand costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

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


def with_words(typed: str) -> Fits:
    """Every word stands in what the sender wrote."""
    holds = holding(typed)
    return lambda file: holds(f"{file.title}\n{file.place}\n{file.text}")


def look_through(
    conditions: Sequence[sa.ColumnElement[bool]], fits: Fits, *, after: str, size: int
) -> Page[Petition]:
    """The next files that fit, due first; ``looked`` says that the bound was met before the page was full."""
    columns = (Petition.due_on, Petition.id, Petition.kind, Petition.commune_id)
    query = sa.select(*columns, Petition.title, Petition.place, Petition.text).where(*conditions)
    listing = Listing(query, KEYS, Looked, size=BLOCK)
    found: list[Looked] = []
    for _block in range(LOOKED // BLOCK):
        block = listing.page(after=after)
        found += filter(fits, block.rows)
        if len(found) > size:
            last = found[size - 1]
            return Page(_whole(found[:size]), listing.cursor(last.due_on, last.id))
        after = block.after
        if not after:
            return Page(_whole(found), "")
    return Page(_whole(found), after, looked=LOOKED)


def _whole(found: Sequence[Looked]) -> Sequence[Petition]:
    if not found:
        return []
    query = sa.select(Petition).where(Petition.id.in_([file.id for file in found]))
    return db.session.scalars(query.options(*IN_A_ROW).order_by(*KEYS)).all()
