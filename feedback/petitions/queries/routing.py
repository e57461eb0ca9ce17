"""Whose petition is it today, and by when."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from feedback.agencies.models import Agency
from feedback.agencies.queries import commune_ids_on, focal_agency
from feedback.core.db import db
from feedback.pagecache.memory import remembered
from feedback.petitions.models import Petition, TermRule
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.deadlines import DeadlineRule
from feedback.petitions.rules.routing import Lead, Route, route
from feedback.plans import queries as plans
from feedback.workdays.queries import load_calendar

__all__ = ["extension_ceiling", "focal_agency", "route_for", "suggestions", "term_on"]


def term_on(code: str, day: date) -> DeadlineRule:
    """The row of a term that holds on a day. Raises LookupError when the operator set none."""
    return deadlines.rule_on(remembered(("terms", code), lambda: _terms(code)), code, day)


def _terms(code: str) -> tuple[DeadlineRule, ...]:
    rows = db.session.scalars(sa.select(TermRule).where(TermRule.code == code))
    return tuple(row.as_rule() for row in rows)


def extension_ceiling(petition: Petition) -> date:
    """The latest day that more time may reach for this file."""
    rule = term_on(petition.term_code, petition.submitted_on)
    return deadlines.extension_ceiling(petition.submitted_on, rule, load_calendar())


def route_for(*, item_id: int | None, commune_id: int | None, on: date) -> Route:
    """Ask the pure rules, with what the database knows of the item, the commune and today's bodies."""
    return route(
        remembered(("leads", item_id, on), lambda: _leads(item_id, on)) if item_id else None,
        commune_id=commune_id if commune_id in commune_ids_on(on).values() else None,
        focal_id=remembered("focal agency", lambda: focal_agency().id),
    )


def _leads(item_id: int, on: date) -> list[Lead] | None:
    item = plans.item(item_id)
    return [_lead(found) for found in plans.leads_today(item, on)] if item else None


def _lead(found: plans.Responsible) -> Lead:
    return Lead(
        now_id=found.now.id if found.now else None,
        unclear=found.unclear,
        parts=tuple(body.id for _function, body, _mark in found.parts),
    )


def suggestions(petition: Petition, on: date) -> list[Agency]:
    """Bodies that a dispatcher is offered first: today's leads of the item, the bodies that took
    over parts of them, and the commune's committee."""
    found: list[Agency] = []
    if petition.item is not None:
        for lead in plans.leads_today(petition.item, on):
            found += [lead.now] if lead.now else []
            found += [body for _function, body, _mark in lead.parts if lead.unclear]
    if petition.commune is not None and petition.commune.exists_on(on):
        found.append(petition.commune)
    return list(dict.fromkeys(found))
