"""Whoever reports for a body hears in time that it has to, and once that it is late."""

from __future__ import annotations

import sqlalchemy as sa
from flask import current_app

from feedback.agencies.queries import by_code
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications.jobs import JOBS
from feedback.notifications.models import OutboxMessage
from feedback.notifications.rendering import inbox_words
from feedback.plans import actions, queries
from feedback.plans.models import Plan
from tests import make
from tests.people import person
from tests.servers.moment import noon

LED = "III.2.2.c"  # Sở Tài chính today


def run_clock(month: int, day: int) -> None:
    with clock.travel(noon(2026, month, day)):
        JOBS["plans.remind_reporters"].run(on=clock.today())
        commit()


def told(name: str) -> list[tuple[str, bool]]:
    rows = db.session.scalars(
        sa.select(OutboxMessage)
        .where(
            OutboxMessage.template == "plans/report_due",
            sa.or_(
                OutboxMessage.dedupe_key.endswith(f":{person(name).id}:inbox"),
                OutboxMessage.dedupe_key.endswith(f":{person(name).id}:email"),
            ),
        )
        .order_by(OutboxMessage.id)
    )
    return [(row.channel, row.params["late"]) for row in rows]


def test_a_body_s_people_are_told_once_before_the_day_and_once_when_it_has_passed(
    plan: Plan,
) -> None:
    plan.published_at = noon(2026, 1, 5)
    for name in ("binh", "cuc", "dung"):
        person(name)
    commit()
    run_clock(10, 6)  # the third quarter's day is 14/10: six working days
    assert told("binh") == []
    run_clock(10, 7)
    soon = [("inbox", False), ("email", False)]
    assert told("binh") == soon
    run_clock(10, 7)
    run_clock(10, 14)  # the day itself is in time
    assert told("binh") == soon
    run_clock(10, 15)
    run_clock(10, 15)
    run_clock(11, 20)
    assert told("binh") == [*soon, ("inbox", True), ("email", True)]
    assert told("dung") == []  # the Front reports about nothing


def test_what_was_reported_is_in_no_letter_and_the_operator_sets_the_days(plan: Plan) -> None:
    plan.published_at = noon(2026, 1, 5)
    commit()
    person("binh")
    with clock.travel(noon(2026, 10, 5)):
        duty = queries.duty(make.item(plan, LED).id, clock.today())
        agency = by_code("so-tai-chinh")
        assert duty is not None and agency is not None
        said = actions.Told(
            text="Đã gặp 120 doanh nghiệp nhỏ, gỡ xong 41 vướng mắc về vốn.",
            as_of_on=clock.today(),
            status="in_progress",
            percent=40,
        )
        actions.report_progress(
            duty, said, agency=agency, seen=0, on=clock.today(), by=person("binh")
        )
        commit()
    current_app.config["REPORT_REMINDER_DAYS"] = 0
    run_clock(10, 13)
    assert told("binh") == []
    run_clock(10, 15)
    row = db.session.scalars(
        sa.select(OutboxMessage).where(
            OutboxMessage.template == "plans/report_due", OutboxMessage.channel == "email"
        )
    ).first()
    assert row is not None
    assert row.params["items"]
    assert duty.heading not in [heading for _number, heading in row.params["items"]]
    body = inbox_words("plans/report_due", row.params, "vi").text
    assert len(body.split("\n")) == 1 + len(row.params["items"])  # each item on a line of its own
