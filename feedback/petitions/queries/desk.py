"""The officer's desk: one query that knows the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.models import Person, RoleGrant
from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.petitions.models import Petition
from feedback.petitions.queries.files import WHOLE
from feedback.petitions.queries.pending import awaits

TABS = ("open", "mine", "overdue", "soon", "unassigned", "approval", "answered")


def _visible(person: Person) -> sa.ColumnElement[bool]:
    """Files of the person's own agency, the sealed ones never."""
    return sa.and_(Petition.agency_id == person.agency_id, Petition.state != "sealed")


def file_for(person: Person, public_id: str) -> Petition | None:
    """One file if this person may read it; None looks like a file that does not exist."""
    query = sa.select(Petition).where(Petition.public_id == public_id, Petition.state != "sealed")
    if not person.may("petitions:read_all"):
        query = query.where(_visible(person))
    return db.session.scalar(query.options(*WHOLE))


def _tab(tab: str, person: Person, today: date, soon: date) -> list[sa.ColumnElement[bool]]:
    own = [] if _sees_dispatch(person) else [Petition.in_dispatch.is_(False)]
    if tab == "answered":
        return [Petition.state.in_(["answered", "closed"]), *own]
    if tab == "approval":  # says itself what of the dispatch queue is this person's to decide
        return [Petition.is_open.is_(True), awaits(person)]
    conditions: list[sa.ColumnElement[bool]] = [Petition.is_open.is_(True), *own]
    if tab == "mine":
        conditions.append(Petition.assignee_id == person.id)
    elif tab == "overdue":
        conditions += [Petition.due_on < today, Petition.state != "needs_info"]
    elif tab == "soon":
        conditions += [Petition.due_on >= today, Petition.due_on <= soon]
    elif tab == "unassigned":
        conditions.append(Petition.assignee_id.is_(None))
    return conditions


def queue(
    person: Person,
    *,
    tab: str,
    today: date,
    soon: date,
    due: date | None = None,
    after: str = "",
    size: int = 20,
) -> Page[Petition]:
    """Files of the person's agency, due first; deep pages by key, not by offset."""
    query = (
        sa.select(Petition)
        .where(_visible(person), *_tab(tab, person, today, soon))
        .options(
            joinedload(Petition.assignee), joinedload(Petition.item), joinedload(Petition.commune)
        )
    )
    if due is not None:
        query = query.where(Petition.due_on == due)
    return page_by_key(query, [Petition.due_on, Petition.id], after=after, size=size)


def _sees_dispatch(person: Person) -> bool:
    return person.may("petitions:dispatch")


def queue_counts(person: Person, *, today: date, soon: date) -> dict[str, int]:
    """How many files each tab holds, in one query over the agency's open files."""

    def count(tab: str) -> sa.ColumnElement[Any]:
        return sa.func.count().filter(sa.and_(*_tab(tab, person, today, soon))).label(tab)

    tabs = [tab for tab in TABS if tab != "answered"]
    conditions = [_visible(person), Petition.is_open.is_(True)]
    row = db.session.execute(sa.select(*map(count, tabs)).where(*conditions)).one()
    return dict(row._mapping)


def due_strip(person: Person, days: Sequence[date]) -> dict[date, int]:
    """How many open files are due on each of the given days."""
    rows = db.session.execute(
        sa.select(Petition.due_on, sa.func.count())
        .where(
            _visible(person),
            Petition.is_open,
            Petition.due_on >= days[0],
            Petition.due_on <= days[-1],
        )
        .group_by(Petition.due_on)
    )
    found = {day: number for day, number in rows}
    return {day: found.get(day, 0) for day in days}


def dispatch_queue(*, after: str = "", size: int = 20) -> Page[Petition]:
    """What has no clear owner yet, due first."""
    query = (
        sa.select(Petition)
        .where(Petition.in_dispatch, Petition.is_open)
        .options(joinedload(Petition.item), joinedload(Petition.commune))
    )
    return page_by_key(query, [Petition.due_on, Petition.id], after=after, size=size)


def agency_of(person: Person) -> Agency:
    """The person's own body. Raises NoResultFound for somebody of none."""
    return db.session.get_one(Agency, person.agency_id)


def officers_of(agency_id: int) -> Sequence[Person]:
    return db.session.scalars(
        sa.select(Person)
        .join(RoleGrant)
        .where(Person.agency_id == agency_id, RoleGrant.role == "officer", Person.enabled)
        .order_by(Person.name)
    ).all()


def transfer_targets(today: date) -> Sequence[Agency]:
    """Bodies that exist today and can have a file: departments first, then communes."""
    return db.session.scalars(
        sa.select(Agency)
        .where(
            Agency.level.in_(["department", "office", "commune"]),
            sa.or_(Agency.valid_from.is_(None), Agency.valid_from <= today),
            sa.or_(Agency.valid_to.is_(None), Agency.valid_to >= today),
        )
        .order_by(sa.case((Agency.level == "commune", 1), else_=0), Agency.folded)
    ).all()
