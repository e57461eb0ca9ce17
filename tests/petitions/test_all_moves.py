"""Any sequence of real verbs, day after day: nobody gains time, and nothing closes without an answer.

Each walk is one petition on a real database (SQLite); the same promises hold on the pure rules in
test_rules.py and for the figures on both engines in tests/monitoring/test_rollup.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from feedback.agencies.queries import by_code
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.petitions import queries
from feedback.petitions.actions import answering, ending, intake, judging, parts, waiting
from feedback.petitions.models import InfoRequest, Outcome, Part, Petition, Sealing
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.states import ANSWERED_STATES, MOVES, OPEN_STATES
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import add_working_days, working_days_between
from tests import make
from tests.people import person

BEGIN = date(2026, 8, 3)
WORDS = "Nói rõ thêm bằng vài lời cho dễ hiểu."
PEOPLE = st.sampled_from(["binh", "lan", "giang", "thu", "cuc", "yen"])
BODIES = st.sampled_from(["so-y-te", "so-xay-dung", "so-tai-chinh", "so-khdt-2024", "xa-tan-bien"])
DAYS = st.integers(min_value=1, max_value=60)
# ends are one rule of many, so that most walks are long
ENDS = ("withdraw", "guide", "merge", "decline", "seal")
# the table's row → the rule below that tries it; split has no verb yet
TRIED = {verb: "end" if verb in ENDS else verb for verb in MOVES}
TRIED |= {"submit": "begin", "close": "days_pass"}


class Walk(RuleBasedStateMachine):
    """One petition, the whole cast, and time that only goes forward."""

    @initialize(item=st.sampled_from(["III.2.2.c", None]))
    def begin(self, item: str | None) -> None:
        self.today = BEGIN
        item_id = make.item(self.plan, item).id if item else None
        self.petition = make.receipt(item_id=item_id, on=BEGIN).petition
        db.session.flush()
        self.first_due_on = self.petition.first_due_on
        self.elapsed = 0
        self.late_unanswered = False
        self.flag: bool | None = None

    def teardown(self) -> None:
        db.session.rollback()

    plan: Any  # set by the test: the published plan, and a public petition to join to
    other: Petition

    def _try(self, verb: Any, *args: Any, **values: Any) -> None:
        """The verb, or its refusal; a refusal changes neither state nor date."""
        petition = self.petition
        before = (petition.state, petition.due_on, petition.leg_number)
        try:
            verb(*args, **values)
        except Refused:
            assert (petition.state, petition.due_on, petition.leg_number) == before
        db.session.flush()

    @rule()
    def work(self) -> None:
        """The next ordinary step by the right people."""
        petition, on = self.petition, self.today
        if petition.agency.code != "so-tai-chinh":
            values = {"to": by_code("so-tai-chinh"), "reason": WORDS, "by": person("yen")}
            self._try(intake.transfer, petition, on=on, **values)
        elif petition.state == "submitted":
            self._try(intake.receive, petition, show=True, on=on, by=person("thu"))
        elif petition.state == "received":
            values = {"officer": person("binh"), "by": person("thu")}
            self._try(intake.assign, petition, on=on, **values)
        elif petition.state == "in_progress":
            self.send_for_approval("binh")
        else:
            self.approve("giang")

    @rule()
    def work_on(self) -> None:
        self.work()
        self.work()

    @rule(days=DAYS)
    def days_pass(self, days: int) -> None:
        for _day in range(days):
            self.today += timedelta(days=1)
            judging.run_clock(on=self.today)
            db.session.flush()

    @rule(by=PEOPLE, show=st.booleans())
    def receive(self, by: str, show: bool) -> None:
        self._try(intake.receive, self.petition, show=show, on=self.today, by=person(by))

    @rule(officer=PEOPLE, by=PEOPLE)
    def assign(self, officer: str, by: str) -> None:
        values = {"officer": person(officer), "by": person(by)}
        self._try(intake.assign, self.petition, on=self.today, **values)

    @rule(to=BODIES, by=PEOPLE)
    def transfer(self, to: str, by: str) -> None:
        due, body = self.petition.due_on, by_code(to)
        assert body is not None
        values = {"to": body, "reason": WORDS, "by": person(by)}
        self._try(intake.transfer, self.petition, on=self.today, **values)
        assert self.petition.due_on == due
        assert self.petition.agency.exists_on(self.today)

    @rule(by=PEOPLE)
    def ask_resident(self, by: str) -> None:
        values = {"question": WORDS, "on": self.today, "by": person(by)}
        self._try(waiting.ask_resident, self.petition, **values)

    @rule()
    def supply(self) -> None:
        self._try(waiting.supply, self.petition, reply=WORDS, on=self.today)

    @rule(to=BODIES, days=DAYS, by=PEOPLE)
    def ask_part(self, to: str, days: int, by: str) -> None:
        due_on = self.today + timedelta(days=days)
        values = {"to": by_code(to), "question": WORDS, "due_on": due_on, "by": person(by)}
        self._try(parts.ask_part, self.petition, on=self.today, **values)

    @rule(by=PEOPLE)
    def give_part(self, by: str) -> None:
        part = db.session.query(Part).filter_by(petition_id=self.petition.id, given_on=None).first()
        if part is not None:
            self._try(parts.give_part, part, text=make.ANSWER, on=self.today, by=person(by))

    @rule(by=PEOPLE)
    def save_draft(self, by: str) -> None:
        self._try(answering.save_draft, self.petition, text=WORDS, by=person(by))

    @rule(by=PEOPLE)
    def send_for_approval(self, by: str) -> None:
        values = {"text": make.ANSWER, "on": self.today, "by": person(by)}
        self._try(answering.send_for_approval, self.petition, **values)

    @rule(by=PEOPLE)
    def approve(self, by: str) -> None:
        values = {"version_id": self._version(), "on": self.today, "by": person(by)}
        self._try(answering.approve, self.petition, **values)

    @rule(by=PEOPLE)
    def send_back(self, by: str) -> None:
        values = {"note": WORDS, "on": self.today, "by": person(by)}
        self._try(answering.send_back, self.petition, version_id=self._version(), **values)

    def _version(self) -> int:
        answers = self.petition.answers
        latest = answers[-1].latest if answers else None
        return latest.id if latest else 0

    @rule(days=DAYS, by=PEOPLE, second=PEOPLE, agreed=st.booleans())
    def extend(self, days: int, by: str, second: str, agreed: bool) -> None:
        to_on = self.petition.due_on + timedelta(days=days)
        values = {"to_on": to_on, "reason": WORDS, "by": person(by)}
        self._try(waiting.ask_extension, self.petition, on=self.today, **values)
        asked = queries.open_extension(self.petition)
        if agreed:
            values = {"on": self.today, "by": person(second)}
            self._try(waiting.approve_extension, self.petition, asked, **values)
        else:
            values = {"note": WORDS, "by": person(second)}
            self._try(waiting.turn_down_extension, self.petition, asked, **values)

    @rule(how=st.sampled_from(ENDS), by=PEOPLE, second=PEOPLE, agreed=st.booleans())
    def end(self, how: str, by: str, second: str, agreed: bool) -> None:
        petition, on = self.petition, self.today
        if how == "withdraw":
            self._try(ending.withdraw, petition, words="", on=on)
        elif how == "guide":
            self._try(ending.guide, petition, words=WORDS, on=on, by=person(by))
        elif how == "merge":
            self._try(ending.merge, petition, into=self.other, on=on, by=person(by))
        elif how == "decline":
            self._decline(by, second, agreed)
        else:
            self._propose_or_confirm_seal(by)

    def _decline(self, by: str, second: str, agreed: bool) -> None:
        values = {"reason_code": "not_clear", "words": WORDS, "by": person(by)}
        self._try(ending.propose_decline, self.petition, **values)
        proposed = queries.open_refusal(self.petition)
        if agreed:
            values = {"on": self.today, "by": person(second)}
            self._try(ending.confirm_decline, self.petition, proposed, **values)
        else:
            values = {"note": WORDS, "by": person(second)}
            self._try(ending.turn_down_decline, self.petition, proposed, **values)

    def _propose_or_confirm_seal(self, by: str) -> None:
        sealing = self._seal()
        if sealing is None:
            self._try(ending.propose_seal, self.petition, by=person(by))
        else:
            values = {"on": self.today, "by": person(by)}
            self._try(ending.confirm_seal, self.petition, sealing, **values)

    @rule(score=st.integers(0, 6))
    def rate(self, score: int) -> None:
        self._try(judging.rate, self.petition, score=score, words="")

    @rule()
    def dispute(self) -> None:
        self._try(judging.dispute, self.petition, reason=WORDS, on=self.today)

    def _seal(self) -> Sealing | None:
        return db.session.query(Sealing).filter_by(petition_id=self.petition.id).one_or_none()

    # --- what always holds ---------------------------------------------------------------------

    def _waits(self) -> list[InfoRequest]:
        return db.session.query(InfoRequest).filter_by(petition_id=self.petition.id).all()

    def _waited(self) -> int:
        """Working days of waiting for the resident so far."""
        ends = [(wait.asked_on, wait.ended_on or self.today) for wait in self._waits()]
        return sum(working_days_between(*end, load_calendar()) for end in ends)

    def _is_late(self) -> bool:
        asked = [wait.asked_on for wait in self._waits() if wait.ended_on is None]
        asked_on = asked[0] if asked else None
        petition = self.petition
        return deadlines.is_overdue(petition.state, petition.due_on, self.today, asked_on=asked_on)

    @invariant()
    def day_zero_and_the_first_date_never_move(self) -> None:
        assert self.petition.submitted_on == BEGIN
        assert self.petition.first_due_on == self.first_due_on

    @invariant()
    def elapsed_time_never_falls(self) -> None:
        now = working_days_between(BEGIN, self.today, load_calendar()) - self._waited()
        assert now >= self.elapsed
        self.elapsed = now

    @invariant()
    def the_date_stays_within_waits_and_the_ceiling(self) -> None:
        petition, calendar = self.petition, load_calendar()
        if petition.leg.reason_kind == "reopened" or petition.answered_on:
            return  # the reopened leg has its own date
        term = queries.term_on(petition.term_code, BEGIN)
        ceiling = deadlines.extension_ceiling(BEGIN, term, calendar)
        latest = add_working_days(ceiling, self._waited(), calendar)
        assert self.first_due_on <= petition.due_on <= latest

    @invariant()
    def what_was_late_stays_late(self) -> None:
        petition = self.petition
        if petition.on_time is not None:
            assert self.flag in {None, petition.on_time}  # frozen once and for all
            self.flag = petition.on_time
        elif self._is_late():
            self.late_unanswered = True  # from here on no answer is in time
        if self.late_unanswered and petition.answered_on:
            assert petition.on_time is False

    @invariant()
    def nothing_closes_without_a_published_answer(self) -> None:
        petition = self.petition
        published = [answer for answer in petition.answers if answer.published]
        for answer in published:
            assert answer.published is not None
            assert answer.published.decided_by_id not in {None, answer.published.author_id}
        if petition.state in ANSWERED_STATES:
            assert published and petition.answered_on is not None
        assert petition.is_open == (petition.state in OPEN_STATES)

    @invariant()
    def an_end_without_an_answer_has_its_reason(self) -> None:
        petition = self.petition
        if petition.state in {"declined", "guided", "merged", "withdrawn"}:
            found = db.session.query(Outcome).filter_by(
                petition_id=petition.id, kind=petition.state
            )
            outcomes = [o for o in found if o.kind != "declined" or o.confirmed_by_id]
            assert outcomes
            assert all(o.confirmed_by_id != o.by_id for o in found if o.confirmed_by_id)
        if petition.state == "sealed":
            sealing = self._seal()
            assert sealing is not None and sealing.confirmed_by_id not in {None, sealing.by_id}


@pytest.fixture
def stage(app: Flask) -> Iterator[None]:
    with app.app_context():
        make.reference_data()
        Walk.plan = make.plan()
        Walk.other = make.petition(state="received", on=BEGIN - timedelta(days=40))
        for name in ("binh", "lan", "giang", "thu", "cuc", "yen", "dung"):
            person(name)
        commit()
        yield
        db.session.rollback()


def test_no_walk_gains_time_or_closes_unanswered(stage: None) -> None:
    run_state_machine_as_test(
        Walk,
        settings=settings(
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def test_every_move_of_the_table_is_tried() -> None:
    untried = {verb for verb, name in TRIED.items() if not hasattr(Walk, name)}
    # reorganisations walk by themselves: tests/agencies/test_any_acts.py
    assert untried == {"split", "succeed"}
