"""Days and moments of made-up lives: the rules of the case work, each asked once for each argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

from feedback.petitions.rules import deadlines
from feedback.petitions.rules.deadlines import DeadlineRule
from feedback.workdays.rules import Calendar, add_working_days, working_days_between

ONE = timedelta(days=1)
_EPOCH = date(1970, 1, 1).toordinal()
_LOCAL_S = 7 * 3600  # Viet Nam is ahead of UTC
NIGHT_S = 5 * 60  # the clock's jobs run at 00:05
# how busy the months are: few letters around Tết, many in the rains
SEASON = (0.8, 0.55, 0.95, 1.0, 1.05, 1.15, 1.2, 1.2, 1.15, 1.1, 1.0, 0.9)
WEEKEND = 0.55


class Days:
    """The real rules over one calendar and one table of terms, remembered."""

    after: Callable[[date, int], date]
    between: Callable[[date, date], int]
    taken: Callable[[date, date], int]
    first_due: Callable[[date, str], date]
    leg_due: Callable[[date, str], date]
    ceiling: Callable[[date, str], date]
    rule_id: Callable[[date, str], int]

    def __init__(self, calendar: Calendar, terms: Sequence[tuple[int, DeadlineRule]]) -> None:
        rules = [rule for _number, rule in terms]
        numbers = {rule: number for number, rule in terms}

        def holding(day: date, code: str) -> DeadlineRule:
            return deadlines.rule_on(rules, code, day)

        self.calendar = calendar
        self.after = cache(lambda day, number: add_working_days(day, number, calendar))
        self.between = cache(lambda start, end: working_days_between(start, end, calendar))
        self.taken = cache(lambda zero, day: deadlines.days_taken(zero, day, calendar))
        self.first_due = cache(lambda d, code: deadlines.first_due(d, holding(d, code), calendar))
        self.leg_due = cache(lambda d, code: deadlines.leg_due(d, holding(d, code), calendar))
        self.ceiling = cache(
            lambda d, code: deadlines.extension_ceiling(d, holding(d, code), calendar)
        )
        self.rule_id = cache(lambda day, code: numbers[holding(day, code)])

    def resumed(self, due: date, asked_on: date, on: date) -> date:
        return deadlines.resumed_due(due, asked_on, on, self.calendar)


def ms_at(day: date, second: int) -> int:
    """So many seconds after midnight in Viet Nam, in milliseconds since 1970."""
    return ((day.toordinal() - _EPOCH) * 86400 + second - _LOCAL_S) * 1000


def moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def day_of(ms: int) -> date:
    """The day in Viet Nam."""
    return date.fromordinal(_EPOCH + (ms // 1000 + _LOCAL_S) // 86400)


def spread(total: int, first: date, last: date) -> Iterator[tuple[date, int]]:
    """``total`` files over the days from ``first`` to ``last``: more each year, as seasons and weeks go."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weights = [_weight(day, n / len(days)) for n, day in enumerate(days)]
    whole, so_far, given = sum(weights), 0.0, 0
    for day, weight in zip(days, weights, strict=True):
        so_far += weight
        number = round(total * so_far / whole) - given
        given += number
        yield day, number


def _weight(day: date, progress: float) -> float:
    week = WEEKEND if day.weekday() >= 5 else 1.0
    return (0.6 + 0.8 * progress) * SEASON[day.month - 1] * week
