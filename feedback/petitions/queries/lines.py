"""Public files as one line each of a list: plain rows, from statements that are built once."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from feedback.agencies.models import Agency
from feedback.core.paging import Listing, Page
from feedback.pagecache.memory import learn
from feedback.pagecache.queries import REFERENCE_NUMBER
from feedback.petitions.models import Petition


class PetitionLine(NamedTuple):
    """What a list says of a file; the columns of ``COLUMNS`` in their order. The figures are of all
    public files of the list's item, ``known`` is the version of reference data, each line alike: two
    questions less."""

    id: int
    public_id: str
    title: str
    state: str
    is_open: bool
    due_on: date
    submitted_on: date
    answered_on: date | None
    closed_on: date | None
    on_time: bool | None
    agency_name: str
    received: int = 0
    timely: int = 0
    unanswered: int = 0
    known: int | None = None

    def is_overdue(self, day: date) -> bool:
        """Open, its clock running, and past its day; as the file itself says it."""
        return self.is_open and self.state != "needs_info" and self.due_on < day


COLUMNS = (
    Petition.id,
    Petition.public_id,
    Petition.title,
    Petition.state,
    Petition.is_open,
    Petition.due_on,
    Petition.submitted_on,
    Petition.answered_on,
    Petition.closed_on,
    Petition.on_time,
    Agency.name,
)
_FIGURES = (
    sa.select(
        sa.func.count().label("received"),
        sa.func.count().filter(Petition.on_time.is_(True)).label("timely"),
        sa.func.count().filter(Petition.is_open).label("unanswered"),
    )
    .where(Petition.item_id == sa.bindparam("item_id"), Petition.is_public)
    .cte("figures")
    .prefix_with("MATERIALIZED")  # else SQLite counts anew for each line
)
_OF_ITEM = Listing(
    sa.select(*COLUMNS, *_FIGURES.c, REFERENCE_NUMBER)
    .join(Agency, Agency.id == Petition.agency_id)
    .join(_FIGURES, sa.true())
    .where(Petition.item_id == sa.bindparam("item_id"), Petition.is_public),
    [Petition.submitted_on, Petition.id],
    PetitionLine,
    descending=True,
)
_OF_COMMUNE = Listing(
    sa.select(*COLUMNS)
    .join(Agency, Agency.id == Petition.agency_id)
    .where(Petition.commune_id == sa.bindparam("commune_id"), Petition.is_public),
    [Petition.submitted_on, Petition.id],
    PetitionLine,
    size=10,
    descending=True,
)


def public_petitions_of_item(item_id: int, *, after: str = "") -> Page[PetitionLine]:
    """Public files about a plan item, newest first, twenty a page. What is asked of plans and bodies
    after it need not ask for their version any more."""
    found = _OF_ITEM.page(after=after, item_id=item_id)
    if found.rows:
        learn(found.rows[0].known)
    return found


def public_petitions_of_commune(commune_id: int, *, after: str = "") -> Page[PetitionLine]:
    """Public files about a commune, whoever answers them, newest first, ten a page."""
    return _OF_COMMUNE.page(after=after, commune_id=commune_id)
