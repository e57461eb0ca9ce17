"""Everyday words for an item, who is responsible today, and what the other verbs of plans share."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.errors import Refused
from feedback.plans.models import Assignment, Plan, PlanItem


def describe(item: PlanItem, *, title: str, summary: str, by: Person | None) -> None:
    """Everyday words for an item, written by a person; never a cut-off of the official text."""
    item.title = title
    item.summary = summary
    fields = {
        "item": (item.path, "public"),
        "title": (title, "public"),
        "summary": (summary, "public"),
    }
    record(item.plan, "plan:described", by=by, fields=fields)


def decide_lead(assignment: Assignment, *, agency: Agency, by: Person, on: date) -> None:
    """Where the succession is unclear a person says who is responsible today."""
    if not agency.exists_on(on):
        raise Refused(_l("This body no longer exists. Choose one of today."), field="agency")
    assignment.decided_agency = agency
    assignment.decided_by_id = by.id
    assignment.decided_at = clock.now()
    fields = {"item": (assignment.item.path, "public"), "body": (agency.code, "public")}
    record(assignment.item.plan, "plan:lead_decided", by=by, fields=fields)


def record(
    plan: Plan,
    tag: str,
    *,
    by: Person | None,
    fields: dict[str, tuple[str, str]],
    files: tuple[str, ...] = (),
) -> None:
    """One event about the plan."""
    audit.record(tag, subject=f"plan:{plan.id}", by=by, fields=fields, files=files)
