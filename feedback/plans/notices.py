"""Who is told of what happens to an item: rows of the outbox, written with the change."""

from __future__ import annotations

from collections.abc import Sequence

from feedback.accounts.models import Person
from feedback.accounts.queries import holders
from feedback.accounts.roles import PERMISSIONS
from feedback.core.db import db
from feedback.notifications.actions import enqueue_all, message, to_staff
from feedback.plans.models import PlanFollower, PlanItem, PlanVersion, ProgressReport
from feedback.plans.queries.following import followers_of, followers_of_any
from feedback.plans.queries.naming import Duty
from feedback.plans.queries.owing import Owing

REPORTERS = tuple(role for role, may in PERMISSIONS.items() if "progress:report" in may)


def tell_followers_reported(report: ProgressReport, duty: Duty) -> None:
    """Everybody who follows the item or its plan: by e-mail, or in the inbox."""
    params = {
        "number": duty.number,
        "heading": duty.heading,
        "plan": duty.plan_number,
        "agency": report.agency.name,
        "status": report.status,
        "percent": report.percent,
        "as_of": report.as_of_on,
        "text": report.text,
        "link": f"/items/{duty.item_id}",
    }
    told, messages = set(), []
    for follower in followers_of(duty.plan_id, duty.item_id):
        if follower.who in told or follower.person_id == report.by_id:
            continue  # of her item and of the whole plan: once
        told.add(follower.who)
        inbox = follower.person_id is not None
        messages.append(
            message(
                "inbox" if inbox else "email",
                to=db.session.get(Person, follower.person_id) if inbox else follower.email,
                template="plans/follower_reported",
                params={**params, "stop": f"/follows/{follower.public_id}"},
                dedupe_key=f"progress:{report.public_id}:{follower.public_id}",
                locale=follower.locale,
            )
        )
    enqueue_all(messages)


def tell_followers_amended(
    version: PlanVersion, *, changed: Sequence[PlanItem], gone: Sequence[PlanItem]
) -> None:
    """Everybody who follows the plan, or an item that a newer version changed or no longer names: once,
    with their items."""
    plan, named = version.plan, {f"item:{item.id}": item for item in (*changed, *gone)}
    told: dict[str, list[PlanItem]] = {}
    first: dict[str, PlanFollower] = {}
    for follower in followers_of_any([f"plan:{plan.id}", *named]):
        items = [named[follower.subject]] if follower.item_id else list(named.values())
        told.setdefault(follower.who, [])
        told[follower.who] += [item for item in items if item not in told[follower.who]]
        first.setdefault(follower.who, follower)
    messages = []
    for who, items in told.items():
        follower, inbox = first[who], first[who].person_id is not None
        params = {
            "plan": plan.number,
            "version": version.number,
            "items": [(i.number, i.heading, i.gone_in is not None) for i in items],
            "link": f"/plans/{plan.id}",
            "stop": f"/follows/{follower.public_id}",
        }
        messages.append(
            message(
                "inbox" if inbox else "email",
                to=db.session.get(Person, follower.person_id) if inbox else follower.email,
                template="plans/follower_amended",
                params=params,
                dedupe_key=f"amended:{plan.id}:{version.id}:{follower.public_id}",
                locale=follower.locale,
            )
        )
    enqueue_all(messages)


def remind_reporters(agency_id: int, tasks: Sequence[Owing]) -> None:
    """Whoever may report for a body, by inbox and e-mail: its tasks of one plan that are due, or late.
    The key names the period, so each hears of it once, whatever happens to the row's address."""
    first = tasks[0]
    due_on, state = first.standing.due_on, first.standing.state
    params = {
        "late": state == "late",
        "plan": first.duty.plan_number,
        "due": due_on,
        "items": [(one.duty.number, one.duty.heading) for one in tasks],
        "link": "/officer/progress",
    }
    end = first.standing.period.last_on.isoformat()
    enqueue_all(
        [
            one
            for person in holders(*REPORTERS, agency_id=agency_id)
            for one in to_staff(
                person,
                "reports",
                template="plans/report_due",
                params=params,
                dedupe_key=f"report:{state}:{first.duty.plan_id}:{end}:{agency_id}:{person.id}:{{channel}}",
            )
        ]
    )
