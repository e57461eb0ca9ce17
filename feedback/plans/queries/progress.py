"""How far each item is, as its agencies reported it; kept in memory until reference data changes, so the
pages of many items ask nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa

from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.pagecache.memory import remembered
from feedback.plans.models import (
    LEAD,
    Evidence,
    ItemWeight,
    Milestone,
    PlanItem,
    ProgressReport,
    ReportingRhythm,
    Target,
    TargetChange,
    TargetValue,
)
from feedback.plans.queries.duties import duties
from feedback.plans.queries.naming import Duty
from feedback.plans.rules.numbers import reached
from feedback.plans.rules.percent import Share, shares
from feedback.plans.rules.reporting import Rhythm, Standing, standing
from feedback.workdays.queries import load_calendar

Condition = sa.ColumnElement[bool]


class Step(NamedTuple):
    """One milestone as everybody reads it."""

    id: int
    title: str
    first_on: date
    planned_on: date
    done_on: date | None
    done_entered_on: date | None
    moved_reason: str

    def is_late(self, day: date) -> bool:
        """Of its first day: moving it makes nothing early."""
        return (self.done_on or day) > self.first_on


class Changed(NamedTuple):
    """What a target said until a day, and why it says so no more."""

    changed_on: date
    name: str
    number: str
    unit: str
    due_on: date | None
    reason: str


class Goal(NamedTuple):
    """A target or an objective, and how much of it was reached as last reported. ``changes``: what it said
    before, the newest last; of one that was taken back the last one says why."""

    id: int
    name: str
    number: str
    unit: str
    due_on: date | None
    withdrawn_on: date | None
    value: str = ""
    changes: tuple[Changed, ...] = ()

    @property
    def percent(self) -> int | None:
        return reached(self.value, self.number)


class Said(NamedTuple):
    """The last report of whoever leads an item."""

    id: int
    public_id: str
    status: str
    percent: int
    text: str
    as_of_on: date
    entered_on: date
    agency: str
    files: int


@dataclass(frozen=True)
class Progress:
    """One item on a day: plain values. ``last`` is None where nothing was ever reported."""

    duty: Duty
    standing: Standing
    last: Said | None = None
    steps: tuple[Step, ...] = ()
    goals: tuple[Goal, ...] = ()
    dropped: tuple[Goal, ...] = ()  # targets that were taken back

    @property
    def steps_done(self) -> int:
        return sum(step.done_on is not None for step in self.steps)


@dataclass(frozen=True)
class Board:
    """A published plan on a day: each task by its key, and the share of every group (None: of all)."""

    tasks: dict[int, Progress]
    shares: dict[int | None, Share]
    counts: dict[str, int] = field(default_factory=dict)  # state of reporting → number of tasks
    weights: dict[int, int] = field(default_factory=dict)  # of items that do not weigh 1


def board(plan_id: int, day: date) -> Board:
    """The whole plan; kept until plans, bodies, reports or the calendar change."""
    return remembered(("progress", plan_id, day), lambda: _board(plan_id, day))


def progress_of(duty: Duty, day: date) -> Progress:
    """One item out of its plan's board."""
    return board(duty.plan_id, day).tasks[duty.item_id]


def done_now(duty: Duty, day: date) -> Progress:
    """One item by itself: a few questions at the most, none while nothing changes."""
    key = "progress of item", duty.item_id, day
    return remembered(key, lambda: _tasks([duty], PlanItem.id == duty.item_id, day)[duty.item_id])


def rhythm_of(plan_id: int) -> Rhythm:
    """The operator's rule for this plan, else for all plans, else ours."""
    rows = db.session.scalars(
        sa.select(ReportingRhythm)
        .where(sa.or_(ReportingRhythm.plan_id == plan_id, ReportingRhythm.plan_id.is_(None)))
        .order_by(ReportingRhythm.plan_id.is_(None))
    ).all()
    return Rhythm(rows[0].months, rows[0].term, rows[0].basis) if rows else Rhythm()


def _board(plan_id: int, day: date) -> Board:
    owed = [duty for duty in duties(day) if duty.plan_id == plan_id]
    tasks = _tasks(owed, PlanItem.plan_id == plan_id, day)
    counts: dict[str, int] = {}
    for one in tasks.values():
        counts[one.standing.state] = counts.get(one.standing.state, 0) + 1
    percents = {key: one.last.percent if one.last else None for key, one in tasks.items()}
    weights = weights_of(plan_id)
    unequal = {key: weight for key, weight in weights.items() if weight != 1}
    return Board(tasks, shares(_children(plan_id), percents, weights), counts, unequal)


def _tasks(owed: Sequence[Duty], which: Condition, day: date) -> dict[int, Progress]:
    """``which``: the condition that these tasks alone fulfil. All of one plan."""
    if not owed:
        return {}
    rhythm, calendar = rhythm_of(owed[0].plan_id), load_calendar()
    reports, steps, goals = _reports(which), _steps(which), _goals(which)
    found = {}
    for duty in owed:
        said = reports.get(duty.item_id, ())
        stands = standing(
            [(one.entered_on, one.as_of_on) for one in said],
            known_on=duty.known_on,
            on=day,
            rhythm=rhythm,
            calendar=calendar,
        )
        key = duty.item_id
        last = said[-1] if said else None
        aims = goals.get(key, ())
        found[key] = Progress(
            duty,
            stands,
            last,
            steps.get(key, ()),
            tuple(one for one in aims if one.withdrawn_on is None),
            tuple(one for one in aims if one.withdrawn_on is not None),
        )
    return found


def _children(plan_id: int) -> Mapping[int | None, Sequence[int]]:
    rows = db.session.execute(
        sa.select(PlanItem.parent_id, PlanItem.id).where(PlanItem.plan_id == plan_id)
    )
    found: dict[int | None, list[int]] = {}
    for parent, item in rows:
        found.setdefault(parent, []).append(item)
    return found


def _reports(which: Condition) -> dict[int, Sequence[Said]]:
    """What leads said, by item. Last is what speaks of the latest day; of one day what was entered last."""
    r = ProgressReport
    files = sa.select(sa.func.count()).where(Evidence.report_id == r.id).scalar_subquery()
    rows = db.session.execute(
        sa.select(r.item_id, r.id, r.public_id, r.status, r.percent, r.text, r.as_of_on)
        .add_columns(r.entered_on, Agency.name, files)
        .join(r.item)
        .join(r.agency)
        .where(which, r.role == LEAD)
        .order_by(r.item_id, r.as_of_on, r.id)
    )
    return {
        item: [Said(*row[1:]) for row in lines] for item, lines in groupby(rows, lambda row: row[0])
    }


def _steps(which: Condition) -> dict[int, tuple[Step, ...]]:
    rows = db.session.execute(
        sa.select(Milestone.item_id, *(getattr(Milestone, name) for name in Step._fields))
        .join(Milestone.item)
        .where(which)
        .order_by(Milestone.item_id, Milestone.first_on, Milestone.id)
    )
    return {
        item: tuple(Step(*row[1:]) for row in lines)
        for item, lines in groupby(rows, lambda row: row[0])
    }


def _goals(which: Condition) -> dict[int, tuple[Goal, ...]]:
    """Each with the value that was reported of it last, and what it said before."""
    newest = (
        sa.select(TargetValue.value)
        .join(TargetValue.report)
        .where(TargetValue.target_id == Target.id)
        .order_by(ProgressReport.as_of_on.desc(), ProgressReport.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    names = [getattr(Target, name) for name in Goal._fields[:-2]]
    before = [getattr(TargetChange, name) for name in Changed._fields]
    rows = db.session.execute(
        sa.select(Target.item_id, *names, sa.func.coalesce(newest, ""), *before)
        .join(Target.item)
        .outerjoin(TargetChange, TargetChange.target_id == Target.id)
        .where(which)
        .order_by(Target.item_id, Target.id, TargetChange.id)
    )
    width = len(Goal._fields)
    found: dict[int, tuple[Goal, ...]] = {}
    for (item, _target), lines in groupby(map(tuple, rows), lambda row: row[:2]):
        every = list(lines)
        changes = tuple(Changed(*row[width:]) for row in every if row[width] is not None)
        goal = Goal._make([*every[0][1:width], changes])
        found[item] = (*found.get(item, ()), goal)
    return found


def weights_of(plan_id: int) -> dict[int, int]:
    """How much each item weighs among its neighbours; what has no row weighs 1."""
    rows = sa.select(ItemWeight.item_id, ItemWeight.weight).join(
        PlanItem, PlanItem.id == ItemWeight.item_id
    )
    return dict(db.session.execute(rows.where(PlanItem.plan_id == plan_id)).tuples().all())
