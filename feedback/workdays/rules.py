"""Counting days. The day of the event is day zero; a calendar term that ends on a day off ends on
the next working day (Bộ luật Dân sự 2015, Đ.147, 148). Working days skip weekends and holidays and
count the Saturdays that are worked in exchange."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

KINDS = OFF, WORKED = "off", "worked"
STATUSES = ("announced", "estimate")
ONE = timedelta(days=1)
_TERM = re.compile(r"([0-9]{1,4})(wd|d|m)")


@dataclass(frozen=True)
class CalendarRow:
    day: date
    kind: str  # off | worked
    reason: str = ""
    status: str = "announced"  # announced | estimate


@dataclass(frozen=True)
class Calendar:
    """Days that differ from the plain week."""

    rows: dict[date, CalendarRow] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[CalendarRow]) -> Calendar:
        return cls({row.day: row for row in rows})

    def is_working(self, day: date) -> bool:
        row = self.rows.get(day)
        return row.kind == WORKED if row else day.weekday() < 5

    def reason(self, day: date) -> str:
        """Why a day does not count; empty for a plain weekend."""
        row = self.rows.get(day)
        return row.reason if row and row.kind == OFF else ""


@dataclass(frozen=True)
class Term:
    """A length of time: ``10wd`` working days, ``30d`` calendar days, ``6m`` months."""

    amount: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Term:
        """Raises ValueError for anything but up to four digits followed by ``wd``, ``d``, ``m``."""
        found = _TERM.fullmatch(text.strip().lower())
        if not found:
            raise ValueError(f"not a term: {text!r} (write 10wd, 30d or 6m)")
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


def add_working_days(start: date, number: int, calendar: Calendar) -> date:
    """The number-th working day after ``start``; zero gives ``start`` itself."""
    day = start
    while number > 0:
        day += ONE
        number -= calendar.is_working(day)
    return day


def next_working_day(day: date, calendar: Calendar) -> date:
    """``day`` itself when it is worked, else the first working day after it."""
    while not calendar.is_working(day):
        day += ONE
    return day


def due_on(start: date, term: Term, calendar: Calendar) -> date:
    """The last day of a term whose day zero is ``start``.

    Raises ValueError for a unit that is not counted in days (a term in hours has no last day).
    """
    if term.unit == "wd":
        return add_working_days(start, term.amount, calendar)
    return next_working_day(_plain_end(start, term), calendar)


def _plain_end(start: date, term: Term) -> date:
    """Where a calendar term would end if every day were worked (Bộ luật Dân sự Đ.148)."""
    if term.unit == "d":
        return start + timedelta(days=term.amount)
    if term.unit == "m":  # the same day of the last month, or that month's end
        years, month = divmod(start.month - 1 + term.amount, 12)
        year = start.year + years
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    raise ValueError(f"not counted in days: {term}")


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after ``start`` up to and with ``end``; negative when ``end`` lies before."""
    if end < start:
        return -working_days_between(end, start, calendar)
    return sum(
        calendar.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1)
    )


@dataclass(frozen=True)
class Day:
    """One cell of the explanation: kind is zero, counted, off or none (outside the count)."""

    date: date
    kind: str
    number: int | None = None
    reason: str = ""
    is_today: bool = False
    is_past: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class Explanation:
    """Why a date is what it is: weeks of seven days, Monday first."""

    start: date
    term: Term
    due_on: date
    weeks: tuple[tuple[Day, ...], ...]
    skipped: tuple[Day, ...]


def explain(start: date, term: Term, calendar: Calendar, today: date) -> Explanation:
    """Lay the counted days out as a small calendar.

    Where a calendar term would end on a day off, its last number stands on the next working day.
    """
    last = due_on(start, term, calendar)
    plain = last if term.unit == "wd" else _plain_end(start, term)
    first_monday = start - timedelta(days=start.weekday())
    length = (last + timedelta(days=6 - last.weekday()) - first_monday).days + 1
    cells, number = [], 0
    for offset in range(length):
        day = first_monday + timedelta(days=offset)
        counts = start < day <= last and (
            calendar.is_working(day) if term.unit == "wd" else day < plain or day == last
        )
        number += counts
        cells.append(_cell(day, start, last, number if counts else None, calendar, today))
    weeks = tuple(tuple(cells[i : i + 7]) for i in range(0, length, 7))
    skipped = tuple(c for c in cells if c.kind == "off")
    return Explanation(start, term, last, weeks, skipped)


def _cell(
    day: date, start: date, last: date, number: int | None, calendar: Calendar, today: date
) -> Day:
    if day == start:
        kind = "zero"
    elif day < start or day > last:
        kind = "none"
    else:
        kind = "off" if number is None else "counted"
    return Day(
        date=day,
        kind=kind,
        number=0 if kind == "zero" else number,
        reason=calendar.reason(day),
        is_today=day == today,
        is_past=kind != "none" and day < today,
        is_last=day == last,
    )
