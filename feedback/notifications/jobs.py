"""Jobs of the clock: registered in app.py, run by the worker, each once whatever the number of workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.core import clock
from feedback.notifications.rules import AHEAD, DIGEST_HOUR

DAILY = "daily"
MORNING = DIGEST_HOUR


@dataclass(frozen=True)
class Job:
    """``run(on=day)`` changes rows and commits nothing; ``every``: a span, or DAILY (soon after ``hour``
    o'clock, local time)."""

    name: str
    every: str | timedelta
    run: Callable[..., object]
    hour: int = 0

    def not_since(self, now: datetime) -> datetime:
        """The job is due if it last ran before this moment."""
        if isinstance(self.every, timedelta):
            return now - self.every
        local = now.astimezone(clock.LOCAL)
        today = local.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        return today if today <= local else today - timedelta(days=1)

    def is_due(self, last: datetime, now: datetime) -> bool:
        """Also if it last ran in what is the future: the clock was ahead then, and was set right."""
        return last < self.not_since(now) or last > now + AHEAD


JOBS: dict[str, Job] = {}


def add_job(
    name: str, *, every: str | timedelta, run: Callable[..., object], hour: int = 0
) -> None:
    """Let the worker run this job; the last registration of a name counts."""
    if every != DAILY and not isinstance(every, timedelta):
        raise ValueError("every is DAILY or a timedelta")
    JOBS[name] = Job(name, every, run, hour)
