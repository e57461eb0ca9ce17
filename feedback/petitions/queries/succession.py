"""Files and parts that lie with a body: what a reorganisation moves, and what lies with nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from feedback.accounts.models import Contact
from feedback.agencies.models import Agency
from feedback.agencies.queries import exists, focal_agency, registry
from feedback.core.db import db
from feedback.petitions.models import Leg, Part, Petition
from feedback.plans.models import PlanItem

AT_ONCE = 300
OWED = sa.and_(Part.given_on.is_(None), Petition.is_open, Petition.leg_number == Part.leg_number)
WORDS = (Petition.title, Petition.text, PlanItem.text.label("about"))
# an administrator reads what everybody may read; of another file its number
NAMED = (Petition.is_public, Petition.submitted_on, Petition.id.label("number"))


def count_at(agencies: Collection[int]) -> Mapping[int, int]:
    """How many open files lie with each of these bodies."""
    rows = db.session.execute(
        sa.select(Petition.agency_id, sa.func.count())
        .where(Petition.agency_id.in_(agencies), Petition.is_open)
        .group_by(Petition.agency_id)
    )
    return dict(rows.tuples().all())


def files_at(agencies: Collection[int]) -> Iterator[Any]:
    """Open files of these bodies with what their words are read from, some at a time, by key; a file
    may be moved while this goes on."""
    query = (
        sa.select(
            Petition.id, Petition.public_id, Petition.agency_id, Petition.due_on, *WORDS, *NAMED
        )
        .outerjoin(Petition.item)
        .where(Petition.agency_id.in_(agencies), Petition.is_open)
        .order_by(Petition.id)
        .limit(AT_ONCE)
    )
    yield from _by_key(query, Petition.id)


def parts_at(agencies: Collection[int]) -> Iterator[Any]:
    """Parts that these bodies still owe, likewise."""
    query = (
        sa.select(
            Part.id,
            Part.public_id,
            Part.agency_id,
            Part.due_on,
            Part.question,
            Petition.public_id.label("file"),
            *WORDS,
            *NAMED,
        )
        .join(Part.petition)
        .outerjoin(Petition.item)
        .where(Part.agency_id.in_(agencies), OWED)
        .order_by(Part.id)
        .limit(AT_ONCE)
    )
    yield from _by_key(query, Part.id)


def _by_key(query: Any, key: Any) -> Iterator[Any]:
    last = 0  # keys begin at 1
    while rows := db.session.execute(query.where(key > last)).all():
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id


def words_of(row: Any) -> str:
    """Everything that may show what a file touches."""
    said = (row.title, row.text, getattr(row, "question", ""), row.about)
    return " . ".join(part for part in said if part)


def name_of(row: Any) -> str:
    """What an administrator may read of a file: its number, and its title or question if it is public."""
    number = f"TN{row.submitted_on:%y}-{row.number:06d}"
    said: str = getattr(row, "question", "") or row.title
    return f"{number}: {said}" if row.is_public else number


def moving(ids: Collection[int]) -> list[Any]:
    """Of files that move: the leg under way, and how to tell the sender."""
    return list(
        db.session.execute(
            sa.select(
                Petition.id,
                Petition.public_id,
                Petition.agency_id,
                Petition.leg_number,
                Petition.due_on,
                Petition.term_code,
                Petition.title,
                Petition.submitted_on,
                Petition.notices,
                Petition.locale,
                Leg.due_on.label("leg_due_on"),
                Contact.public_id.label("contact"),
                Contact.email,
            )
            .join(Leg, sa.and_(Leg.petition_id == Petition.id, Leg.number == Petition.leg_number))
            .outerjoin(Petition.contact)
            .where(Petition.id.in_(ids))
            .order_by(Petition.id)
        )
    )


def files_with_nobody(on: date) -> Mapping[int, int]:
    """Open files that lie with bodies that do not exist on the day, by body: none, ever."""
    rows = db.session.execute(
        sa.select(Petition.agency_id, sa.func.count())
        .join(Agency, Agency.id == Petition.agency_id)
        .where(Petition.is_open, sa.not_(exists(on)))
        .group_by(Petition.agency_id)
    )
    return dict(rows.tuples().all())


def parts_with_nobody(on: date) -> Mapping[int, int]:
    """Parts owed by bodies that do not exist on the day, by body: none, ever."""
    rows = db.session.execute(
        sa.select(Part.agency_id, sa.func.count())
        .join(Part.petition)
        .join(Agency, Agency.id == Part.agency_id)
        .where(OWED, sa.not_(exists(on)))
        .group_by(Part.agency_id)
    )
    return dict(rows.tuples().all())


def heir(agency_id: int, words: str, on: date) -> tuple[int, bool]:
    """The body that has a thing of an ended body on the day, and whether it lies in the dispatch queue
    there because a person must say whose it is."""
    outcome = registry({agency_id}).today_of(agency_id, on, words)
    if outcome.main_id is not None:
        return outcome.main_id, False
    return focal_agency().id, True


def holder_on(petition: Petition, on: date) -> tuple[Agency, bool]:
    """Who has this file on the day, should it be opened again: its agency, or the one that followed."""
    if petition.agency.exists_on(on):
        return petition.agency, False
    about = petition.item.text if petition.item else ""
    agency_id, dispatch = heir(petition.agency_id, f"{petition.title} {petition.text} {about}", on)
    return db.session.get_one(Agency, agency_id), dispatch
