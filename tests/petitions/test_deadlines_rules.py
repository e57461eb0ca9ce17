"""Terms: the shipped rows are those of docs/deadlines.md; no sequence of moves cheats the clock."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from feedback.core.config import ROOT
from feedback.petitions.actions.terms import DATA
from feedback.petitions.kinds import KINDS
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.deadlines import DeadlineRule, Pause
from feedback.petitions.rules.states import (
    BACK,
    ENDED_STATES,
    MOVES,
    OPEN_STATES,
    STAYS,
    MoveForbidden,
    check_move,
    moves_from,
)
from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import Calendar, Term, add_working_days, due_on, working_days_between

CALENDAR = Calendar.of(shipped_rows())
PAGE = (ROOT / "docs" / "deadlines.md").read_text(encoding="utf-8")
UNITS = {"wd": "working days", "d": "calendar days", "m": "months", "h": "hours"}
CHANGE = date(2026, 7, 1)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text not in {"", "–"} else None


with DATA.open(encoding="utf-8", newline="") as source:
    RULES = [
        DeadlineRule(
            **{k: row[k] for k in ("code", "step", "unit", "basis", "mark", "binds")},
            amount=int(row["amount"]),
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
        )
        for row in csv.DictReader(source)
    ]


def table(heading: str) -> list[list[str]]:
    part = PAGE.split(f"{heading}\n")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]


def term(code: str, on: date) -> DeadlineRule:
    return deadlines.rule_on(RULES, code, on)


def test_the_page_repeats_every_row() -> None:
    written = [(r[0], r[2], r[3], r[4], r[5], day(r[6]), day(r[7])) for r in table("## Rows")]
    assert written == [
        (r.code, f"{r.amount} {UNITS[r.unit]}", r.basis, r.mark, r.binds, r.valid_from, r.valid_to)
        for r in RULES
    ]
    assert all(row[1] for row in table("## Rows"))
    assert {row[0] for row in table("## Marks")} == {"found", "unverified", "operator"}


def test_the_pages_vectors_are_true() -> None:
    rows = table("### Vectors")
    assert len(rows) >= 14
    for start, length, end, _why in rows:
        assert due_on(date.fromisoformat(start), Term.parse(length), CALENDAR).isoformat() == end


def test_every_row_says_what_it_rests_on() -> None:
    for row in RULES:
        assert all((row.step, row.basis, row.binds)), row.code
        assert row.amount > 0, row.code
        assert row.unit in UNITS, row.code
        assert row.mark in {"found", "unverified", "operator"}, row.code
        assert row.valid_from is None or row.valid_to is None or row.valid_from <= row.valid_to


def test_one_row_holds_on_any_day() -> None:
    for code in {row.code for row in RULES}:
        for on in (date(2024, 9, 5), CHANGE - timedelta(days=1), CHANGE, date(2027, 12, 31)):
            assert sum(r.code == code and r.holds_on(on) for r in RULES) == 1, (code, on)


def test_every_kind_that_is_taken_has_a_term() -> None:
    for kind in KINDS.values():
        if kind.term_code:
            assert term(kind.term_code, date(2026, 11, 24)), kind.code


def test_the_term_for_accepting_a_complaint_changed_on_the_first_of_july_2026() -> None:
    before, since = term("KN_ACCEPT", date(2026, 6, 30)), term("KN_ACCEPT", CHANGE)
    assert (str(before.term), str(since.term)) == ("10d", "7wd")
    assert deadlines.first_due(date(2026, 6, 30), before, CALENDAR) == date(2026, 7, 10)
    assert deadlines.first_due(CHANGE, since, CALENDAR) == date(2026, 7, 10)


def test_our_own_target_is_not_sold_as_law() -> None:
    rule_ = term("PAKN_ANSWER", date(2026, 11, 24))
    assert (str(rule_.term), rule_.mark, rule_.binds) == (
        "15wd",
        "unverified",
        "mục tiêu của hệ thống",
    )


def test_hours_have_no_due_day() -> None:
    with pytest.raises(ValueError, match="not counted in days"):
        deadlines.first_due(date(2026, 11, 24), term("BREACH", date(2026, 11, 24)), CALENDAR)


def test_a_part_lies_inside_the_leads_date() -> None:
    on, due = date(2026, 11, 23), date(2026, 12, 8)
    assert deadlines.part_fits(date(2026, 12, 7), on=on, lead_due=due)
    for wrong in (on, due, due + timedelta(days=1)):
        assert not deadlines.part_fits(wrong, on=on, lead_due=due)


@pytest.mark.parametrize(
    ("due", "to_on", "allowed"),
    [
        (date(2026, 11, 23), date(2026, 11, 30), True),  # on the due day itself
        (date(2026, 11, 22), date(2026, 11, 30), False),  # late since yesterday
        (date(2026, 11, 23), date(2026, 11, 23), False),
        (date(2026, 11, 23), date(2026, 12, 15), True),  # the ceiling itself
        (date(2026, 11, 23), date(2026, 12, 16), False),
    ],
)
def test_more_time_is_given_in_time_and_within_the_ceiling(
    due: date, to_on: date, allowed: bool
) -> None:
    ceiling = date(2026, 12, 15)
    found = deadlines.may_extend(due, to_on, on=date(2026, 11, 23), ceiling=ceiling)
    assert found is allowed


def test_asking_the_resident_hides_no_lateness() -> None:
    due, today = date(2026, 11, 20), date(2026, 11, 27)

    def late(asked_on: date) -> bool:
        return deadlines.is_overdue("needs_info", due, today, asked_on=asked_on)

    assert not late(due)
    assert late(due + timedelta(days=1))


class Petition(RuleBasedStateMachine):
    """Any sequence of moves of the table, days in between, against the clock's promises."""

    @initialize(start=st.dates(date(2025, 1, 1), date(2026, 11, 30)))
    def submit(self, start: date) -> None:
        self.state, self.back, self.today, self.start = "submitted", "", start, start
        self.rule = term("PAKN_ANSWER", start)
        self.due = self.first = deadlines.first_due(start, self.rule, CALENDAR)
        self.leg_due = self.first
        self.ceiling = deadlines.extension_ceiling(start, self.rule, CALENDAR)
        self.pauses: list[Pause] = []
        self.answers = 0
        self.answered_on: date | None = None
        self.on_time: bool | None = None
        self.disputed = False
        self.was_late = False
        self.elapsed = 0

    @rule(days=st.integers(1, 12))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        asked = self.pauses[-1].start if self.state == "needs_info" else None
        if deadlines.is_overdue(self.state, self.due, self.today, asked_on=asked):
            self.was_late = True

    @rule(data=st.data())
    def anything_that_the_table_allows(self, data: st.DataObject) -> None:
        verbs = [m.verb for m in moves_from(self.state)]
        if verbs:
            self.move(data.draw(st.sampled_from(verbs)))

    @rule(verb=st.sampled_from(sorted(MOVES)))
    def anything_at_all(self, verb: str) -> None:
        before = (self.state, self.due, self.answers)
        if self.state in MOVES[verb].sources:
            return
        with pytest.raises(MoveForbidden):
            self.move(verb)
        assert (self.state, self.due, self.answers) == before

    def move(self, verb: str) -> None:
        move = check_move(verb, self.state)
        if not getattr(self, f"do_{verb}", lambda: True)():
            return
        if move.target not in {BACK, STAYS}:
            self.state = move.target

    def do_ask_resident(self) -> bool:
        left = deadlines.pause_left(self.pauses, CALENDAR, today=self.today)
        if not left:
            return False
        self.back = self.state
        self.bound = deadlines.pause_bound(self.today, left, CALENDAR)
        self.pauses.append(Pause(self.today, None))
        return True

    def do_supply(self) -> bool:
        asked, end = self.pauses[-1].start, min(self.today, self.bound)
        self.pauses[-1] = Pause(asked, end)
        self.due = deadlines.resumed_due(self.due, asked, end, CALENDAR)
        self.state = self.back
        return True

    def do_transfer(self) -> bool:
        self.leg_due = deadlines.leg_due(self.today, self.rule, CALENDAR)
        return True

    def do_extend(self) -> bool:
        to_on = add_working_days(self.due, 4, CALENDAR)
        if not deadlines.may_extend(self.due, to_on, on=self.today, ceiling=self.ceiling):
            return False
        self.due = to_on
        return True

    def do_approve(self) -> bool:
        self.answers += 1
        if self.answered_on is None:
            self.answered_on = self.today
            self.on_time = deadlines.on_time(self.today, self.due)
        return True

    def do_dispute(self) -> bool:
        if self.disputed:
            return False
        self.disputed = True
        self.due = deadlines.leg_due(self.today, self.rule, CALENDAR)
        return True

    def do_close(self) -> bool:
        assert self.answered_on is not None
        return self.today > self.answered_on + timedelta(days=30)

    @precondition(lambda self: hasattr(self, "first"))
    @invariant()
    def nothing_closes_without_an_answer(self) -> None:
        if self.state in {"answered", "closed"}:
            assert self.answers >= 1
        if self.answers == 0:
            assert self.state in OPEN_STATES | ENDED_STATES

    @precondition(lambda self: hasattr(self, "first") and not self.disputed)
    @invariant()
    def the_residents_date_moves_only_for_a_bounded_wait_or_a_bounded_extension(self) -> None:
        latest = add_working_days(self.ceiling, deadlines.PAUSE_LIMIT, CALENDAR)
        assert self.first <= self.due <= latest
        assert self.first == deadlines.first_due(self.start, self.rule, CALENDAR)

    @precondition(lambda self: hasattr(self, "first"))
    @invariant()
    def time_that_has_passed_never_comes_back(self) -> None:
        passed = working_days_between(self.start, self.today, CALENDAR)
        rested = deadlines.PAUSE_LIMIT - deadlines.pause_left(
            self.pauses, CALENDAR, today=self.today
        )
        assert 0 <= rested <= deadlines.PAUSE_LIMIT
        assert passed - rested >= self.elapsed
        self.elapsed = passed - rested

    @precondition(lambda self: hasattr(self, "first") and self.was_late and not self.disputed)
    @invariant()
    def what_was_late_stays_late(self) -> None:
        if self.on_time is not None:
            assert self.on_time is False
        elif self.state in OPEN_STATES:
            assert self.due < self.today


Petition.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestNoSequenceOfMovesCheatsTheClock = Petition.TestCase
