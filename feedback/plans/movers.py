"""What happens to plans when bodies change or a wording is understood: registered in app.py.

A line of a plan keeps the body of its day. Who has it now follows from the acts; only what a person
decides, or decided before, is written down (``Assignment.decided_agency``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.agencies.queries import exists, registry
from feedback.agencies.rules.moving import STAY, UNDECIDED, Act, Flow, Thing, counted
from feedback.core import clock
from feedback.core.db import db
from feedback.plans.models import Assignment, Plan, PlanItem


class _Line(NamedTuple):
    """A line of a plan that lies with a body of the act on its eve."""

    assignment: Assignment
    giver_id: int
    choice: str  # by rule
    words: str


class Lines:
    """Who is responsible for plan items: single bodies. Groups follow from their levels."""

    name = "plans.lines"

    def flows(self, act: Act) -> Sequence[Flow]:
        found = ((line.giver_id, line.choice) for line in _lines(act))
        return counted(act.givers, ((giver, way) for giver, way in found if way != STAY))

    def things(self, act: Act) -> Iterator[Thing]:
        for line in _lines(act):
            if line.choice == UNDECIDED:
                subject, item = _subject(line.assignment), line.assignment.item
                yield Thing(
                    subject=subject,
                    title=f"{item.number} {item.title or item.text}",
                    giver=act.givers[line.giver_id].name,
                    choice=act.decided(self.name, subject),
                    options=act.options(line.giver_id, dispatch=False),
                    note=line.assignment.role,
                    touched=act.touched(line.giver_id, line.words),
                    address=f"/items/{item.id}" if item.plan.is_public else "",
                )

    def apply(self, act: Act, *, on: date, by: Any) -> int:
        moved = 0
        for line in list(_lines(act)):
            choice = line.choice or act.decided(self.name, _subject(line.assignment))
            target = line.giver_id if choice == STAY else act.target(choice)
            moved += target is not None and target != line.giver_id
            person_said = line.choice == UNDECIDED or line.assignment.decided_agency_id is not None
            if target is not None and person_said:
                _decide(line.assignment, target, by)
        db.session.flush()
        return moved

    def strays(self, on: date) -> Mapping[int, int]:
        return _with_nobody(Assignment.decided_agency_id, on)


class Focal:
    """The focal agency of each plan."""

    name = "plans.focal"

    def flows(self, act: Act) -> Sequence[Flow]:
        return counted(act.givers, ((giver, act.by_rule(giver)) for _plan, giver in _focal(act)))

    def things(self, act: Act) -> Iterator[Thing]:
        for plan, giver in _focal(act):
            if act.by_rule(giver) == UNDECIDED:
                subject = f"plan:{plan.id}"
                yield Thing(
                    subject=subject,
                    title=plan.number,
                    giver=act.givers[giver].name,
                    choice=act.decided(self.name, subject),
                    options=act.options(giver, dispatch=False),
                )

    def apply(self, act: Act, *, on: date, by: Any) -> int:
        moved = 0
        for plan, giver in _focal(act):
            choice = act.by_rule(giver) or act.decided(self.name, f"plan:{plan.id}")
            target = act.target(choice)
            if target is not None:
                plan.focal_agency_id = target
                moved += 1
        db.session.flush()
        return moved

    def strays(self, on: date) -> Mapping[int, int]:
        return _with_nobody(Plan.focal_agency_id, on)


def _lines(act: Act) -> Iterator[_Line]:
    """Three queries whatever the number of lines: the lines, what shares them, the registry."""
    eve = act.on - timedelta(days=1)
    rows = db.session.scalars(
        sa.select(Assignment)
        .where(Assignment.group_id.is_(None), Assignment.agency_id.is_not(None))
        .options(joinedload(Assignment.item).joinedload(PlanItem.plan))
        .order_by(Assignment.item_id, Assignment.position)
    ).all()
    shared: dict[int, str] = {}
    borrowing = sa.select(PlanItem.shared_from_id, PlanItem.text)
    for item_id, text in db.session.execute(borrowing.where(PlanItem.shared_from_id.is_not(None))):
        shared[item_id or 0] = f"{shared.get(item_id or 0, '')} . {text}"
    known = registry({a for row in rows for a in (row.agency_id, row.decided_agency_id) if a})
    for row in rows:
        words = f"{row.item.text} {shared.get(row.item_id, '')}"
        decided = known.agencies.get(row.decided_agency_id or 0)
        if decided is not None and decided.exists_on(eve):
            holder: int | None = decided.id
        else:
            holder = known.today_of(row.agency_id or 0, eve, words).main_id
        if holder is not None and holder in act.givers:
            yield _Line(row, holder, act.by_rule(holder, words), words)


def _subject(line: Assignment) -> str:
    return f"assignment:{line.id}"


def _decide(line: Assignment, agency_id: int, by: Any) -> None:
    line.decided_agency_id = agency_id
    line.decided_by_id = by.id if isinstance(by, Person) else None
    line.decided_at = clock.now()


def _focal(act: Act) -> list[tuple[Plan, int]]:
    plans = db.session.scalars(
        sa.select(Plan).where(Plan.focal_agency_id.in_(act.ending)).order_by(Plan.id)
    )
    return [(plan, plan.focal_agency_id) for plan in plans if plan.focal_agency_id is not None]


def _with_nobody(column: Any, on: date) -> Mapping[int, int]:
    rows = db.session.execute(
        sa.select(column, sa.func.count())
        .join(Agency, Agency.id == column)
        .where(sa.not_(exists(on)))
        .group_by(column)
    )
    return dict(rows.tuples().all())
