"""Jobs of the clock: registered in app.py, run by the worker, each once whatever the number of workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.core import clock
from feedback.notifications.rules import AHEAD

DAILY = "daily"


@dataclass(frozen=True)
class Job:
    """``run(on=day)`` changes rows and commits nothing; ``every``: DAILY (soon after midnight) or a span."""

    name: str
    every: str | timedelta
    run: Callable[..., object]

    def not_since(self, now: datetime) -> datetime:
        """The job is due if it last ran before this moment."""
        if isinstance(self.every, timedelta):
            return now - self.every
        local = now.astimezone(clock.LOCAL)
        return local.replace(hour=0, minute=0, second=0, microsecond=0)

    def is_due(self, last: datetime, now: datetime) -> bool:
        """Also if it last ran in what is the future: the clock was ahead then, and was set right."""
        return last < self.not_since(now) or last > now + AHEAD


JOBS: dict[str, Job] = {}


def add_job(name: str, *, every: str | timedelta, run: Callable[..., object]) -> None:
    """Let the worker run this job; the last registration of a name counts."""
    if every != DAILY and not isinstance(every, timedelta):
        raise ValueError("every is DAILY or a timedelta")
    JOBS[name] = Job(name, every, run)
