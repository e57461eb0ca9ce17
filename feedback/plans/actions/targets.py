"""What an item is to reach: set, put right where it was mistyped, taken back. What it said before stays readable."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import word_count
from feedback.plans import queries
from feedback.plans.actions.measures import record_of_item
from feedback.plans.models import CORRECTED, WITHDRAWN, PlanItem, Target, TargetChange
from feedback.plans.rules.numbers import read_number


def set_target(
    item: PlanItem,
    *,
    name: str,
    number: str = "",
    unit: str = "",
    due_on: date | None = None,
    by: Person | None,
) -> Target:
    """What the item is to reach. Without a number it is an objective in words."""
    made = Target(
        item=item, name=_name(name), number=_number(number), unit=_unit(number, unit), due_on=due_on
    )
    made.set_by_id = by.id if by else None
    db.session.add(made)
    db.session.flush()
    record_of_item(item, "plan:target_set", by, _about(made))
    return made


def correct_target(
    target: Target,
    *,
    name: str,
    number: str,
    unit: str,
    due_on: date | None,
    reason: str,
    seen: int,
    by: Person,
) -> None:
    """It was mistyped, or the plan's owner changed it. Everybody reads what it said before, and why."""
    wanted = (_name(name), _number(number), _unit(number, unit), due_on)
    if wanted == (target.name, target.number, target.unit, target.due_on):
        raise Refused(_l("Nothing is different from what stands there."), code="same")
    _keep(target, CORRECTED, reason=reason, seen=seen, by=by)
    target.name, target.number, target.unit, target.due_on = wanted
    fields = {**_about(target), "reason": (reason, "public")}
    record_of_item(target.item, "plan:target_corrected", by, fields)


def withdraw_target(target: Target, *, reason: str, seen: int, on: date, by: Person) -> None:
    """It holds no more. It stays readable with the reason; what was reported of it stays in its reports."""
    _keep(target, WITHDRAWN, reason=reason, seen=seen, by=by)
    target.withdrawn_on = on
    fields = {**_about(target), "reason": (reason, "public")}
    record_of_item(target.item, "plan:target_withdrawn", by, fields)


def _keep(target: Target, what: str, *, reason: str, seen: int, by: Person) -> None:
    """What it says until now, with who ends that and why."""
    queries.lock_item(target.item_id)
    if target.withdrawn_on is not None or queries.newest_change_id(target.id) != seen:
        raise Conflict(
            _l(
                "A colleague changed this target a moment ago. What you wrote is still here: "
                "look at hers, then save again."
            ),
            code="stale",
        )
    if word_count(reason) < 3:
        raise Refused(
            _l("Give the reason in at least three words; everybody reads it."),
            field="reason",
            code="reason",
        )
    kept = {name: getattr(target, name) for name in ("name", "number", "unit", "due_on")}
    change = TargetChange(
        target_id=target.id, what=what, changed_on=clock.today(), reason=reason, by_id=by.id, **kept
    )
    db.session.add(change)


def _name(name: str) -> str:
    if word_count(name) == 0:
        raise Refused(_l("Say in a few words what is to be reached."), field="name", code="empty")
    return name


def _number(typed: str) -> str:
    value = read_number(typed) if typed.strip() else ""
    if value is None:
        raise Refused(
            _l("Write a number, for example 1.250 or 87,5."), field="number", code="number"
        )
    return value


def _unit(number: str, unit: str) -> str:
    if unit and not number.strip():
        raise Refused(
            _l("Write how many of them, or leave this empty."), field="number", code="no_number"
        )
    return unit


def _about(target: Target) -> dict[str, tuple[str, str]]:
    return {
        "target": (str(target.id), "public"),
        "name": (target.name, "public"),
        "number": (target.number, "public"),
        "unit": (target.unit, "public"),
        "due_on": (target.due_on.isoformat() if target.due_on else "", "public"),
    }
