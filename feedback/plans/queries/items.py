"""Plans and items for pages, and who is responsible for an item today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from feedback.agencies.models import Agency, AgencyGroup
from feedback.agencies.queries import Registry, bodies_by_level, levels_of, registry
from feedback.core.db import db
from feedback.pagecache.memory import remembered
from feedback.plans.models import Assignment, Plan, PlanItem
from feedback.plans.queries.naming import Duty, duty_for
from feedback.plans.queries.texts import Changed, versions_of

WITH_BODIES = selectinload(PlanItem.assignments).options(
    joinedload(Assignment.agency),
    joinedload(Assignment.group),
    joinedload(Assignment.decided_agency),
)


@dataclass(frozen=True)
class Responsible:
    """One named body, at the time of issue and today.

    ``now`` is None where no single body follows; ``unclear`` where a person must decide; ``parts``
    lists what went elsewhere as (function, body, mark). ``members`` counts a group's bodies.
    """

    assignment: Assignment
    then: str
    now: Agency | None
    unclear: bool = False
    parts: tuple[tuple[str, Agency, str], ...] = ()
    group_level: str = ""
    members: int = 0
    members_then: int = 0
    level_then: str = ""

    @property
    def is_group(self) -> bool:
        return self.assignment.group_id is not None

    @property
    def changed(self) -> bool:
        return self.now is not None and self.now.name != self.then


def published_plans() -> Sequence[Plan]:
    return db.session.scalars(
        sa.select(Plan)
        .where(Plan.published_at.is_not(None))
        .options(joinedload(Plan.focal_agency))
        .order_by(Plan.issued_on.desc(), Plan.id.desc())
    ).all()


def plan(plan_id: int) -> Plan | None:
    """One published plan with its tree and the bodies named in it."""
    return db.session.scalar(
        sa.select(Plan)
        .where(Plan.id == plan_id, Plan.published_at.is_not(None))
        .options(joinedload(Plan.focal_agency), selectinload(Plan.items).options(WITH_BODIES))
    )


def item(item_id: int) -> PlanItem | None:
    """A task of a published plan with its bodies, its neighbours' lines and its parents."""
    return db.session.scalar(
        sa.select(PlanItem)
        .join(PlanItem.plan)
        .where(PlanItem.id == item_id, Plan.published_at.is_not(None))
        .options(
            joinedload(PlanItem.plan).joinedload(Plan.focal_agency),
            joinedload(PlanItem.parent).joinedload(PlanItem.parent),
            joinedload(PlanItem.shared_from).options(WITH_BODIES),
            WITH_BODIES,
        )
    )


@dataclass(frozen=True)
class LineNow:
    """One named body or group in plain words: when the plan was issued, and today.

    ``now`` is empty where no single body follows; ``parts`` are (function, body, mark).
    """

    then: str
    now: str
    is_group: bool
    group_level: str
    members: int
    members_then: int
    level_then: str
    unclear: bool
    parts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ItemNow:
    """A task of a published plan as its page shows it on a day: plain values."""

    id: int
    number: str
    title: str  # everyday words; empty where nobody wrote them
    heading: str
    text: str
    summary: str
    shared_number: str  # of the neighbour whose agencies it shares; empty
    plan_id: int
    plan_number: str
    issued_on: date
    issuer: str
    gone_in: int | None  # the version that no longer names it
    deadline_text: str
    deadline_on: date | None
    changes: tuple[
        Changed, ...
    ]  # of versions that say something else than the one before, newest first
    responsible: dict[str, list[LineNow]]
    duty: Duty

    @property
    def called(self) -> str:
        return self.duty.called


def item_now(item_id: int, day: date) -> ItemNow | None:
    """The task with who was and who is responsible; kept in memory until reference data changes."""
    return remembered(("item", item_id, day), lambda: _item_now(item_id, day))


def _item_now(item_id: int, day: date) -> ItemNow | None:
    found = item(item_id)
    if found is None or not found.is_task:
        return None
    named = responsible(found, day)
    return ItemNow(
        id=found.id,
        number=found.number,
        title=found.title,
        heading=found.heading,
        text=found.text,
        summary=found.summary,
        shared_number=found.shared_from.number if found.shared_from else "",
        plan_id=found.plan_id,
        plan_number=found.plan.number,
        issued_on=found.plan.issued_on,
        issuer=found.plan.issuer,
        gone_in=found.gone_in,
        deadline_text=found.deadline_text,
        deadline_on=found.deadline_on,
        changes=tuple(one for one in versions_of(item_id) if one.is_any),
        responsible={role: list(map(_line_now, lines)) for role, lines in named.items()},
        duty=_duty(found, named, day),
    )


def _duty(item: PlanItem, named: dict[str, list[Responsible]], day: date) -> Duty:
    every = [line for lines in named.values() for line in lines]
    return duty_for(
        item,
        leads=[line.now for line in named["lead"] if line.now],
        helpers=[line.now for line in every if line.now],
        groups=[line.assignment.group for line in every if line.assignment.group],
        day=day,
    )


def _line_now(line: Responsible) -> LineNow:
    return LineNow(
        then=line.then,
        now=line.now.name if line.now else "",
        is_group=line.is_group,
        group_level=line.group_level,
        members=line.members,
        members_then=line.members_then,
        level_then=line.level_then,
        unclear=line.unclear,
        parts=tuple((function, body.name, mark) for function, body, mark in line.parts),
    )


def tasks() -> Sequence[PlanItem]:
    """Every task in force of every published plan, in order: what a petition can be about."""
    return db.session.scalars(
        sa.select(PlanItem)
        .join(PlanItem.plan)
        .where(PlanItem.is_task, PlanItem.gone_in.is_(None), Plan.published_at.is_not(None))
        .options(joinedload(PlanItem.plan))
        .order_by(Plan.issued_on.desc(), PlanItem.plan_id, PlanItem.position)
    ).all()


def assignments_of(item: PlanItem) -> Sequence[Assignment]:
    """The item's own lines, or those of the neighbour whose lines it shares."""
    source = item.shared_from if item.shared_from_id and item.shared_from else item
    return source.assignments


def responsible(item: PlanItem, day: date) -> dict[str, list[Responsible]]:
    """Who was named and who it is today, by role."""
    lines = assignments_of(item)
    known = registry({a.agency_id for a in lines if a.agency_id})
    found: dict[str, list[Responsible]] = {"lead": [], "coordinating": [], "implementing": []}
    sizes = bodies_by_level(item.plan.issued_on, day)
    for line in lines:
        group = line.group
        found[line.role].append(
            _group(line, group, item.plan.issued_on, day, sizes)
            if group
            else _body(line, item, day, known)
        )
    return found


def _group(
    line: Assignment, group: AgencyGroup, then: date, day: date, sizes: list[dict[str, int]]
) -> Responsible:
    levels, before = levels_of(group, day), levels_of(group, then)
    return Responsible(
        line,
        group.name,
        None,
        group_level=levels[0] if levels else "",
        members=sum(sizes[1].get(level, 0) for level in levels),
        members_then=sum(sizes[0].get(level, 0) for level in before),
        level_then=before[0] if before else "",
    )


def _body(line: Assignment, item: PlanItem, day: date, known: Registry) -> Responsible:
    if line.agency is None:
        return Responsible(line, line.wording, line.decided_agency, unclear=True)
    return body_today(line, item.text, day, known)


def body_today(line: Assignment, text: str, day: date, known: Registry) -> Responsible:
    """One named body followed to ``day``; a person's decision goes before the machine's."""
    assert line.agency is not None
    outcome = known.today_of(line.agency.id, day, text)
    parts = tuple(
        (function, known.agencies[successor], mark) for function, successor, mark in outcome.parts
    )
    decided = line.decided_agency
    if decided is not None and decided.exists_on(day):
        return Responsible(line, line.agency.name, decided, parts=parts)
    now = known.agencies.get(outcome.main_id) if outcome.main_id else None
    return Responsible(line, line.agency.name, now, unclear=outcome.unclear, parts=parts)


def leads_today(item: PlanItem, day: date) -> list[Responsible]:
    """The lead bodies of an item as they are on a day; empty where it names groups only."""
    return bodies_today(item, "lead", day)


def bodies_today(item: PlanItem, role: str, day: date) -> list[Responsible]:
    """The single bodies named in a role, as they are on a day; groups are left out."""
    lines = [a for a in assignments_of(item) if a.role == role and a.group_id is None]
    known = registry({a.agency_id for a in lines if a.agency_id})
    return [_body(line, item, day, known) for line in lines]
