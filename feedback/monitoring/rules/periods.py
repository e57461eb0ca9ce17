"""A period: whole months, first and last included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

DEFAULT_MONTHS = 6
OFFERED_MONTHS = 36
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Period:
    """``first`` and ``last`` are first days of months."""

    first: date
    last: date

    @property
    def begins_on(self) -> date:
        return self.first

    @property
    def ends_on(self) -> date:
        """The last day, included."""
        return shift(self.last, 1) - timedelta(days=1)

    @property
    def months(self) -> list[date]:
        return [month_of(n) for n in range(number_of(self.first), number_of(self.last) + 1)]


def shift(month: date, by: int) -> date:
    """The first day of the month that lies ``by`` months later (earlier when negative)."""
    return month_of(number_of(month) + by)


def number_of(month: date) -> int:
    """Months since year 0: 2026-11 is 2026 * 12 + 10."""
    return month.year * 12 + month.month - 1


def month_of(number: int) -> date:
    """The first day of the month with that number."""
    return date(number // 12, number % 12 + 1, 1)


def read(first: str, last: str, *, today: date) -> Period:
    """The period of two months written ``YYYY-MM``.

    What is missing or no month falls back to the six months up to today; two months in the wrong
    order are swapped: a link that somebody shortened must still open.
    """
    end = _month(last) or today.replace(day=1)
    begin = _month(first) or shift(end, 1 - DEFAULT_MONTHS)
    return Period(min(begin, end), max(begin, end))


def lately(months: int, *, today: date) -> Period:
    """So many months, the one of today included."""
    end = today.replace(day=1)
    return Period(shift(end, 1 - months), end)


def write(month: date) -> str:
    """A month as it stands in an address."""
    return f"{month:%Y-%m}"


def offered(period: Period, *, today: date) -> list[date]:
    """Months to choose from, newest first; those of the period are always among them."""
    newest = max(today.replace(day=1), period.last)
    oldest = min(shift(today.replace(day=1), 1 - OFFERED_MONTHS), period.first)
    return list(reversed(Period(oldest, newest).months))


def _month(text: str) -> date | None:
    match = MONTH.fullmatch(text)
    return date(int(match[1]), int(match[2]), 1) if match else None
