"""Who has to report about which item today, of all published plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from feedback.agencies.models import Agency
from feedback.agencies.queries import Registry, registry
from feedback.core.db import db
from feedback.pagecache.memory import remembered
from feedback.plans.models import Assignment, Plan, PlanItem
from feedback.plans.queries.items import WITH_BODIES, assignments_of, body_today
from feedback.plans.queries.naming import Duty, duty_for


def duties(day: date) -> tuple[Duty, ...]:
    """Every task of every published plan, in the order of the plans; kept until reference data changes."""
    return remembered(("duties", day), lambda: tuple(_duties(day)))


def duty(item_id: int, day: date) -> Duty | None:
    return next((found for found in duties(day) if found.item_id == item_id), None)


def _duties(day: date) -> Sequence[Duty]:
    plans = db.session.scalars(
        sa.select(Plan)
        .where(Plan.published_at.is_not(None))
        .options(
            joinedload(Plan.focal_agency),
            selectinload(Plan.items).options(
                WITH_BODIES, joinedload(PlanItem.shared_from).options(WITH_BODIES)
            ),
        )
        .order_by(Plan.issued_on.desc(), Plan.id.desc())
    ).all()
    known = registry(
        {a.agency_id for p in plans for i in p.items for a in i.assignments if a.agency_id}
    )
    return [_duty(i, day, known) for plan in plans for i in plan.in_force if i.is_task]


def _duty(item: PlanItem, day: date, known: Registry) -> Duty:
    lines = assignments_of(item)
    single = [(line, _today(line, item, day, known)) for line in lines if line.group is None]
    return duty_for(
        item,
        leads=[body for line, body in single if body and line.role == "lead"],
        helpers=[body for line, body in single if body and line.role != "lead"],
        groups=[line.group for line in lines if line.group is not None],
        day=day,
    )


def _today(line: Assignment, item: PlanItem, day: date, known: Registry) -> Agency | None:
    if line.agency is None:
        return line.decided_agency
    return body_today(line, item.text, day, known).now
