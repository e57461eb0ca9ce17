"""The worker: jobs of the clock once a day, a heartbeat, and an end that drops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.core import clock
from feedback.core.db import db
from feedback.notifications import actions, queries
from feedback.notifications.channels import CHANNELS, Parcel
from feedback.notifications.commands import worker as worker_commands
from feedback.notifications.jobs import JOBS, add_job
from feedback.notifications.models import ClockJob, InboxItem
from feedback.notifications.tasks import Worker
from tests.notifications.conftest import later, messages, put
from tests.servers.moment import noon, still

pytestmark = pytest.mark.usefixtures("post_app")


@pytest.fixture(autouse=True)
def jobs() -> Iterator[None]:
    kept = dict(JOBS)
    JOBS.clear()
    yield
    JOBS.clear()
    JOBS.update(kept)


def work() -> None:
    Worker().run(once=True)


def test_a_daily_job_runs_once_a_day_whatever_the_number_of_workers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    days: list[date] = []
    add_job("tests.daily", every="daily", run=lambda on: days.append(on))
    work()
    work()
    assert days == [clock.today()]
    later(monkeypatch, days=1)
    work()
    assert days == [clock.today() - timedelta(days=1), clock.today()]


def test_a_job_of_every_ten_minutes_waits_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[date] = []
    add_job("tests.often", every=timedelta(minutes=10), run=lambda on: runs.append(on))
    for minutes in (0, 9, 2):
        later(monkeypatch, minutes=minutes)
        work()
    assert len(runs) == 2


def test_a_failing_job_undoes_its_own_work_and_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[date] = []

    def fail(on: date) -> None:
        db.session.add(ClockJob(name="half", last_run_at=clock.now()))
        db.session.flush()
        raise KeyError("bug")

    with still(noon(2026, 11, 26)):  # six minutes later it is the same day
        add_job("tests.fails", every="daily", run=fail)
        add_job("tests.works", every="daily", run=lambda on: done.append(on))
        work()
        assert len(done) == 1
        assert db.session.get(ClockJob, "half") is None
        assert db.session.get(ClockJob, "tests.fails").last_error == "KeyError"  # type: ignore[union-attr]
        later(monkeypatch, minutes=6)
        add_job("tests.fails", every="daily", run=lambda on: done.append(on))
        work()
        assert len(done) == 2  # it was not taken for done


def test_a_clock_that_was_ahead_and_is_set_right_stops_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For a while the machine believed that it was a month later."""
    runs: list[date] = []
    add_job("tests.daily", every="daily", run=lambda on: runs.append(on))
    add_job("tests.often", every=timedelta(minutes=10), run=lambda on: runs.append(on))
    monkeypatch.setitem(CHANNELS, "email", lambda parcel: [])
    worker = Worker()
    with monkeypatch.context() as ahead:
        later(ahead, days=30)
        worker.run(once=True)
        put("one")  # at a time that lies ahead
        put("two")
        db.session.commit()
        actions.claim(worker="that died then", limit=1)
        db.session.commit()
    assert len(runs) == 2
    worker.run(once=True)
    assert runs[2:] == [clock.today()] * 2
    assert {m.state for m in messages()} == {"sent"}
    worker.run(once=True)
    assert len(runs) == 4
    beat = queries.last_beat()
    assert beat is not None and abs(clock.now() - beat) < timedelta(minutes=1)


def test_after_a_leap_of_days_what_is_not_undone_waits_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A clock that is set a month ahead would mark files late, close others and end what waits. Whether it
    is wrong, or the site only stood still, nobody can tell: one hour is there to look."""
    runs: list[date] = []
    add_job("tests.often", every=timedelta(minutes=10), run=lambda on: runs.append(on))
    monkeypatch.setitem(CHANNELS, "email", lambda parcel: [])
    worker = Worker()
    worker.run(once=True)
    with monkeypatch.context() as ahead:
        later(ahead, days=30)
        put("one")
        db.session.commit()
        worker.run(once=True)
        work()  # another one, or the same one started again
        assert len(runs) == 1 and queries.has_leapt()
        assert messages()[0].state == "sent", "letters go on"
    later(monkeypatch, minutes=11)
    worker.run(once=True)  # set right: at once
    assert len(runs) == 2 and not queries.has_leapt()
    later(monkeypatch, days=7)
    worker.run(once=True)
    assert len(runs) == 2
    later(monkeypatch, minutes=61)
    worker.run(once=True)
    assert len(runs) == 3, "it stood still for a week, and goes on"


def test_the_heartbeat_shows_that_a_worker_lives(post_app: Flask) -> None:
    assert queries.last_beat() is None
    work()
    beat = queries.last_beat()
    assert beat is not None and clock.now() - beat < timedelta(minutes=1)
    result = post_app.test_cli_runner().invoke(worker_commands, ["status"])
    assert "0 queued" in result.output


def test_a_worker_told_to_stop_finishes_one_and_gives_the_rest_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for key in "abc":
        put(key)
    db.session.commit()
    worker = Worker()

    def deliver(parcel: Parcel) -> list[object]:
        worker.stopping.set()
        return []

    monkeypatch.setitem(CHANNELS, "email", deliver)
    worker.run(once=True)
    assert [(m.state, m.attempts) for m in messages()] == [
        ("sent", 1),
        ("queued", 0),
        ("queued", 0),
    ]
    work()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(InboxItem)) == 0
