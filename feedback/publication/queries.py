"""The register for its pages and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.pagecache.memory import remembered
from feedback.plans.queries import duties
from feedback.publication.models import Posting, Publication
from feedback.publication.rules.terms import days_of

WHOLE = (
    joinedload(Publication.agency),
    selectinload(Publication.postings).joinedload(Posting.evidence),
)
AT_ONCE = 500


def of_quarter(quarter: tuple[int, int], *, agency_id: int | None) -> sa.Select[Publication]:
    """What was decided within a quarter, by one body or by all."""
    first, after = days_of(*quarter)
    found = sa.select(Publication).where(
        Publication.decided_on >= first, Publication.decided_on < after
    )
    return found.where(Publication.agency_id == agency_id) if agency_id else found


def register_page(
    quarter: tuple[int, int], *, agency_id: int | None, after: str
) -> Page[Publication]:
    """The newest decision first."""
    keys = (Publication.decided_on, Publication.id)
    found = of_quarter(quarter, agency_id=agency_id).options(*WHOLE)
    return page_by_key(found, keys, after=after, size=20, descending=True)


def whole_quarter(quarter: tuple[int, int], *, agency_id: int | None) -> Iterator[Publication]:
    """Every entry of a quarter in the order of decisions, some hundred at a time: memory stays bounded."""
    last: tuple[date, int] | None = None
    while True:
        found = of_quarter(quarter, agency_id=agency_id).options(*WHOLE)
        if last is not None:
            position = sa.tuple_(sa.literal(last[0], sa.Date), sa.literal(last[1], sa.Integer))
            found = found.where(sa.tuple_(Publication.decided_on, Publication.id) > position)
        rows = db.session.scalars(
            found.order_by(Publication.decided_on, Publication.id).limit(AT_ONCE)
        ).all()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].decided_on, rows[-1].id
        db.session.expunge_all()


def about_item(item_id: int, plan_id: int, *, most: int = 100) -> Sequence[Publication]:
    """What the register has about an item, or about its plan as a whole: newest decision first."""
    return db.session.scalars(_about(item_id, plan_id).options(*WHOLE).limit(most)).all()


class Decision(NamedTuple):
    """An entry in one line."""

    public_id: str
    title: str
    decision: str
    decided_on: date
    agency: str


def decisions_about(item_id: int, plan_id: int, *, most: int) -> Sequence[Decision]:
    """The newest entries about an item in short."""
    p = Publication
    columns = (p.public_id, p.title, p.decision, p.decided_on, Agency.name)
    found = _about(item_id, plan_id).join(p.agency).with_only_columns(*columns).limit(most)
    return [Decision(*row) for row in db.session.execute(found)]


def _about(item_id: int, plan_id: int) -> sa.Select[Publication]:
    whole_plan = sa.and_(Publication.plan_id == plan_id, Publication.item_id.is_(None))
    return (
        sa.select(Publication)
        .where(sa.or_(Publication.item_id == item_id, whole_plan))
        .order_by(Publication.decided_on.desc(), Publication.id.desc())
    )


def number_late(quarter: tuple[int, int], *, agency_id: int | None, on: date) -> tuple[int, int]:
    """How many entries the quarter has, and how many of them are or were late."""
    late = sa.func.coalesce(Publication.first_on, on) > Publication.due_on
    found = of_quarter(quarter, agency_id=agency_id).with_only_columns(
        sa.func.count(), sa.func.count().filter(late)
    )
    number, behind = db.session.execute(found).one()
    return int(number), int(behind)


def own(agency_id: int) -> Sequence[Publication]:
    """What a body has in the register: unpublished and due first, then the newest. At most 200."""
    return db.session.scalars(
        sa.select(Publication)
        .where(Publication.agency_id == agency_id)
        .options(*WHOLE)
        .order_by(
            Publication.first_on.is_not(None), Publication.due_on.desc(), Publication.id.desc()
        )
        .limit(200)
    ).all()


def entry(public_id: str, agency_id: int) -> Publication | None:
    """An entry of one's own body; another body's does not exist for writing."""
    return db.session.scalar(
        sa.select(Publication)
        .where(Publication.public_id == public_id, Publication.agency_id == agency_id)
        .options(*WHOLE, joinedload(Publication.by))
    )


def posting(posting_id: int, publication_id: int) -> Posting | None:
    return db.session.scalar(
        sa.select(Posting).where(Posting.id == posting_id, Posting.publication_id == publication_id)
    )


def evidence(public_id: str) -> Posting | None:
    """What shows that something was published; everybody may see it."""
    return db.session.scalar(
        sa.select(Posting)
        .where(Posting.public_id == public_id, Posting.evidence_id.is_not(None))
        .options(joinedload(Posting.evidence))
    )


def bodies() -> tuple[tuple[str, str, int], ...]:
    """Code, name and key of each body that has an entry."""
    rows = sa.select(Agency.code, Agency.name, Agency.id).where(
        Agency.id.in_(sa.select(Publication.agency_id))
    )
    return tuple(
        (row[0], row[1], row[2]) for row in db.session.execute(rows.order_by(Agency.folded))
    )


def tasks() -> tuple[tuple[int, str], ...]:
    """Plan items that an entry may be about."""
    day = clock.today()
    return remembered(
        ("items to publish", day),
        lambda: tuple((d.item_id, d.called) for d in duties(day)),
    )
