"""The officer's desk: one query that knows the person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from feedback.accounts.models import Person, RoleGrant
from feedback.agencies.models import Agency
from feedback.agencies.queries import commune_ids_on, communes_on
from feedback.core.db import db
from feedback.core.indexes import beside, written
from feedback.core.paging import Page, page_by_key
from feedback.petitions.kinds import KIND_NAMES
from feedback.petitions.models import Petition
from feedback.petitions.queries.files import WHOLE
from feedback.petitions.queries.narrowing import narrowed, numbered
from feedback.petitions.queries.pending import awaits
from feedback.petitions.queries.seeking import (
    IN_A_ROW,
    KEYS,
    Fits,
    due_first,
    fitting,
    look_through,
    open_and_ended,
)
from feedback.petitions.rules.filters import EVERYWHERE, Filter, read_filter

EVERYTHING = Filter()
TABS = ("open", "mine", "overdue", "soon", "unassigned", "approval", "answered")


def _visible(person: Person) -> sa.ColumnElement[bool]:
    """Files of the person's own agency, the sealed ones never."""
    return sa.and_(Petition.agency_id == written(person.agency_id), Petition.state != "sealed")


def file_for(person: Person, public_id: str) -> Petition | None:
    """One file if this person may read it; None looks like a file that does not exist."""
    query = sa.select(Petition).where(Petition.public_id == public_id, Petition.state != "sealed")
    if not sees_all(person):
        query = query.where(_visible(person))
    return db.session.scalar(query.options(*WHOLE))


def on_tab(tab: str, person: Person, *, today: date, soon: date) -> list[sa.ColumnElement[bool]]:
    """Conditions of one tab's files: those of the person's own body. What waits in its dispatch queue
    is for who dispatches; a sealed file is neither open nor answered."""
    own = [Petition.agency_id == written(person.agency_id)]
    if tab == "approval":  # says itself what of the dispatch queue is this person's to decide
        return [*own, Petition.is_open.is_(True), awaits(person)]
    if not _sees_dispatch(person):
        own.append(Petition.in_dispatch.is_(False))
    if tab == "answered":
        return [*own, Petition.is_open.is_(False), Petition.state.in_(["answered", "closed"])]
    conditions: list[sa.ColumnElement[bool]] = [*own, Petition.is_open.is_(True)]
    if tab == "mine":
        conditions.append(Petition.assignee_id == person.id)
    elif tab == "overdue":
        conditions += [Petition.due_on < today, Petition.state != "needs_info"]
    elif tab == "soon":
        conditions += [Petition.due_on >= today, Petition.due_on <= soon]
    elif tab == "unassigned":
        conditions.append(Petition.assignee_id.is_(None))
    return conditions


def asked_by(
    person: Person, args: Mapping[str, str], *, on: date
) -> tuple[Filter, Sequence[Person]]:
    """What an address asks to see of the person's desk; and the officers among whom one may choose."""
    officers = officers_of(person.agency_id)
    codes = {officer.public_id for officer in officers}
    return _asked(args, codes, on, everywhere=sees_all(person)), officers


def asked_of_dispatch(args: Mapping[str, str], *, on: date) -> Filter:
    """What an address asks to see of the dispatch queue, where nobody has a file yet."""
    known = ("number", "words", "kind", "commune")
    return _asked({name: args.get(name, "") for name in known}, (), on)


def _asked(
    args: Mapping[str, str], officers: Collection[str], on: date, everywhere: bool = False
) -> Filter:
    return read_filter(
        args,
        kinds=KIND_NAMES,
        officers=officers,
        communes=dict(communes_on(on)),
        everywhere=everywhere,
    )


def on_desk(
    person: Person, asked: Filter, *, tab: str, today: date, soon: date
) -> list[sa.ColumnElement[bool]]:
    """Conditions of what the person wants to see: a heading's files, or what she narrowed them to."""
    if not asked:
        return on_tab(tab, person, today=today, soon=soon)
    if asked.state == EVERYWHERE:
        return [Petition.state != "sealed"]
    if asked.number and sees_all(person):
        return [Petition.state != "sealed", *numbered(asked.number)]
    own = [_visible(person)]
    if not _sees_dispatch(person):
        narrow = asked.state or asked.kind or asked.officer or asked.commune or asked.rests
        here = beside(Petition.in_dispatch) if narrow else Petition.in_dispatch
        own.append(here.is_(False))
    return [*own, *narrowed(asked, person=person, today=today, soon=soon)]


def queue(
    person: Person,
    *,
    tab: str = "open",
    today: date,
    soon: date,
    asked: Filter = EVERYTHING,
    after: str = "",
    size: int = 20,
) -> Page[Petition]:
    """Files of the person's agency, due first; deep pages by key, not by offset."""
    conditions = on_desk(person, asked, tab=tab, today=today, soon=soon)
    if asked.whole:
        walk, fits = open_and_ended(conditions), _looked_for(asked, today)
        return look_through(walk, fits, after=after, size=size)
    if asked.words:
        return look_through(due_first(conditions), fitting(asked.words), after=after, size=size)
    return page_by_key(_rows(conditions), KEYS, after=after, size=size)


def _looked_for(asked: Filter, today: date) -> Fits:
    """What no index of the walk says: the words; and kind and commune where all bodies are looked at."""
    if asked.state != EVERYWHERE:
        return fitting(asked.words)
    commune_id = commune_ids_on(today).get(asked.commune)
    return fitting(asked.words, kind=asked.kind, commune=asked.commune, commune_id=commune_id)


def _rows(conditions: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Petition]:
    return sa.select(Petition).where(*conditions).options(*IN_A_ROW)


def sees_all(person: Person) -> bool:
    """May she read the files of every body?"""
    return person.may("petitions:read_all")


def _sees_dispatch(person: Person) -> bool:
    return person.may("petitions:dispatch")


def dispatch_queue(
    *, asked: Filter = EVERYTHING, on: date, after: str = "", size: int = 20
) -> Page[Petition]:
    """What has no clear owner yet, due first. It is narrowed by looking through it, for no index but its
    own holds it."""
    conditions: list[sa.ColumnElement[bool]] = [
        Petition.in_dispatch.expression,
        Petition.is_open.expression,
    ]
    if asked.number:
        conditions += numbered(asked.number)
    elif asked:
        fits = _looked_for(replace(asked, state=EVERYWHERE), on)
        return look_through(due_first(conditions), fits, after=after, size=size)
    return page_by_key(_rows(conditions), KEYS, after=after, size=size)


def agency_of(person: Person) -> Agency:
    """The person's own body. Raises NoResultFound for somebody of none."""
    return db.session.get_one(Agency, person.agency_id)


def officers_of(agency_id: int | None) -> Sequence[Person]:
    """Who may have a file of that body; nobody without one."""
    if agency_id is None:
        return []
    return db.session.scalars(
        sa.select(Person)
        .join(RoleGrant)
        .where(Person.agency_id == agency_id, RoleGrant.role == "officer", Person.enabled)
        .order_by(Person.name, Person.id)
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
