"""Terms of the case work: pure functions of dated rules, days and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from feedback.petitions.rules.states import OPEN_STATES
from feedback.workdays.rules import (
    ONE,
    Calendar,
    Term,
    add_working_days,
    due_on,
    working_days_between,
)

PAUSE_LIMIT = 10  # working days that a file may wait for the resident, in all


@dataclass(frozen=True)
class DeadlineRule:
    """One dated row: ``amount`` in ``unit`` (wd, d, m, h) on the ``basis`` of an article.

    ``mark`` says whether the article was read: found, unverified (shown as the system's target), or
    operator (the law names no number). Hours (h) are no due date: asking for one raises ValueError.
    """

    code: str
    step: str
    amount: int
    unit: str
    basis: str
    mark: str
    binds: str
    valid_from: date | None = None
    valid_to: date | None = None
    id: int | None = None  # of its row; a rule may stand in no table

    @property
    def term(self) -> Term:
        return Term(self.amount, self.unit)

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class Pause:
    """The clock rested from ``start`` to ``end`` (None: still resting)."""

    start: date
    end: date | None


def rule_on(rules: Iterable[DeadlineRule], code: str, day: date) -> DeadlineRule:
    """The row of a code that holds on a day. Raises LookupError when there is none."""
    for rule in rules:
        if rule.code == code and rule.holds_on(day):
            return rule
    raise LookupError(f"no term {code} on {day.isoformat()}")


def first_due(submitted_on: date, rule: DeadlineRule, calendar: Calendar) -> date:
    """The resident's date: the term from day zero, the day of submission."""
    return due_on(submitted_on, rule.term, calendar)


def leg_due(started_on: date, rule: DeadlineRule, calendar: Calendar) -> date:
    """A leg's own date; the resident's clock does not know it."""
    return due_on(started_on, rule.term, calendar)


def part_fits(due: date, *, on: date, lead_due: date) -> bool:
    """A coordinating agency's own date lies after the day of asking and before the lead's date."""
    return on < due < lead_due


def part_last_day(*, on: date, lead_due: date, calendar: Calendar) -> date | None:
    """The last working day before the lead's date that a part may be due; None when none is left."""
    day = lead_due - ONE
    while day > on and not calendar.is_working(day):
        day -= ONE
    return day if day > on else None


def part_suggestion(*, on: date, lead_due: date, calendar: Calendar) -> date | None:
    """Half-way, in working days, between the day of asking and the last day that fits."""
    last = part_last_day(on=on, lead_due=lead_due, calendar=calendar)
    if last is None:
        return None
    half = (working_days_between(on, last, calendar) + 1) // 2
    return add_working_days(on, half, calendar)


def pause_left(pauses: Sequence[Pause], calendar: Calendar, *, today: date) -> int:
    """Working days of waiting that a file has left."""
    used = sum(working_days_between(p.start, p.end or today, calendar) for p in pauses)
    return max(0, PAUSE_LIMIT - used)


def pause_bound(asked_on: date, days: int, calendar: Calendar) -> date:
    """The last day of waiting; the clock runs on from there at the latest."""
    return add_working_days(asked_on, days, calendar)


def resumed_due(due: date, asked_on: date, resumed_on: date, calendar: Calendar) -> date:
    """The due date after a wait: moved by exactly the working days that were waited.

    A file that was late when the question was asked stays late: its date does not move.
    """
    if due < asked_on:
        return due
    return add_working_days(due, working_days_between(asked_on, resumed_on, calendar), calendar)


def extension_ceiling(submitted_on: date, rule: DeadlineRule, calendar: Calendar) -> date:
    """The latest date that an extension may reach: twice the term, counted from day zero.

    No article read here names a ceiling for phản ánh, kiến nghị; this is the site's own rule.
    """
    return due_on(submitted_on, Term(rule.amount * 2, rule.unit), calendar)


def may_extend(due: date, to_on: date, *, on: date, ceiling: date) -> bool:
    """Only a file that is not late yet gets more time, only later, and never past the ceiling."""
    return on <= due < to_on <= ceiling


def on_time(answered_on: date, due: date) -> bool:
    """The due day itself is still on time."""
    return answered_on <= due


def days_taken(submitted_on: date, answered_on: date, calendar: Calendar) -> int:
    """Working days from day zero to the answer: none for an answer on the same day.

    Days on which the clock rested are counted as well: it is how long the resident waited.
    """
    return max(0, working_days_between(submitted_on, answered_on, calendar))


def days_left(due: date, today: date, calendar: Calendar) -> int:
    """Working days from today to the due day; negative when it is past."""
    return working_days_between(today, due, calendar)


def is_overdue(state: str, due: date, today: date, *, asked_on: date | None = None) -> bool:
    """Unanswered and past its day. Waiting for the resident (asked on ``asked_on``) excuses only a
    file that was still in time when she was asked."""
    if state == "needs_info" and (asked_on is None or asked_on <= due):
        return False
    return state in OPEN_STATES and due < today
