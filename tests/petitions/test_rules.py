"""The pure rules of the case work: moves, terms, routing, admissibility."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from feedback.petitions.rules import deadlines
from feedback.petitions.rules.admissibility import MAX_CHARS, check_text
from feedback.petitions.rules.deadlines import DeadlineRule, Pause
from feedback.petitions.rules.routing import Lead, route
from feedback.petitions.rules.states import (
    BACK,
    MOVES,
    OPEN_STATES,
    STATES,
    STAYS,
    STEP_OF_STATE,
    MoveForbidden,
    check_move,
    moves_from,
    steps_of,
)
from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import Calendar, working_days_between

CALENDAR = Calendar.of(shipped_rows())
ANSWER = DeadlineRule("PAKN_ANSWER", "Trả lời", 15, "wd", "", "unverified", "")
DAYS = st.dates(date(2024, 6, 1), date(2027, 6, 1))


def test_every_state_can_be_reached_and_has_a_step() -> None:
    assert set(STEP_OF_STATE) == set(STATES)
    assert {m.target for m in MOVES.values()} - {BACK, STAYS} == set(STATES) - {"needs_info"} | {
        "needs_info"
    }
    assert all(list(steps_of(s).values()).count("now") == 1 for s in STATES)


@pytest.mark.parametrize("state", STATES)
def test_the_table_alone_decides_what_may_happen(state: str) -> None:
    possible = {move.verb for move in moves_from(state)}
    for verb in MOVES:
        if verb in possible:
            assert check_move(verb, state).verb == verb
        else:
            with pytest.raises(MoveForbidden):
                check_move(verb, state)


def test_closed_is_reached_only_from_an_answer() -> None:
    assert {verb for verb, m in MOVES.items() if m.target == "closed"} == {"close"}
    assert MOVES["close"].sources == {"answered"}
    assert {verb for verb, m in MOVES.items() if m.target == "answered"} == {"approve"}


def test_a_rule_that_changed_holds_on_its_own_days() -> None:
    old = DeadlineRule("KN", "", 10, "d", "", "found", "", None, date(2026, 6, 30))
    new = DeadlineRule("KN", "", 7, "wd", "", "found", "", date(2026, 7, 1), None)
    assert deadlines.rule_on([old, new], "KN", date(2026, 6, 30)) is old
    assert deadlines.rule_on([old, new], "KN", date(2026, 7, 1)) is new
    with pytest.raises(LookupError):
        deadlines.rule_on([old, new], "TC", date(2026, 7, 1))


def test_the_due_day_itself_is_on_time() -> None:
    due = date(2026, 12, 8)
    assert deadlines.on_time(due, due)
    assert not deadlines.on_time(due + timedelta(days=1), due)
    assert not deadlines.is_overdue("in_progress", due, due)
    assert deadlines.is_overdue("in_progress", due, due + timedelta(days=1))


@pytest.mark.parametrize("state", sorted(set(STATES) - OPEN_STATES) + ["needs_info"])
def test_only_a_running_clock_can_be_late(state: str) -> None:
    assert not deadlines.is_overdue(state, date(2026, 1, 1), date(2026, 11, 24))


@given(DAYS, st.integers(0, 30))
def test_a_wait_moves_the_date_by_what_was_waited(day: date, waited: int) -> None:
    asked = day
    due = deadlines.first_due(day, ANSWER, CALENDAR)
    resumed = asked + timedelta(days=waited)
    moved = deadlines.resumed_due(due, asked, resumed, CALENDAR)
    assert working_days_between(due, moved, CALENDAR) == working_days_between(
        asked, resumed, CALENDAR
    )


def test_a_file_that_is_late_stays_late_when_the_resident_is_asked() -> None:
    due = date(2026, 11, 10)
    assert deadlines.resumed_due(due, date(2026, 11, 16), date(2026, 11, 20), CALENDAR) == due


def test_waiting_is_bounded_in_all() -> None:
    pauses = [Pause(date(2026, 11, 2), date(2026, 11, 9)), Pause(date(2026, 11, 16), None)]
    assert deadlines.pause_left(pauses, CALENDAR, today=date(2026, 11, 20)) == 1
    assert deadlines.pause_left(pauses, CALENDAR, today=date(2026, 12, 31)) == 0


class ClockOfAFile(RuleBasedStateMachine):
    """Any sequence of asking, answering and extending: the date never comes nearer, and never later
    than the term, the bounded waits and the ceiling together allow."""

    @initialize(day=DAYS)
    def begin(self, day: date) -> None:
        self.day = self.start = day
        self.due = self.first = deadlines.first_due(day, ANSWER, CALENDAR)
        self.pauses: list[Pause] = []
        self.waiting: date | None = None

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule()
    def ask(self) -> None:
        left = deadlines.pause_left(self.pauses, CALENDAR, today=self.day)
        if self.waiting is None and left > 0:
            self.waiting = self.day
            self.bound = deadlines.pause_bound(self.day, left, CALENDAR)

    @rule()
    def resume(self) -> None:
        if self.waiting is not None:
            end = min(self.day, self.bound)
            self.due = deadlines.resumed_due(self.due, self.waiting, end, CALENDAR)
            self.pauses.append(Pause(self.waiting, end))
            self.waiting = None

    @invariant()
    def the_date_moves_only_within_bounds(self) -> None:
        if not hasattr(self, "first"):
            return
        moved = working_days_between(self.first, self.due, CALENDAR)
        assert 0 <= moved <= deadlines.PAUSE_LIMIT


TestClockOfAFile = ClockOfAFile.TestCase


def test_without_a_plan_item_the_focal_agency_dispatches() -> None:
    found = route(None, commune_id=9, focal_id=1)
    assert (found.agency_id, found.dispatch, found.suggestions) == (1, True, (9,))


def test_an_item_of_groups_only_goes_to_dispatch() -> None:
    assert route([], commune_id=None, focal_id=1).reason_code == "groups_only"


def test_one_lead_of_today_gets_it() -> None:
    found = route([Lead(5)], commune_id=9, focal_id=1)
    assert (found.agency_id, found.dispatch) == (5, False)


def test_a_split_or_several_leads_are_for_a_person() -> None:
    assert route([Lead(None, unclear=True)], commune_id=None, focal_id=1).dispatch
    assert route([Lead(5), Lead(6)], commune_id=None, focal_id=1).reason_code == "several_leads"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("Đèn", "", "empty"),
        ("Đèn", "   \n ", "empty"),
        ("Đèn", "Hỏng", "too_short"),
        ("Đèn", "xin xem https://example.vn/a/b/c/d/e/f/g", "only_links"),
        ("Đèn", "đường hỏng " * 10_000, "too_long"),
        ("", "Đèn đường trước chợ hỏng một tuần nay", "title_missing"),
    ],
)
def test_a_text_that_nobody_can_act_on_is_named(title: str, text: str, code: str) -> None:
    assert [p.code for p in check_text(title, text)] == [code]


def test_a_text_at_the_limit_is_taken() -> None:
    assert check_text("Đèn", ("đèn đường " * 2000)[:MAX_CHARS]) == []
