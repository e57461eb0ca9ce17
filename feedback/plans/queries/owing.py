"""How every task of every published plan stands with its reports: three questions for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from feedback.core.db import db
from feedback.pagecache.memory import remembered
from feedback.plans.models import LEAD, ProgressReport, ReportingRhythm
from feedback.plans.queries.duties import duties
from feedback.plans.queries.naming import Duty
from feedback.plans.rules.reporting import Rhythm, Standing, standing
from feedback.workdays.queries import load_calendar


@dataclass(frozen=True)
class Owing:
    """One task on a day: plain values. ``silent``: nothing was ever reported about it."""

    duty: Duty
    standing: Standing
    silent: bool


@dataclass(frozen=True)
class Behind:
    """One plan's tasks whose report is late (``late``), and of those the ones nobody ever reported about
    (``never``); ``missed``: periods that passed without a report, the present one left out."""

    plan_id: int
    plan_number: str
    tasks: int
    late: int
    never: int
    missed: int


def owing(day: date) -> tuple[Owing, ...]:
    """Every task, in the order of the plans; kept until plans, bodies, reports or the calendar change."""
    return remembered(("owing", day), lambda: tuple(_owing(day)))


def behind(day: date) -> tuple[Behind, ...]:
    """Every plan with a report late or missed, most late ones first."""
    plans: dict[int, list[Owing]] = defaultdict(list)
    for one in owing(day):
        plans[one.duty.plan_id].append(one)
    found = [_behind(tasks) for tasks in plans.values()]
    return tuple(
        sorted((one for one in found if one.late or one.missed), key=lambda one: -one.late)
    )


def _behind(tasks: Sequence[Owing]) -> Behind:
    late = [one for one in tasks if one.standing.state == "late"]
    return Behind(
        plan_id=tasks[0].duty.plan_id,
        plan_number=tasks[0].duty.plan_number,
        tasks=len(tasks),
        late=len(late),
        never=sum(one.silent for one in late),
        missed=sum(one.standing.missed for one in tasks) - len(late),
    )


def _owing(day: date) -> Sequence[Owing]:
    rhythms, calendar = _rhythms(), load_calendar()
    entered: dict[int, list[tuple[date, date]]] = defaultdict(list)
    r = ProgressReport
    for item, entered_on, as_of_on in db.session.execute(
        sa.select(r.item_id, r.entered_on, r.as_of_on).where(r.role == LEAD)
    ):
        entered[item].append((entered_on, as_of_on))
    return [
        Owing(
            duty,
            standing(
                entered[duty.item_id],
                known_on=duty.known_on,
                on=day,
                rhythm=rhythms.get(duty.plan_id) or rhythms.get(None) or Rhythm(),
                calendar=calendar,
            ),
            silent=not entered[duty.item_id],
        )
        for duty in duties(day)
    ]


def _rhythms() -> dict[int | None, Rhythm]:
    """The operator's rows: of a plan, and under None the one for all others."""
    rows = db.session.scalars(sa.select(ReportingRhythm))
    return {row.plan_id: Rhythm(row.months, row.term, row.basis) for row in rows}
