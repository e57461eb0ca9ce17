"""The one place that knows what time it is.

Times are aware UTC; a *day* is always the day in Asia/Ho_Chi_Minh (UTC+7, no daylight saving).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_travelled: ContextVar[datetime | None] = ContextVar("travelled", default=None)
_rehearsal: list[date] = []


def rehearse(day: date | None) -> None:
    """Let every later ``today()`` be ``day`` (FEEDBACK_TODAY; refused in production)."""
    _rehearsal[:] = [day] if day else []


def now() -> datetime:
    """The present moment, aware UTC, to the millisecond."""
    travelled = _travelled.get()
    if travelled is not None:
        return travelled
    moment = datetime.now(UTC)
    if _rehearsal:
        local = moment.astimezone(LOCAL)
        shift = _rehearsal[0] - local.date()
        moment = moment + shift
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """The present day in Viet Nam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day in Viet Nam on which an aware moment falls."""
    return moment.astimezone(LOCAL).date()


def is_rehearsing() -> bool:
    return bool(_rehearsal)


def is_travelling() -> bool:
    return _travelled.get() is not None


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Pretend that it is ``to`` (aware). Only the sample loader and tests may do this."""
    token = _travelled.set(to.astimezone(UTC))
    try:
        yield
    finally:
        _travelled.reset(token)
