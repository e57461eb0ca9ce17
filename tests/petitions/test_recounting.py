"""A due date counted again from its rows is the stored one, whatever happened to the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from feedback.core import clock, logs
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.petitions import queries
from feedback.petitions.actions import answering, intake, judging, waiting
from feedback.petitions.models import Petition
from feedback.petitions.queries.story import due_explanation
from feedback.petitions.rules.deadlines import DeadlineRule
from feedback.petitions.rules.recounting import Extended, Reopened, Waited, recount
from feedback.plans.models import Plan
from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import Calendar
from tests import make
from tests.counting import count_queries
from tests.people import person

CALENDAR = Calendar.of(shipped_rows())
ITEM = "III.2.2.c"
TERM = DeadlineRule("PAKN_ANSWER", "Trả lời", 15, "wd", "", "unverified", "")
NOON = datetime(2026, 11, 10, 5, tzinfo=UTC)


def nov(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("zero", "due"), [(nov(2), nov(23)), (nov(20), date(2026, 12, 14))], ids=["2/11", "20/11"]
)
def test_the_first_date_skips_the_holiday(zero: date, due: date) -> None:
    found = recount(zero, TERM, [], CALENDAR)
    assert (found.first_due_on, found.due_on, found.movements) == (due, due, ())


def test_days_of_waiting_are_not_counted() -> None:
    found = recount(nov(2), TERM, [Waited(nov(2), nov(5))], CALENDAR)
    assert (found.movements[0].days, found.due_on) == (3, nov(27))  # 24/11 is a holiday


def test_a_file_late_when_asked_stays_late() -> None:
    found = recount(nov(2), TERM, [Waited(nov(25), nov(27))], CALENDAR)
    assert found.due_on == nov(23)


def test_an_extension_never_takes_back_what_a_wait_gave() -> None:
    causes = [Extended(nov(10), nov(26), NOON), Waited(nov(2), nov(9))]
    found = recount(nov(2), TERM, causes, CALENDAR)
    assert [(m.cause.kind, m.before, m.after) for m in found.movements] == [
        ("waited", nov(23), date(2026, 12, 1)),
        ("extended", date(2026, 12, 1), date(2026, 12, 1)),
    ]


def test_a_dispute_is_a_new_day_zero() -> None:
    causes = [Reopened(nov(20), TERM, NOON), Extended(nov(10), nov(30), NOON)]
    found = recount(nov(2), TERM, causes, CALENDAR)
    assert [m.cause.kind for m in found.movements] == ["extended", "reopened"]
    assert (found.due_on, found.movements[1].days) == (date(2026, 12, 14), 15)


# --- real verbs in any order -------------------------------------------------------------------

OFFICER = {"so-tai-chinh": "binh", "so-y-te": "cuc"}
# what may be tried in a state; the day and the rules still refuse some of it
POSSIBLE = {
    "submitted": ["receive", "ask", "transfer"],
    "received": ["assign", "assign", "ask", "transfer"],
    "in_progress": ["answer", "ask", "ask_more", "approve_more", "transfer"],
    "needs_info": ["supply", "run_clock"],
    "answered": ["dispute", "dispute", "run_clock"],
}


class Life:
    """One petition and the verbs that may happen to it; a verb that the rules refuse changes nothing."""

    def __init__(self, petition: Petition) -> None:
        self.petition = petition

    def receive(self, day: date) -> None:
        intake.receive(self.petition, show=True, on=day, by=person("thu"))

    def assign(self, day: date) -> None:
        officer = person(OFFICER.get(self.petition.agency.code, "binh"))
        intake.assign(self.petition, officer=officer, on=day, by=person("thu"))

    def ask(self, day: date) -> None:
        waiting.ask_resident(self.petition, question="Ở đâu?", on=day, by=person("binh"))

    def supply(self, day: date) -> None:
        waiting.supply(self.petition, reply="Ở chợ.", on=day)

    def run_clock(self, day: date) -> None:
        judging.run_clock(on=day)

    def ask_more(self, day: date) -> None:
        to_on = self.petition.due_on + timedelta(days=1 + day.day % 9)
        waiting.ask_extension(
            self.petition, to_on=to_on, reason="Chờ đo.", on=day, by=person("binh")
        )

    def approve_more(self, day: date) -> None:
        db.session.flush()
        asked = queries.open_extension(self.petition)
        if asked is not None:
            waiting.approve_extension(self.petition, asked, on=day, by=person("giang"))

    def transfer(self, day: date) -> None:
        to = make.commune("so-y-te" if day.day % 2 else "so-tai-chinh")
        intake.transfer(self.petition, to=to, reason="Đúng việc.", on=day, by=person("giang"))

    def answer(self, day: date) -> None:
        version = answering.send_for_approval(
            self.petition, text=make.ANSWER, on=day, by=person("binh")
        )
        answering.approve(self.petition, version_id=version.id, on=day, by=person("giang"))

    def dispute(self, day: date) -> None:
        judging.dispute(self.petition, reason="Chưa nói bao giờ làm.", on=day)


@contextmanager
def undone() -> Iterator[None]:
    """What happens within leaves nothing behind."""
    try:
        yield
    finally:
        db.session.rollback()


days = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 21])
walks = st.lists(st.tuples(days, st.integers(0, 59)), min_size=10, max_size=24)


@given(
    walk=walks,
    started=st.dates(date(2026, 1, 1), date(2026, 11, 30)),
    state=st.sampled_from(["submitted", "in_progress", "answered"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_life_of_a_file_counts_up_to_its_stored_date(
    plan: Plan, walk: list[tuple[int, int]], started: date, state: str
) -> None:
    moment = datetime(started.year, started.month, started.day, 1, tzinfo=UTC)
    with undone():
        with clock.travel(moment):
            item_id = make.item(plan, ITEM).id
            life = Life(make.petition(state=state, item_id=item_id))
        for later, choice in walk:
            moment += timedelta(days=later, minutes=7)
            verbs = POSSIBLE.get(life.petition.state, ["run_clock"])
            verb = verbs[choice % len(verbs)]
            with clock.travel(moment):
                try:
                    getattr(life, verb)(clock.today())
                except Refused:
                    continue
                assert_counted(life.petition)


def assert_counted(petition: Petition) -> None:
    db.session.flush()
    due = due_explanation(petition, clock.today())
    last = due.movements[-1].after if due.movements else due.explanation.due_on
    assert (due.explanation.due_on, last) == (petition.first_due_on, petition.due_on)
    assert due.counted
    assert len(due.passed_on) == sum(leg.reason_kind == "transfer" for leg in petition.legs)


def test_every_cause_in_one_file(plan: Plan) -> None:
    """Waited, extended, passed on, answered, disputed, waited again."""
    with at(nov(2)):
        life = Life(make.petition(state="in_progress", item_id=make.item(plan, ITEM).id))
        life.ask(nov(2))
    with at(nov(5)):
        life.supply(nov(5))
        to_on = date(2026, 12, 1)
        waiting.ask_extension(
            life.petition, to_on=to_on, reason="Chờ đo.", on=nov(5), by=person("binh")
        )
        life.approve_more(nov(5))
        life.answer(nov(5))
    with at(nov(20)):
        life.dispute(nov(20))
        life.ask(nov(20))
    with at(nov(23)):
        life.supply(nov(23))
        commit()
        due = due_explanation(life.petition, nov(23))
    assert [(m.cause.kind, m.after, m.days) for m in due.movements] == [
        ("waited", nov(27), 3),
        ("extended", date(2026, 12, 1), 2),
        ("reopened", date(2026, 12, 14), 15),
        ("waited", date(2026, 12, 15), 1),
    ]
    assert due.counted
    assert due.reopened is not None
    assert (due.reopened.start, due.reopened.due_on) == (nov(20), date(2026, 12, 14))
    assert life.petition.first_due_on == nov(23)


def at(day: date) -> Any:
    return clock.travel(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def test_a_date_that_does_not_count_up_is_logged_and_not_explained(plan: Plan, site: Flask) -> None:
    petition = make.petition(state="received", item_id=make.item(plan, ITEM).id)
    petition.due_on += timedelta(days=1)  # somebody changed the row behind the program's back
    commit()
    logs.init("WARNING")
    with capture_logs() as lines:
        page = site.test_client().get(f"/petitions/{petition.public_id}").text
    assert [line["event"] for line in lines] == ["due_date_differs"]
    assert lines[0]["stored"] == petition.due_on.isoformat()
    assert petition.due_on.strftime("%d/%m/%Y") in page
    assert 'class="days"' not in page
    assert "như đã báo" in page


def test_the_reason_of_a_date_is_read_in_two_questions(plan: Plan) -> None:
    petition = make.petition(state="in_progress", item_id=make.item(plan, ITEM).id)
    commit()
    due_explanation(petition, clock.today())  # the calendar is kept for the length of a request
    with count_queries() as asked:
        due_explanation(petition, clock.today())
    assert len(asked) == 2, asked
