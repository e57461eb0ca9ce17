"""When a report on an item is owed, which period one speaks for, and whether it came in time.

All of it is worked out from two days that nobody chooses: the day on which the plan came to this site and
the day on which a report was *entered*. The day that a report speaks of is written by its author; it can make
a report count for less, never for more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from feedback.workdays.rules import ONE, Calendar, Term, due_on, working_days_between

MIN_WORDS = 5  # of a report
MONTHS = (1, 2, 3, 6, 12)  # what a year is divided into evenly
EARLY = timedelta(days=15)  # so long before a period ends its report may be entered
FIRST_AFTER = timedelta(days=30)  # a plan that has only just come owes nothing for the days before


@dataclass(frozen=True)
class Rhythm:
    """How often, and how long after a period's last day. Ours unless the operator set a row."""

    months: int = 3
    term: str = "10wd"
    basis: str = ""

    def due_on(self, period: Period, calendar: Calendar) -> date:
        return due_on(period.last_on, Term.parse(self.term), calendar)


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``first_on`` to ``last_on``, both within."""

    first_on: date
    last_on: date

    @property
    def number(self) -> int:
        """Which one of its year: 1 to 4 for quarters."""
        return (self.last_on.month - 1) // self.months + 1

    @property
    def months(self) -> int:
        return self.last_on.month - self.first_on.month + 1


def period_of(day: date, rhythm: Rhythm) -> Period:
    """The period in which a day lies."""
    first = date(day.year, (day.month - 1) // rhythm.months * rhythm.months + 1, 1)
    return Period(first, _first_after(first, rhythm) - ONE)


def next_period(period: Period, rhythm: Rhythm) -> Period:
    return period_of(period.last_on + ONE, rhythm)


def reported_period(entered_on: date, rhythm: Rhythm) -> Period:
    """The period that a report entered on this day is for: the one about to end, or that ended last."""
    within = period_of(entered_on, rhythm)
    if entered_on >= within.last_on - EARLY:
        return within
    return period_of(within.first_on - ONE, rhythm)


def first_period(known_on: date, rhythm: Rhythm) -> Period:
    """The first period for which a report is owed on a plan known here since a day."""
    return period_of(known_on + FIRST_AFTER, rhythm)


def counts_for(entered_on: date, as_of_on: date, rhythm: Rhythm) -> Period | None:
    """The period that this report fulfils; None where it speaks of days before that period."""
    period = reported_period(entered_on, rhythm)
    return period if as_of_on >= period.first_on else None


@dataclass(frozen=True)
class Standing:
    """How an item stands with its reports on a day.

    ``state``: ``not_yet`` (nothing owed so far), ``reported``, ``due`` (still in time), ``late``.
    ``days``: working days left, or by which it is or came late. ``missed``: earlier periods without any.
    """

    state: str
    period: Period
    due_on: date
    days: int = 0
    in_time: int = 0
    late: int = 0
    missed: int = 0

    @property
    def owed(self) -> int:
        """Periods whose day has passed."""
        return self.in_time + self.late + self.missed


def standing(
    reports: Iterable[tuple[date, date]],
    *,
    known_on: date,
    on: date,
    rhythm: Rhythm,
    calendar: Calendar,
) -> Standing:
    """``reports``: (entered_on, as_of_on) of each report of whoever leads the item."""
    done: dict[Period, date] = {}
    for entered_on, as_of_on in sorted(reports):
        period = counts_for(entered_on, as_of_on, rhythm)
        if period is not None:
            done.setdefault(period, entered_on)
    first, now = first_period(known_on, rhythm), reported_period(on, rhythm)
    if now < first:
        due = rhythm.due_on(first, calendar)
        left = working_days_between(on, due, calendar)
        state = "reported" if first in done else "not_yet"
        return Standing(state, first, due, left)
    tally = {"in_time": 0, "late": 0, "missed": 0}
    period = first
    while period < now:
        tally[_kept(done.get(period), rhythm.due_on(period, calendar))] += 1
        period = next_period(period, rhythm)
    return _current(now, done.get(now), on, rhythm.due_on(now, calendar), calendar, tally)


def _current(
    period: Period,
    entered_on: date | None,
    on: date,
    due: date,
    calendar: Calendar,
    tally: dict[str, int],
) -> Standing:
    if entered_on is not None:
        tally[_kept(entered_on, due)] += 1
        behind = max(entered_on > due, working_days_between(due, entered_on, calendar))
        return Standing("reported", period, due, behind, **tally)
    days = working_days_between(on, due, calendar)
    if on <= due:
        return Standing("due", period, due, days, **tally)
    tally["missed"] += 1
    return Standing("late", period, due, -days, **tally)


def _kept(entered_on: date | None, due: date) -> str:
    return "missed" if entered_on is None else "in_time" if entered_on <= due else "late"


def _first_after(first: date, rhythm: Rhythm) -> date:
    years, month = divmod(first.month - 1 + rhythm.months, 12)
    return date(first.year + years, month + 1, 1)
