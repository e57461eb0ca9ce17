"""Counting days: the vectors of the law's calendar, and what must hold for any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from feedback.workdays.commands import workdays
from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import Calendar, Term, due_on, explain, working_days_between

CALENDAR = Calendar.of(shipped_rows())
VECTORS = [
    ("2026-11-20", "10wd", "2026-12-07"),
    ("2026-11-23", "2wd", "2026-11-26"),
    ("2026-11-23", "5wd", "2026-12-01"),
    ("2026-11-23", "7wd", "2026-12-03"),
    ("2026-11-23", "10wd", "2026-12-08"),
    ("2024-04-25", "5wd", "2024-05-06"),
    ("2025-01-24", "5wd", "2025-02-07"),
    ("2026-08-20", "5wd", "2026-08-26"),
    ("2025-12-30", "7wd", "2026-01-10"),
    ("2026-11-23", "15d", "2026-12-08"),
    ("2026-11-23", "30d", "2026-12-23"),
    ("2026-11-25", "45d", "2027-01-11"),
    ("2026-10-25", "30d", "2026-11-25"),
]
DAYS = st.dates(date(2024, 1, 1), date(2027, 10, 1))


@pytest.mark.parametrize(("start", "term", "expected"), VECTORS)
def test_a_term_ends_where_the_calendar_says(start: str, term: str, expected: str) -> None:
    found = due_on(date.fromisoformat(start), Term.parse(term), CALENDAR)
    assert found.isoformat() == expected


@pytest.mark.parametrize(("start", "term", "expected"), VECTORS)
def test_the_command_prints_the_same_day(start: str, term: str, expected: str) -> None:
    result = CliRunner().invoke(workdays, ["due", "--from", start, "--term", term])
    assert (result.exit_code, result.output.strip()) == (0, expected)


def test_the_command_names_the_days_that_do_not_count() -> None:
    arguments = ["due", "--from", "2026-11-23", "--term", "2wd", "--explain"]
    lines = CliRunner().invoke(workdays, arguments).output.splitlines()
    assert lines == ["2026-11-26", "2026-11-24 Ngày Văn hóa Việt Nam"]


@pytest.mark.parametrize("term", ["", "10", "wd", "-3wd", "1.5d", "10 weeks"])
def test_what_is_no_term_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="not a term"):
        Term.parse(term)


@given(DAYS, st.integers(1, 60))
def test_a_working_term_ends_on_a_working_day_and_holds_its_number(start: date, n: int) -> None:
    end = due_on(start, Term(n, "wd"), CALENDAR)
    assert CALENDAR.is_working(end)
    assert working_days_between(start, end, CALENDAR) == n


@given(DAYS, st.integers(1, 120))
def test_a_calendar_term_never_ends_on_a_day_off(start: date, n: int) -> None:
    end = due_on(start, Term(n, "d"), CALENDAR)
    assert CALENDAR.is_working(end)
    assert end >= start + timedelta(days=n)


@given(DAYS, st.integers(1, 40), st.sampled_from(["wd", "d"]))
def test_a_later_start_never_ends_earlier(start: date, n: int, unit: str) -> None:
    following = start + timedelta(days=1)
    assert due_on(start, Term(n, unit), CALENDAR) <= due_on(following, Term(n, unit), CALENDAR)


@given(DAYS, st.integers(1, 40))
def test_the_explanation_shows_every_day_once(start: date, n: int) -> None:
    found = explain(start, Term(n, "wd"), CALENDAR, start)
    days = [cell for week in found.weeks for cell in week]
    assert all(len(week) == 7 and week[0].date.weekday() == 0 for week in found.weeks)
    assert [c.number for c in days if c.kind == "counted"] == list(range(1, n + 1))
    assert [c.date for c in days if c.is_last] == [found.due_on]
    assert all(not CALENDAR.is_working(c.date) for c in found.skipped)
