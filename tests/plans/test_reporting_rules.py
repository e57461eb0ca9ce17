"""When a report is owed and whether it came in time: nothing that its author writes makes it earlier."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.plans.rules.differences import Swap, differences, named_differently
from feedback.plans.rules.numbers import reached, read_number, written
from feedback.plans.rules.percent import Share, shares
from feedback.plans.rules.reporting import (
    MONTHS,
    Period,
    Rhythm,
    counts_for,
    next_period,
    period_of,
    reported_period,
    standing,
)
from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import Calendar

CALENDAR = Calendar.of(shipped_rows())
QUARTERLY = Rhythm()
Q3 = Period(date(2026, 7, 1), date(2026, 9, 30))
KNOWN = date(2026, 1, 5)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def stands(*reports: tuple[date, date], on: date, known_on: date = KNOWN) -> tuple[str, int, int]:
    found = standing(reports, known_on=known_on, on=on, rhythm=QUARTERLY, calendar=CALENDAR)
    return found.state, found.days, found.missed


def test_a_quarter_s_report_is_due_ten_working_days_after_its_end() -> None:
    assert QUARTERLY.due_on(Q3, CALENDAR) == date(2026, 10, 14)
    assert (Q3.number, Q3.months) == (3, 3)


def test_an_item_without_a_report_is_due_then_late_and_what_was_missed_stays() -> None:
    assert stands(on=date(2026, 2, 10)) == ("not_yet", 40, 0)  # Tết between
    assert stands(on=date(2026, 3, 20))[0] == "due"
    assert stands(on=date(2026, 10, 14)) == ("due", 0, 2)
    assert stands(on=date(2026, 10, 15)) == ("late", 1, 3)
    q3 = date(2026, 10, 5)
    assert stands((q3, q3), on=date(2026, 10, 20)) == ("reported", 0, 2)
    late = date(2026, 10, 16)
    assert stands((late, late), on=date(2026, 11, 20)) == ("reported", 2, 2)


def test_a_report_with_an_old_day_counts_for_nothing_but_history() -> None:
    """Entered in October about a day in June: the third quarter is still owed."""
    entered = date(2026, 10, 5)
    assert counts_for(entered, date(2026, 7, 1), QUARTERLY) == Q3
    assert counts_for(entered, date(2026, 6, 30), QUARTERLY) is None
    assert stands((entered, date(2026, 6, 30)), on=date(2026, 10, 20))[0] == "late"


def test_two_reports_in_one_week_do_not_fulfil_the_quarter_to_come() -> None:
    first, second = date(2026, 10, 5), date(2026, 10, 6)
    found = stands((first, first), (second, second), on=date(2027, 1, 25))
    assert found[0] == "late"


@given(DAYS, st.sampled_from(MONTHS))
def test_periods_follow_each_other_without_a_gap(day: date, months: int) -> None:
    rhythm = Rhythm(months=months)
    period = period_of(day, rhythm)
    assert period.first_on <= day <= period.last_on
    assert period.months == months
    assert next_period(period, rhythm).first_on == period.last_on + timedelta(days=1)
    assert reported_period(period.last_on, rhythm) == period


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), max_size=6), DAYS)
def test_no_day_that_an_author_writes_makes_a_late_report_timely(
    reports: list[tuple[date, int]], on: date
) -> None:
    """As of the day of entry is the best that anybody can claim; any earlier day is worth as much or less."""
    entered = [(day, back) for day, back in reports if day <= on]
    honest = standing(
        [(day, day) for day, _back in entered],
        known_on=KNOWN,
        on=on,
        rhythm=QUARTERLY,
        calendar=CALENDAR,
    )
    dated = standing(
        [(day, day - timedelta(days=back)) for day, back in entered],
        known_on=KNOWN,
        on=on,
        rhythm=QUARTERLY,
        calendar=CALENDAR,
    )
    assert dated.in_time <= honest.in_time
    assert dated.missed >= honest.missed
    assert dated.owed == honest.owed or "late" not in (dated.state, honest.state)


def test_a_group_is_as_far_as_its_children_each_by_its_weight() -> None:
    children = {None: [1], 1: [2, 3, 4], 4: [5, 6], 9: []}
    known = {2: 100, 3: None, 5: 50, 6: 0}
    assert shares(children, known, {})[1] == Share(42, 4, 1)
    weighed = shares(children, known, {2: 3, 3: 0, 5: 1, 6: 0})
    assert weighed[4] == Share(50, 2, 0)
    assert weighed[1] == Share(88, 4, 1)
    assert weighed[None] == weighed[1]
    assert shares({None: []}, {}, {}) == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.250", "1250"),
        ("1.250,5", "1250.5"),
        ("87,50", "87.5"),
        ("87.5", "87.5"),
        ("007", "7"),
        ("0", "0"),
        ("mười", None),
        ("1.25.0", None),
        ("-3", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_here_write_them(typed: str, kept: str | None) -> None:
    assert read_number(typed) == kept
    assert kept is None or read_number(written(kept)) == kept


def test_a_target_is_reached_by_what_was_reported_of_it() -> None:
    assert (reached("14", "20"), reached("30", "20"), reached("", "20"), reached("3", "")) == (
        70,
        100,
        None,
        None,
    )


def test_a_difference_reads_word_by_word() -> None:
    found = differences("Mở lớp nghề ban ngày ở xã.", "Mở lớp nghề buổi tối ở xã, phường.")
    assert [(p.kind, p.text) for p in found] == [
        ("same", "Mở lớp nghề "),
        ("gone", "ban ngày"),
        ("new", "buổi tối"),
        ("same", " ở "),
        ("gone", "xã."),
        ("new", "xã, phường."),
    ]


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_both_texts_can_be_read_out_of_their_difference(old: str, new: str) -> None:
    found = differences(old, new)
    assert "".join(p.text for p in found if p.kind != "gone") == new
    assert "".join(p.text for p in found if p.kind != "new") == old


def test_the_same_body_in_other_words_is_no_difference() -> None:
    old = [["lead", "Sở KH&ĐT", "a1"], ["coordinating", "Hội Nông dân", ""]]
    new = [["lead", "Sở Kế hoạch và Đầu tư", "a1"], ["coordinating", "hội nông dân", ""]]
    assert named_differently(old, new) == []
    assert named_differently(old, new[:1]) == [Swap("coordinating", ("Hội Nông dân",), ())]
    other = [["coordinating", "Sở Kế hoạch và Đầu tư", "a1"]]
    assert named_differently(old[:1], other) == [
        Swap("lead", ("Sở KH&ĐT",), ()),
        Swap("coordinating", (), ("Sở Kế hoạch và Đầu tư",)),
    ]
