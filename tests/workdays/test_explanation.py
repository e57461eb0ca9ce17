""" "Vì sao?": a resident can count along."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import Calendar, Day, Explanation, Term, due_on, explain

CALENDAR = Calendar.of(shipped_rows())
days = st.dates(date(2023, 12, 1), date(2027, 12, 31))
terms = st.builds(Term, st.integers(1, 70), st.sampled_from(["wd", "d"]))


def cells(found: Explanation) -> list[Day]:
    return [cell for week in found.weeks for cell in week]


def test_the_mock_is_counted_cell_by_cell() -> None:
    """23/11/2026 + 10 working days, looked at on 27/11."""
    found = explain(date(2026, 11, 23), Term(10, "wd"), CALENDAR, date(2026, 11, 27))
    assert found.due_on == date(2026, 12, 8)
    rows = [[c.number if c.kind != "off" else c.reason or "nghỉ" for c in w] for w in found.weeks]
    assert rows == [
        [0, "Ngày Văn hóa Việt Nam", 1, 2, 3, "nghỉ", "nghỉ"],
        [4, 5, 6, 7, 8, "nghỉ", "nghỉ"],
        [9, 10, None, None, None, None, None],
    ]
    assert [c.date for c in cells(found) if c.is_today] == [date(2026, 11, 27)]
    assert [c.number for c in cells(found) if c.is_past and c.kind == "counted"] == [1, 2]
    assert [c.date for c in cells(found) if c.is_last] == [date(2026, 12, 8)]
    assert [c.date.day for c in found.skipped] == [24, 28, 29, 5, 6]


def test_a_worked_saturday_has_its_number() -> None:
    found = explain(date(2025, 12, 30), Term(7, "wd"), CALENDAR, date(2025, 12, 30))
    (last,) = [c for c in cells(found) if c.is_last]
    assert (last.date, last.number, last.kind) == (date(2026, 1, 10), 7, "counted")


def test_a_calendar_term_that_ends_on_a_day_off_shows_why_it_goes_on() -> None:
    found = explain(date(2026, 11, 25), Term(45, "d"), CALENDAR, date(2026, 11, 25))
    assert [c.date for c in found.skipped] == [date(2027, 1, 9), date(2027, 1, 10)]
    (last,) = [c for c in cells(found) if c.is_last]
    assert (last.date, last.number) == (date(2027, 1, 11), 45)


@given(days, terms, days)
def test_the_picture_says_what_the_count_says(start: date, term: Term, today: date) -> None:
    found = explain(start, term, CALENDAR, today)
    shown = cells(found)
    assert found.due_on == due_on(start, term, CALENDAR)
    assert all(len(week) == 7 and week[0].date.weekday() == 0 for week in found.weeks)
    assert [c.date.toordinal() for c in shown] == list(
        range(shown[0].date.toordinal(), shown[0].date.toordinal() + len(shown))
    )
    assert [c.number for c in shown if c.kind == "counted"] == list(range(1, term.amount + 1))
    assert [c.date for c in shown if c.kind == "zero"] == [start]
    assert [c.date for c in shown if c.is_last] == [found.due_on]
    assert all(not CALENDAR.is_working(c.date) for c in found.skipped)
    assert all(c.number is None for c in shown if c.kind in {"off", "none"})
