"""Two clocks of the law on grassroots democracy: published soon enough, and posted long enough.

PUBLISH runs from the day of the decision to the first form of publishing (Luật 10/2022 Đ.12); NOTICEBOARD is
the least time that a paper hangs (Đ.13). Both terms are the operator's rows; here are only their days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from feedback.workdays.rules import Calendar, working_days_between

FORMS = ("noticeboard", "web", "loudspeaker", "meeting", "message")
HANGS = frozenset({"noticeboard"})  # the forms that must stay for a time
KINDS = ("plan", "budget", "contribution", "land", "procedure", "answer", "people", "other")


@dataclass(frozen=True)
class Clock:
    """How something stands with its day. ``state``: due, late, in_time, was_late; ``days`` working days left or
    by which it is or was late."""

    state: str
    days: int


def published(first_on: date | None, due_on: date, on: date, calendar: Calendar) -> Clock:
    """The day of publishing itself is still in time."""
    if first_on is None:
        days = working_days_between(on, due_on, calendar)
        return Clock("due", days) if on <= due_on else Clock("late", -days)
    if first_on <= due_on:
        return Clock("in_time", 0)
    return Clock("was_late", working_days_between(due_on, first_on, calendar))


def hangs(least_on: date | None, to_on: date | None, on: date) -> str:
    """``short``: taken down before its day; ``hanging``: must stay; ``enough``: may come down; ``whole``: hung
    long enough; empty for a form that need not stay."""
    if least_on is None:
        return ""
    if to_on is not None:
        return "whole" if to_on >= least_on else "short"
    return "hanging" if on < least_on else "enough"


def quarter_of(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3 + 1


def read_quarter(typed: str, today: date) -> tuple[int, int]:
    """``2026-4``; whatever is no quarter is the present one."""
    year, _dash, number = typed.partition("-")
    if year.isascii() and year.isdigit() and len(year) == 4 and number in {"1", "2", "3", "4"}:
        return int(year), int(number)
    return quarter_of(today)


def days_of(year: int, number: int) -> tuple[date, date]:
    """First day of a quarter, and the first day after it."""
    first = date(year, 3 * number - 2, 1)
    return first, date(year + (number == 4), 1 if number == 4 else 3 * number + 1, 1)
