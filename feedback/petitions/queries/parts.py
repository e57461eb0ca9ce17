"""Parts of coordinating agencies: of one file, of one agency, and who may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.agencies.queries import exists
from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.petitions.models import Part, Petition
from feedback.petitions.queries.desk import transfer_targets
from feedback.plans import queries as plans

NAMED = (joinedload(Part.agency), joinedload(Part.asked_by), joinedload(Part.given_by))
WITH_FILE = (
    *NAMED,
    joinedload(Part.petition).options(
        joinedload(Petition.agency), joinedload(Petition.item), joinedload(Petition.commune)
    ),
)


def parts_of(petition: Petition) -> Sequence[Part]:
    """Every part asked of anybody for this file, in the order of asking."""
    return db.session.scalars(
        sa.select(Part).where(Part.petition_id == petition.id).options(*NAMED).order_by(Part.id)
    ).all()


def wanted_parts(petition: Petition, today: date) -> list[Part]:
    """The parts whose bodies still read the file."""
    return [part for part in parts_of(petition) if part.standing(today) != "moot"]


def shown_parts(petition: Petition) -> Sequence[Part]:
    """The parts that everybody may read."""
    return db.session.scalars(
        sa.select(Part)
        .where(Part.petition_id == petition.id, Part.is_public)
        .options(joinedload(Part.agency))
        .order_by(Part.id)
    ).all()


def owed_part(petition: Petition, agency: Agency) -> Part | None:
    """What this body was asked in the leg under way and has not given."""
    return db.session.scalar(
        sa.select(Part).where(
            Part.petition_id == petition.id,
            Part.leg_number == petition.leg_number,
            Part.agency_id == agency.id,
            Part.given_on.is_(None),
        )
    )


def part_for(person: Person, public_id: str) -> Part | None:
    """One part if this person may read it: people of the body that was asked, of the agency that has
    the file, and whoever reads every file. None looks like a part that does not exist."""
    query = (
        sa.select(Part)
        .join(Part.petition)
        .where(Part.public_id == public_id, Petition.state != "sealed")
    )
    if not person.may("petitions:read_all"):
        query = query.where(
            sa.or_(Part.agency_id == person.agency_id, Petition.agency_id == person.agency_id)
        )
    return db.session.scalar(query.options(*WITH_FILE))


def _owed(today: date) -> sa.ColumnElement[bool]:
    """Not given and still wanted: the file is open, in the leg of the asking, and the body exists."""
    return sa.and_(
        Part.given_on.is_(None),
        Petition.is_open,
        Petition.leg_number == Part.leg_number,
        exists(today),
    )


def _asked_of(person: Person) -> sa.Select[Part]:
    return (
        sa.select(Part)
        .join(Part.petition)
        .join(Part.agency)
        .where(Part.agency_id == person.agency_id, Petition.state != "sealed")
        .options(*WITH_FILE)
    )


def owed_parts(person: Person, *, today: date, after: str = "", size: int = 20) -> Page[Part]:
    """What the person's agency still owes, due first."""
    query = _asked_of(person).where(_owed(today))
    return page_by_key(query, [Part.due_on, Part.id], after=after, size=size)


def done_parts(person: Person, *, today: date, after: str = "", size: int = 20) -> Page[Part]:
    """What it gave, and what is no longer wanted; asked last first."""
    query = _asked_of(person).where(sa.not_(_owed(today)))
    return page_by_key(query, [Part.id], after=after, size=size, descending=True)


def part_bodies(petition: Petition, today: date) -> tuple[list[Agency], list[Agency]]:
    """Whom to ask: today's coordinating bodies of the plan item, then every other body of today."""
    first: list[Agency] = []
    item = plans.item(petition.item_id) if petition.item_id else None
    if item is not None:
        for named in plans.bodies_today(item, "coordinating", today):
            first += [named.now] if named.now else []
            first += [body for _function, body, _mark in named.parts if named.unclear]
    all_today = transfer_targets(today)
    first = [b for b in dict.fromkeys(first) if b in all_today and b.id != petition.agency_id]
    return first, [b for b in all_today if b not in first and b.id != petition.agency_id]
