"""What a page asks of several features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.agencies.models import Agency, AgencyGroup
from feedback.agencies.queries import communes_on, levels_of
from feedback.audit.models import Event
from feedback.core.db import db
from feedback.notifications.models import OutboxMessage
from feedback.pagecache.memory import remembered
from feedback.petitions.models import Petition, TermRule
from feedback.plans.models import Assignment, Plan, PlanItem

HELPING = {"coordinating"}  # what a commune only helps with stands after what it does itself


def number_of_tasks() -> int:
    """How many tasks all published plans hold."""
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(PlanItem)
            .join(Plan)
            .where(PlanItem.is_task, PlanItem.gone_in.is_(None), Plan.published_at.is_not(None))
        )
        or 0
    )


def late_public(today: date, limit: int = 5) -> Sequence[Petition]:
    """Public files past their day, the latest first."""
    return db.session.scalars(
        sa.select(Petition)
        .where(
            Petition.is_open,
            Petition.due_on < today,
            Petition.is_public,
            Petition.state != "needs_info",
        )
        .options(joinedload(Petition.agency))
        .order_by(Petition.due_on, Petition.id)
        .limit(limit)
    ).all()


@dataclass(frozen=True)
class TouchingItem:
    """A plan item that names a commune's body (``named``) or all communes, and as what."""

    id: int
    number: str
    heading: str
    plan_number: str
    roles: tuple[str, ...]
    named: bool


def items_of_commune(commune_id: int, day: date) -> tuple[TouchingItem, ...]:
    """Tasks of published plans that are also this commune's; kept until reference data changes."""
    key = "items of commune", commune_id, day
    return remembered(key, lambda: _items_of_commune(commune_id, day))


def _items_of_commune(commune_id: int, day: date) -> tuple[TouchingItem, ...]:
    """Lines whose body of today is the commune's, or a phrase that means all communes on that day."""
    groups = db.session.scalars(sa.select(AgencyGroup)).all()
    meaning = [group.id for group in groups if "commune" in levels_of(group, day)]
    decided, line = Assignment.decided_agency_id, Assignment
    of_body = sa.func.coalesce(decided, line.agency_id) == commune_id
    rows = db.session.execute(
        sa.select(PlanItem, Plan.number, line.role, of_body)
        .join(PlanItem.plan)
        .join(line, line.item_id == sa.func.coalesce(PlanItem.shared_from_id, PlanItem.id))
        .where(PlanItem.is_task, PlanItem.gone_in.is_(None), Plan.published_at.is_not(None))
        .where(sa.or_(of_body, line.group_id.in_(meaning)))
        .order_by(Plan.issued_on.desc(), Plan.id.desc(), PlanItem.position, line.position)
    ).all()
    found: dict[PlanItem, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    items = [
        TouchingItem(
            item.id,
            item.number,
            item.heading,
            lines[0][1],
            tuple(dict.fromkeys(row[2] for row in lines)),
            any(row[3] for row in lines),
        )
        for item, lines in found.items()
    ]
    return tuple(sorted(items, key=lambda item: (not item.named, set(item.roles) == HELPING)))


def short_names() -> Mapping[str, str]:
    """Code → short name of every body, of today and former; kept until reference data changes."""
    return remembered("short names", _short_names)


def _short_names() -> dict[str, str]:
    rows = db.session.execute(sa.select(Agency.code, Agency.place_name, Agency.short_name))
    return {code: place or short for code, place, short in rows}


def plan_numbers() -> Mapping[str, str]:
    """Key → number of every published plan; kept until reference data changes."""
    return remembered("plan numbers", _plan_numbers)


def _plan_numbers() -> dict[str, str]:
    rows = db.session.execute(sa.select(Plan.id, Plan.number).where(Plan.published_at.is_not(None)))
    return {str(key): number for key, number in rows}


def database_answers() -> bool:
    """One trivial question to the database."""
    return db.session.scalar(sa.select(1)) == 1


def terms() -> Sequence[TermRule]:
    return db.session.scalars(sa.select(TermRule).order_by(TermRule.id)).all()


def outbox_counts() -> dict[str, int]:
    """Messages by state."""
    rows = db.session.execute(
        sa.select(OutboxMessage.state, sa.func.count()).group_by(OutboxMessage.state)
    )
    return {state: number for state, number in rows}


def number_of_events() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Event)) or 0


OF_MAP = 5000  # keys that one part of the sitemap walks over: some 20 ms


def parts_of_map() -> int:
    """How many parts the sitemap of petitions has."""
    newest = db.session.scalar(sa.select(sa.func.max(Petition.id))) or 0
    return -(-newest // OF_MAP)


def answers_of_map(part: int) -> list[tuple[str, date | None]]:
    """Addresses of the public answered petitions of a part (from 1 on), with the day of the last change.
    By their keys, so a part costs the same however many there are."""
    changed = sa.func.coalesce(Petition.closed_on, Petition.answered_on)
    rows = db.session.execute(
        sa.select(Petition.public_id, changed)
        .where(Petition.id > (part - 1) * OF_MAP, Petition.id <= part * OF_MAP)
        .where(Petition.is_public, Petition.state.in_(("answered", "closed")))
        .where(Petition.answered_on.is_not(None))
        .order_by(Petition.id)
    )
    return [(f"/petitions/{public_id}", day) for public_id, day in rows]


def places_of_map(day: date) -> list[str]:
    """Published plans, their items and the communes of the day."""
    rows = db.session.execute(
        sa.select(PlanItem.plan_id, PlanItem.id)
        .join(Plan)
        .where(PlanItem.is_task, Plan.published_at.is_not(None))
        .order_by(PlanItem.plan_id, PlanItem.position)
    ).all()
    plans = dict.fromkeys(f"/plans/{plan}" for plan, _item in rows)
    communes = [f"/communes/{code}" for code, _name in communes_on(day)]
    return [*plans, *(f"/items/{item}" for _plan, item in rows), *communes]
