"""Time passes in a story when the story says so, and not otherwise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import sleep

from feedback.core import clock
from tests.servers.moment import moment, noon, still


def test_nobody_s_clock_goes_on_and_whoever_travels_comes_back_to_the_same_moment() -> None:
    first = clock.now()
    sleep(0.002)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(clock.now).result() == clock.now() == first
    with clock.travel(first + timedelta(days=1)):
        assert clock.today() == clock.day_of(first) + timedelta(days=1)
    assert clock.now() == first and not clock.is_travelling()


def test_a_story_may_be_told_at_another_moment_in_the_hour_of_the_machine_or_ours() -> None:
    with still(noon(2028, 2, 29)):
        assert clock.now() == datetime(2028, 2, 29, 5, tzinfo=UTC)
        assert clock.today().isoformat() == "2028-02-29"
    assert abs(clock.now() - moment()) < timedelta(minutes=5)
