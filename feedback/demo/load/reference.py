"""What must stand in the database before made-up lives can happen: bodies, calendar, terms, a plan, people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.actions import load_registry
from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.db import db
from feedback.demo import document, sample
from feedback.demo.load.when import Days
from feedback.demo.load.world import Desk, Item, Someone, Weighted, World
from feedback.demo.people import hire
from feedback.petitions import queries
from feedback.petitions.actions.terms import load_terms
from feedback.petitions.models import TermRule
from feedback.plans import queries as plans
from feedback.plans.models import PlanItem
from feedback.workdays.actions import load_days
from feedback.workdays.queries import load_calendar

WORKING = ("department", "office", "commune")
TEAM = {"head": ["head"], "clerk": ["clerk"], "officer1": ["officer"], "officer2": ["officer"]}
TITLES = {"head": "Lãnh đạo", "clerk": "Văn thư", "officer1": "Cán bộ 1", "officer2": "Cán bộ 2"}


class RealPeople(Exception):
    """This database is not a made-up one; made-up files would stand among real ones."""


def check() -> None:
    """Raises RealPeople for any database but an empty one and one whose record says that it is made up."""
    if not (sample.is_empty() or sample.is_sample()):
        raise RealPeople


def prepare(today: date, opened: datetime) -> None:
    """Add what is missing, dated ``opened``; the caller commits."""
    if sample.is_empty():
        audit.start_log(synthetic=True)
    with clock.travel(opened):
        load_registry()
        load_days()
        load_terms()
        db.session.flush()
        if db.session.scalar(sa.select(Person.id).limit(1)) is None:
            hire(sample.people())
        missing = _missing(today)
        if missing:
            hire(missing)
        if not plans.published_plans():
            words = json.loads((sample.DATA / "summaries.json").read_text(encoding="utf-8"))
            document.read_in(sample.PLAN, words, by=_with_role("editor"))
        db.session.flush()


def world(today: date, now_ms: int, chance: Random) -> World:
    """What the database holds, as plain values; ``chance`` decides who is busy and who is punctual."""
    terms = [(row.id, row.as_rule()) for row in db.session.scalars(sa.select(TermRule))]
    staff = _staff()
    desks = {b.id: _desk(b, staff[b.id], chance) for b in _bodies(today)}
    items = [_item(task, desks, today) for task in plans.tasks()]
    chance.shuffle(items)
    communes = [desk for desk in desks.values() if desk.place]
    chance.shuffle(communes)
    return World(
        words=json.loads((sample.DATA / "load.json").read_text(encoding="utf-8")),
        days=Days(load_calendar(), terms),
        today=today,
        now_ms=now_ms,
        items=Weighted.of(items, slope=0.5),
        no_item=_item(None, desks, today),
        bodies=Weighted.of([desk for desk in desks.values() if not desk.place]),
        communes=Weighted.of(communes, slope=0.8),
        dispatcher=_someone(_with_role("dispatcher")),
        counter=_someone(_with_role("desk_clerk")),
    )


def _bodies(today: date) -> Sequence[Agency]:
    """Bodies of today that can have a file."""
    bodies = sa.select(Agency).where(Agency.level.in_(WORKING)).order_by(Agency.id)
    return [body for body in db.session.scalars(bodies) if body.exists_on(today)]


def _people() -> Sequence[Person]:
    enabled = sa.select(Person).where(Person.enabled).order_by(Person.id)
    return db.session.scalars(enabled.options(selectinload(Person.grants))).all()


def _staff() -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for person in _people():
        if person.agency_id is not None:
            found.setdefault(person.agency_id, []).append(person)
    return found


def _with_role(role: str) -> Person:
    return next(person for person in _people() if role in person.roles)


def _of(team: Sequence[Person], role: str) -> list[Person]:
    """Who has the role in a body; an officer who is its head as well does not approve her own words."""
    found = [person for person in team if role in person.roles]
    return [p for p in found if "head" not in p.roles] if role == "officer" else found


def _missing(today: date) -> list[dict[str, Any]]:
    """Rows for ``hire``: whoever a body needs to have a file answered."""
    staff, rows = _staff(), []
    for body in _bodies(today):
        team = staff.get(body.id, [])
        for key, roles in TEAM.items():
            if not _of(team, roles[0]):
                email = f"{key}.{body.code}@demo.example"
                name = f"{TITLES[key]} {body.short_name}"
                row = {"key": email, "name": name, "email": email}
                rows.append(row | {"agency": body.code, "roles": roles})
    return rows


def _desk(body: Agency, team: Sequence[Person], chance: Random) -> Desk:
    return Desk(
        id=body.id,
        code=body.code,
        name=body.name,
        place=body.place_name or "",
        head=_someone(_of(team, "head")[0]),
        clerk=_someone(_of(team, "clerk")[0]),
        officers=[_someone(person) for person in _of(team, "officer")],
        punctual=chance.uniform(0.68, 0.92),
    )


def _someone(person: Person) -> Someone:
    return Someone(person.id, person.public_id, audit.pseudonym(person))


def _item(task: PlanItem | None, desks: dict[int, Desk], today: date) -> Item:
    route = queries.route_for(item_id=task.id if task else None, commune_id=None, on=today)
    return Item(
        task.id if task else None,
        task.path if task else "",
        task.plan_id if task else None,
        task.heading if task else "",
        desks[route.agency_id],
        route.dispatch,
        route.reason_code,
    )
