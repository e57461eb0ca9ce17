"""The sample province: real structures, invented people and petitions, dates counted back from the first day.

Everything is carried by the product's own verbs through time, in one transaction: whole or not at all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.actions import load_registry, set_contacts
from feedback.agencies.models import Agency
from feedback.agencies.rules.contacts import read_contacts
from feedback.audit.models import EventHead
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.demo import acts, comments, document, notices, ownership, progress, publication
from feedback.demo.days import Step, at
from feedback.demo.people import Staff, hire
from feedback.demo.stories import Story, World
from feedback.petitions import queries
from feedback.petitions.actions.judging import run_clock
from feedback.petitions.actions.terms import load_terms
from feedback.petitions.models import Petition
from feedback.plans.models import Plan
from feedback.workdays.actions import load_days

DATA = Path(__file__).parent / "data"
CONTACTS = DATA / "contacts.csv"  # of six communes, so that the others show what is unknown
PLAN = DATA / "plan-sample.txt"
NEWER = DATA / "plan-newer.txt"  # of the same plan; a draft that waits at the desk
OPENED = timedelta(days=21)  # the site opens that long before its first petition
NIGHT_S = 5 * 60  # the clock's jobs run at 00:05
DESK_S = 9 * 3600


class NotEmpty(Exception):
    """There is something in this database already; the sample would mix with it."""


@dataclass(frozen=True)
class Loaded:
    """What there is now."""

    people: int
    petitions: int
    states: Counter[str]
    comments: int
    notices: int


def is_empty() -> bool:
    """Neither a person nor an event: nobody has begun to work here."""
    somebody = db.session.scalar(sa.select(Person.id).limit(1))
    begun = db.session.scalar(sa.select(EventHead.id).limit(1))
    return somebody is None and begun is None


def is_sample() -> bool:
    """Was this database made by a demonstration? Its record says so in its first event, for good."""
    return bool(db.session.scalar(sa.select(EventHead.synthetic)))


def people() -> list[dict[str, Any]]:
    """The rows of the people, the cast first."""
    rows: list[dict[str, Any]] = _data("people")
    return rows


def load_sample(today: date) -> Loaded:
    """Fill an empty database and commit once. Raises NotEmpty for any other."""
    if not is_empty():
        raise NotEmpty
    rows = _data("petitions")
    now = clock.now() if today == clock.today() else at(today, 17 * 3600)
    opened = at(today - timedelta(days=max(row["days_ago"] for row in rows)), DESK_S) - OPENED
    audit.start_log(synthetic=True)
    with clock.travel(opened):
        load_registry()
        set_contacts(read_contacts(CONTACTS.read_text(encoding="utf-8").splitlines()))
        load_days()
        load_terms()
        staff = hire(people())
    with clock.travel(opened + timedelta(days=1)):
        plan = document.read_in(PLAN, _data("summaries"), by=staff.named("yen"))
        db.session.flush()
    world = _world(plan, staff, now)
    steps = [step for row in rows for step in Story(row, world).write()]
    said = _data("comments")
    tasks = {item.path: item for item in plan.items}
    steps += comments.steps(said, tasks, staff=staff, agencies=world.bodies, now=now)
    reported = _data("progress")
    steps += progress.steps(
        reported, plan, staff=staff, bodies=world.bodies, opened=opened, now=now
    )
    to_publish = _data("publications")
    steps += publication.steps(to_publish, tasks, staff=staff, bodies=world.bodies, now=now)
    steps += ownership.steps(world.petitions, staff, now)
    yen = staff.named("yen")
    steps.append(Step(now, partial(document.read_newer, NEWER, plan, by=yen)))
    _run([*_nights(opened, now), *steps])
    told = notices.settle(now)
    with clock.travel(now):
        acts.rehearse(today, by=staff.named("an"))
        commit()
    states = Counter(db.session.scalars(sa.select(Petition.state)))
    return Loaded(len(people()), len(rows), states, len(said), told)


def _data(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def _world(plan: Plan, staff: Staff, now: datetime) -> World:
    items = {item.path: item.id for item in plan.items if item.is_task}
    bodies = {agency.code: agency for agency in db.session.scalars(sa.select(Agency))}
    codes = {agency.id: agency.code for agency in bodies.values()}
    leads = {}
    for path, item_id in items.items():
        route = queries.route_for(item_id=item_id, commune_id=None, on=clock.day_of(now))
        if not route.dispatch:
            leads[path] = codes[route.agency_id]
    return World(staff, items, bodies, leads, now, petitions={})


def _nights(opened: datetime, now: datetime) -> Iterable[Step]:
    """Each night the clock marks what became late, ends waits and closes what is settled."""
    day = clock.day_of(opened)
    while day <= clock.day_of(now):
        yield Step(min(at(day, NIGHT_S), now), _night)
        day += timedelta(days=1)


def _night() -> None:
    run_clock(on=clock.today())


def _run(steps: Sequence[Step]) -> None:
    """In the order of time, so that the record's times rise; of one moment, in the order of the story."""
    for step in sorted(steps, key=lambda step: step.at):
        with clock.travel(step.at):
            step.act()
            db.session.flush()  # a row's time is taken when it is written
