"""When the sample's steps happen: on working days, in office hours, one after the other, never later than now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from feedback.core.clock import LOCAL
from feedback.workdays.rules import Calendar, add_working_days

ONE = timedelta(days=1)
DAY_S = 24 * 3600
OFFICE = (7 * 60 + 30, 16 * 60 + 30)  # minutes after midnight
RESIDENT = (6 * 60 + 30, 21 * 60 + 30)
BETWEEN = timedelta(minutes=11)  # at least, between two steps of one file on one day


@dataclass(frozen=True)
class Step:
    """What happens at a moment."""

    at: datetime
    act: Callable[[], object]


class Days:
    """The days of one file, counted from its submission (day zero)."""

    def __init__(self, zero: date, *, now: datetime, calendar: Calendar, chance: Random) -> None:
        self.zero = zero
        self.now = now
        self.today = now.astimezone(LOCAL).date()
        self._calendar = calendar
        self._chance = chance
        self._last: datetime | None = None

    def working(self, number: int) -> date:
        """The ``number``-th working day after day zero; where it is not here yet, the last one that is."""
        day = add_working_days(self.zero, number, self._calendar)
        if day <= self.today:
            return day
        day = self.today
        while day > self.zero and not self._calendar.is_working(day):
            day -= ONE
        return day if day > self.zero else self.today

    def elapsed(self, day: date) -> int:
        """Working days from day zero to ``day``."""
        number, at = 0, self.zero
        while at < day:
            at += ONE
            number += self._calendar.is_working(at)
        return number

    def office(self, day: date) -> datetime:
        """A moment in office hours, after every earlier step of this file."""
        return self._moment(day, *OFFICE)

    def resident(self, day: date) -> datetime:
        """A moment when people are awake, after every earlier step of this file."""
        return self._moment(min(day, self.today), *RESIDENT)

    def _moment(self, day: date, first: int, last: int) -> datetime:
        moment = at(day, self._chance.randint(first, last) * 60 + self._chance.randint(0, 59))
        if day == self.today:
            moment = squeeze(moment, self.now)
        if self._last is not None and moment <= self._last:
            moment = self._last + BETWEEN
        self._last = min(moment, self.now)
        return self._last


def at(day: date, second: int) -> datetime:
    """So many seconds after midnight in Viet Nam, aware UTC."""
    return (datetime.combine(day, time(), LOCAL) + timedelta(seconds=second)).astimezone(UTC)


def squeeze(moment: datetime, now: datetime) -> datetime:
    """A moment of today, moved into the part of today that is over."""
    midnight = at(now.astimezone(LOCAL).date(), 0)
    return midnight + (moment - midnight) * ((now - midnight).total_seconds() / DAY_S)
