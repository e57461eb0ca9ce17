"""Who is told of what happens to an item: rows of the outbox, written with the change."""

from __future__ import annotations

from feedback.accounts.models import Person
from feedback.core.db import db
from feedback.notifications.actions import enqueue_all, message
from feedback.plans.models import ProgressReport
from feedback.plans.queries.following import followers_of
from feedback.plans.queries.naming import Duty


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
