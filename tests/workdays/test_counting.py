"""Counting days: the vectors that lawyers would check, and what must hold for any day and term."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.core import clock
from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import (
    Calendar,
    CalendarRow,
    Term,
    add_working_days,
    due_on,
    working_days_between,
)

CALENDAR = Calendar.of(shipped_rows())
VECTORS = [
    ("2026-11-20", "10wd", "2026-12-07"),
    ("2026-11-23", "2wd", "2026-11-26"),
    ("2026-11-23", "5wd", "2026-12-01"),
    ("2026-11-23", "7wd", "2026-12-03"),
    ("2026-11-23", "10wd", "2026-12-08"),
    ("2024-04-25", "5wd", "2024-05-06"),  # 29/4 off, Saturday 4/5 worked for it
    ("2025-01-24", "5wd", "2025-02-07"),  # the whole week of Tết
    ("2026-08-20", "5wd", "2026-08-26"),  # Saturday 22/8 worked
    ("2025-12-30", "7wd", "2026-01-10"),  # ends on a Saturday that is worked
    ("2026-11-23", "15d", "2026-12-08"),
    ("2026-11-23", "30d", "2026-12-23"),
    ("2026-11-25", "45d", "2027-01-11"),  # Saturday, so the Monday after
    ("2026-10-25", "30d", "2026-11-25"),  # 24/11 is a holiday, so the day after
    ("2026-08-31", "6m", "2027-03-01"),  # February has no 31st; its 28th is a Sunday
]
days = st.dates(date(2023, 12, 1), date(2027, 12, 31))
amounts = st.integers(0, 120)
terms = st.builds(Term, amounts, st.sampled_from(["wd", "d"]))


@pytest.mark.parametrize(("start", "term", "end"), VECTORS)
def test_a_term_ends_on_the_day_that_the_law_says(start: str, term: str, end: str) -> None:
    assert due_on(date.fromisoformat(start), Term.parse(term), CALENDAR).isoformat() == end


@pytest.mark.parametrize(("start", "term", "end"), [v for v in VECTORS if v[1].endswith("wd")])
def test_a_second_way_of_counting_gives_the_same_day(start: str, term: str, end: str) -> None:
    """Cross-check: list every worked day of the years first, then count along the list."""
    off = {r.day for r in shipped_rows() if r.kind == "off"}
    worked = {r.day for r in shipped_rows() if r.kind == "worked"}
    every = [date(2024, 1, 1) + timedelta(n) for n in range(4 * 365)]
    line = [d for d in every if d in worked or (d.isoweekday() <= 5 and d not in off)]
    after = [d for d in line if d > date.fromisoformat(start)]
    assert after[int(term[:-2]) - 1].isoformat() == end


@given(days, terms)
def test_no_term_ends_on_a_day_off(start: date, term: Term) -> None:
    if term.amount or term.unit == "d":
        assert CALENDAR.is_working(due_on(start, term, CALENDAR))


@given(days, amounts)
def test_the_last_of_n_working_days_is_n_working_days_away(start: date, number: int) -> None:
    end = add_working_days(start, number, CALENDAR)
    assert working_days_between(start, end, CALENDAR) == number


@given(days, days, terms)
def test_who_begins_later_never_ends_earlier(one: date, other: date, term: Term) -> None:
    first, second = sorted([one, other])
    assert due_on(first, term, CALENDAR) <= due_on(second, term, CALENDAR)


@given(days, amounts, st.sampled_from(["wd", "d"]))
def test_a_longer_term_never_ends_earlier(start: date, amount: int, unit: str) -> None:
    shorter, longer = Term(amount, unit), Term(amount + 1, unit)
    assert due_on(start, shorter, CALENDAR) <= due_on(start, longer, CALENDAR)


@given(days, days, days)
def test_days_between_add_up(a: date, b: date, c: date) -> None:
    def between(start: date, end: date) -> int:
        return working_days_between(start, end, CALENDAR)

    assert between(a, b) + between(b, c) == between(a, c)


@given(days, st.integers(1, 60), st.lists(days, max_size=10))
def test_one_more_holiday_never_takes_time_away(
    start: date, number: int, holidays: list[date]
) -> None:
    more = Calendar.of([*CALENDAR.rows.values(), *(CalendarRow(d, "off") for d in holidays)])
    assert add_working_days(start, number, more) >= add_working_days(start, number, CALENDAR)


def test_on_the_due_day_itself_nothing_is_left_and_nothing_is_late() -> None:
    due = date(2026, 12, 8)
    assert working_days_between(due, due, CALENDAR) == 0
    assert working_days_between(date(2026, 12, 7), due, CALENDAR) == 1
    assert working_days_between(date(2026, 12, 9), due, CALENDAR) == -1
    assert working_days_between(date(2026, 11, 27), due, CALENDAR) == 7  # the mock's sentence


def test_a_worked_saturday_counts_as_a_day_of_lateness_and_a_plain_one_does_not() -> None:
    friday = date(2026, 8, 21)
    assert working_days_between(date(2026, 8, 22), friday, CALENDAR) == -1
    assert working_days_between(date(2026, 8, 23), friday, CALENDAR) == -1
    assert working_days_between(date(2026, 8, 15), date(2026, 8, 14), CALENDAR) == 0


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 17, 0, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_viet_nam(utc: datetime, day: date) -> None:
    with clock.travel(utc):
        assert clock.today() == day


@pytest.mark.parametrize(
    "text", ["", "10", "wd", "-3wd", "10 wd", "10w", "99999d", "１０wd", "72h"]
)
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a term"):
        Term.parse(text)


def test_a_term_is_written_as_it_is_read() -> None:
    assert [str(Term.parse(text)) for text in ("10wd", " 30D ", "6m")] == ["10wd", "30d", "6m"]


def test_hours_are_never_taken_for_days() -> None:
    with pytest.raises(ValueError, match="not counted in days"):
        due_on(date(2026, 11, 23), Term(72, "h"), CALENDAR)
