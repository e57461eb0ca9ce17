"""A due date, counted again from what moved it: anybody can check it, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from feedback.petitions.rules.deadlines import DeadlineRule, first_due, leg_due, resumed_due
from feedback.workdays.rules import Calendar, working_days_between


@dataclass(frozen=True)
class Waited:
    """The clock rested for the sender: asked on ``since``, running again from ``on`` (her answer, or
    the bound when none came)."""

    since: date
    on: date
    answered: bool = True
    kind: str = "waited"

    def move(self, due: date, calendar: Calendar) -> date:
        """Later by the working days that were waited; what was late when asked stays late."""
        return resumed_due(due, self.since, self.on, calendar)


@dataclass(frozen=True)
class Extended:
    """A second person approved more time at the moment ``at``, on the day ``on``."""

    on: date
    to_on: date
    at: datetime
    reason: str = ""
    kind: str = "extended"

    def move(self, due: date, calendar: Calendar) -> date:
        """A date that a wait has moved further already is not taken back."""
        return max(due, self.to_on)


@dataclass(frozen=True)
class Reopened:
    """The sender was not satisfied: ``on`` is a new day zero, ``rule`` the term of that day."""

    on: date
    rule: DeadlineRule
    at: datetime
    kind: str = "reopened"

    def move(self, due: date, calendar: Calendar) -> date:
        """A term of its own; the earlier date is over."""
        return leg_due(self.on, self.rule, calendar)


Cause = Waited | Extended | Reopened


@dataclass(frozen=True)
class Movement:
    """One cause and what it did to the date. ``days``: working days waited, or gained by an
    extension; for a reopening the working days of its own term."""

    cause: Cause
    before: date
    after: date
    days: int


@dataclass(frozen=True)
class Recount:
    first_due_on: date
    movements: tuple[Movement, ...]

    @property
    def due_on(self) -> date:
        return self.movements[-1].after if self.movements else self.first_due_on


def recount(
    day_zero: date, rule: DeadlineRule, causes: Iterable[Cause], calendar: Calendar
) -> Recount:
    """The first date by the rule of day zero, then each cause in the order in which it happened."""
    due = first = first_due(day_zero, rule, calendar)
    movements = []
    for cause in sorted(causes, key=_when):
        after = cause.move(due, calendar)
        start, end = (due, after)
        if isinstance(cause, Waited):
            start, end = cause.since, cause.on
        elif isinstance(cause, Reopened):
            start = cause.on
        days = working_days_between(start, end, calendar)
        movements.append(Movement(cause, due, after, days))
        due = after
    return Recount(first, tuple(movements))


def _when(cause: Cause) -> tuple[date, bool, str]:
    """A wait that ends on the day of an extension or a dispute came first: while the file waits,
    nothing else can happen to it, and a wait that also began on that day moves nothing."""
    if isinstance(cause, Waited):
        return cause.on, False, ""
    return cause.on, True, cause.at.isoformat()
