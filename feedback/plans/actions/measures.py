"""What an item is measured by: milestones, weights; and how often agencies report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import word_count
from feedback.plans import queries
from feedback.plans.models import (
    ItemWeight,
    Milestone,
    Plan,
    PlanItem,
    ReportingRhythm,
)
from feedback.plans.rules.reporting import MONTHS
from feedback.workdays.rules import Term

HEAVIEST = 100


def plan_milestone(item: PlanItem, *, title: str, planned_on: date, by: Person | None) -> Milestone:
    """One concrete piece of the work, and the day by which it is to be there."""
    if word_count(title) == 0:
        raise Refused(_l("Say in a few words what is to be there."), field="title", code="empty")
    made = Milestone(item_id=item.id, title=title, first_on=planned_on, planned_on=planned_on)
    made.set_by_id = by.id if by else None
    db.session.add(made)
    db.session.flush()
    record_of_item(item, "plan:milestone_set", by, _about(made))
    return made


def move_milestone(step: Milestone, *, to_on: date, reason: str, by: Person) -> None:
    """Another day, with the reason that everybody reads. The first day stays and still counts."""
    if step.done_on is not None:
        raise Refused(_l("This milestone is reached already."), code="reached")
    if to_on == step.planned_on:
        raise Refused(_l("That is the day that is planned now."), field="to_on", code="same")
    if word_count(reason) < 3:
        raise Refused(
            _l("Give the reason in at least three words; everybody reads it."),
            field="reason",
            code="reason",
        )
    step.planned_on, step.moved_reason = to_on, reason
    record_of_item(
        step.item, "plan:milestone_moved", by, {**_about(step), "reason": (reason, "public")}
    )


def weigh(
    plan: Plan,
    parent: PlanItem | None,
    *,
    weights: Mapping[int, int],
    seen: str,
    by: Person | None,
) -> None:
    """How much each item below ``parent`` (None: at the top of the plan) counts in its share, from 0 (not at
    all) to 100. ``weights``: by the items' keys, all that count there; ``seen``: see queries.weights_seen."""
    queries.lock_plan(plan.id)
    known = queries.weights_of(plan.id)
    if queries.weights_seen({key: known.get(key, 1) for key in weights}) != seen:
        raise Conflict(
            _l(
                "A colleague weighed these items a moment ago. What you typed is still here: "
                "look at hers, then save again."
            ),
            code="stale",
        )
    if not all(0 <= weight <= HEAVIEST for weight in weights.values()):
        raise Refused(_l("A weight is a whole number from 0 to 100."), code="weight")
    if not any(weights.values()):
        raise Refused(_l("At least one item has to count. Give it 1."), code="nothing")
    paths = {item.id: item.path for item in plan.items}
    for key, weight in weights.items():
        row = db.session.get(ItemWeight, key) or ItemWeight(item_id=key)
        row.weight = weight
        db.session.add(row)
    told = ", ".join(f"{paths[key]} {weight}" for key, weight in weights.items())
    fields = {"item": (parent.path if parent else "", "public"), "weights": (told, "public")}
    audit.record("plan:weighed", subject=f"plan:{plan.id}", by=by, fields=fields)


def set_rhythm(
    plan: Plan | None, *, months: int, term: str, basis: str, by: Person | None
) -> ReportingRhythm:
    """How often agencies report on a plan, or on every plan that has no rule of its own.

    ``term``: how long after a period ends a report is in time ("10wd"). Raises ValueError for months that do
    not divide a year, or a term that is none.
    """
    if months not in MONTHS:
        raise ValueError(f"months: one of {', '.join(map(str, MONTHS))}")
    kept = str(Term.parse(term))
    found = db.session.scalar(
        sa.select(ReportingRhythm).where(
            ReportingRhythm.plan_id == plan.id if plan else ReportingRhythm.plan_id.is_(None)
        )
    )
    row = found or ReportingRhythm(plan_id=plan.id if plan else None)
    row.months, row.term, row.basis = months, kept, basis
    db.session.add(row)
    fields = {
        "months": (str(months), "public"),
        "term": (kept, "public"),
        "basis": (basis, "public"),
    }
    subject = f"plan:{plan.id}" if plan else "plan:all"
    audit.record("plan:rhythm_set", subject=subject, by=by, fields=fields)
    return row


def _about(step: Milestone) -> dict[str, tuple[str, str]]:
    return {
        "milestone": (str(step.id), "public"),
        "title": (step.title, "public"),
        "first_on": (step.first_on.isoformat(), "public"),
        "planned_on": (step.planned_on.isoformat(), "public"),
    }


def record_of_item(
    item: PlanItem, tag: str, by: Person | None, fields: dict[str, tuple[str, str]]
) -> None:
    """One event about an item of a plan."""
    audit.record(
        tag, subject=f"plan:{item.plan_id}", by=by, fields={"item": (item.path, "public"), **fields}
    )
