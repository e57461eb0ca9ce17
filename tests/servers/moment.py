"""A test's moment stands still: no second, half minute, day or year ends between two of its lines, and a story
is told alike on a Saturday, in Tết and after the calendar's last year.

``FEEDBACK_TEST_NOW=2027-02-08T09:00+07:00`` tells all stories at another moment, ``FEEDBACK_TEST_NOW=now`` at
that of the machine. What runs beside the test (a worker, gunicorn) has the machine's clock: such a story says
``machine_clock``, or asks for ``web``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from feedback.core import clock

JOURNEYS = Path(__file__).parents[1] / "journeys"
USUAL = "2026-11-26T10:00+07:00"  # a Thursday
TOLD = os.environ.get("FEEDBACK_TEST_NOW", USUAL)
machine_clock = pytest.mark.machine_clock


def moment() -> datetime:
    """When the stories are told."""
    return clock.now() if TOLD == "now" else datetime.fromisoformat(TOLD)


def noon(year: int, month: int, day: int) -> datetime:
    """The middle of a day here: whatever the hour of the test, it is this day."""
    return datetime(year, month, day, 12, tzinfo=clock.LOCAL)


@contextmanager
def still(at: datetime | None = None) -> Iterator[None]:
    """It is this moment, in every thread, until the block ends. To ``clock`` it is no journey: what is
    recorded takes its time from here as it would from the machine."""
    here = at or moment()

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return here.astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "datetime", Still)
        yield


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "machine_clock: other processes take part in the story")


@pytest.fixture(autouse=True)
def the_moment(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test's own, but for journeys: there a browser and a site have clocks of their own."""
    beside = "web" in request.fixturenames or request.node.get_closest_marker("machine_clock")
    if beside or request.path.is_relative_to(JOURNEYS):
        yield
    else:
        with still():
            yield
