"""The worker: delivers the outbox, runs the jobs of the clock, and shows that it is alive.

A message may reach an SMTP server twice only if the worker is killed between the server's "250" and the
commit; it then carries the same Message-ID. The inbox is exact: its row and the mark commit together.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
from datetime import datetime, timedelta
from threading import Event as Flag
from threading import current_thread, main_thread
from time import monotonic
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from feedback.core import clock
from feedback.core.db import UTCDateTime, commit, db, reading
from feedback.core.logs import log
from feedback.notifications import actions, pacing, queries
from feedback.notifications.channels import CHANNELS, Parcel, Undeliverable
from feedback.notifications.jobs import JOBS, Job
from feedback.notifications.models import LEAPT, WORKER, ClockJob
from feedback.notifications.rules import AHEAD, LEAP

IDLE_S = 1.0
BEAT = timedelta(seconds=10)
AFTER_FAILURE = timedelta(minutes=5)
PATIENCE_S = (
    60.0  # for one batch: with a slow mail server the jobs of the clock would wait for all of it
)
# both engines know this form; two workers may do it at once
_BEAT = sa.text(
    "INSERT INTO worker_heartbeat (name, beat_at) VALUES (:name, :beat_at)"
    " ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at"
).bindparams(sa.bindparam("beat_at", type_=UTCDateTime))
_KNOWN = sa.text(
    "INSERT INTO clock_job (name, last_run_at) VALUES (:name, :last_run_at)"
    " ON CONFLICT (name) DO NOTHING"
).bindparams(sa.bindparam("last_run_at", type_=UTCDateTime))
NEVER = datetime(1970, 1, 2, tzinfo=clock.LOCAL)


class Worker:
    """One process that works until it is told to stop; what it is doing then, it finishes."""

    def __init__(self, name: str | None = None, *, batch: int = 20) -> None:
        self.name = name or f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.batch = batch
        self.stopping = Flag()
        self._beaten, self._waits = NEVER, False
        self._not_before: dict[str, datetime] = {}

    def run(self, *, once: bool = False) -> None:
        """Work until SIGTERM or SIGINT; with ``once``, until nothing is due."""
        pacing.forget()
        if current_thread() is main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            busy = self._turn(raising=once)
            if once and not busy:
                return
            if not busy:
                self.stopping.wait(IDLE_S)

    def _turn(self, *, raising: bool) -> bool:
        """One round; True if something was delivered. A database that is away is waited for."""
        try:
            self.beat()
            self.run_jobs()
            return self.deliver() > 0
        except OperationalError as error:
            db.session.rollback()
            if raising:
                raise
            log.warning("worker.database_away", error=type(error.orig).__name__)
            self.stopping.wait(5)
            return False
        finally:
            db.session.remove()

    def beat(self) -> None:
        """Say "alive", every ten seconds; on that occasion also queue again what a dead worker held."""
        now = clock.now()
        if timedelta(0) <= now - self._beaten < BEAT:  # less than nothing: the clock was set back
            return
        last = queries.last_beat()
        if last is not None and now - last > LEAP and not clock.is_rehearsing():
            log.warning("worker.time_leapt", days=(now - last).days)
            db.session.execute(_BEAT, {"name": LEAPT, "beat_at": now})
        db.session.execute(_BEAT, {"name": WORKER, "beat_at": now})
        actions.take_back_stale(on=now, worker=self.name)
        self._waits = queries.has_leapt()
        commit()
        self._beaten = now

    def run_jobs(self) -> None:
        """Whatever is due; nothing in the hour after a leap, in which a wrong clock can be set right."""
        for job in () if self._waits else list(JOBS.values()):
            if self.stopping.is_set() or self._has_just_failed(job):
                continue
            with reading():
                last = db.session.scalar(sa.select(ClockJob.last_run_at).filter_by(name=job.name))
                db.session.rollback()
            if last is None or job.is_due(last, clock.now()):
                self._run_job(job)

    def _has_just_failed(self, job: Job) -> bool:
        again = self._not_before.get(job.name, NEVER)
        return timedelta(0) < again - clock.now() <= AFTER_FAILURE

    def _run_job(self, job: Job) -> None:
        try:
            if self._claim_job(job):
                done = job.run(on=clock.today())
                commit()
                # what found nothing to do is said to whoever looks closely
                (log.debug if done == 0 else log.info)("job.done", job=job.name)
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - one job's bug must not stop the others
            db.session.rollback()
            self._not_before[job.name] = clock.now() + AFTER_FAILURE
            _note_failure(job, error)
        finally:
            db.session.rollback()

    def _claim_job(self, job: Job) -> bool:
        """Mark it run, guarded; the mark commits with what the job changes, so a crash undoes both."""
        now = clock.now()
        db.session.execute(_KNOWN, {"name": job.name, "last_run_at": NEVER})
        done = db.session.execute(
            sa.update(ClockJob)
            .where(ClockJob.name == job.name)
            .where(
                sa.or_(
                    ClockJob.last_run_at < job.not_since(now),
                    ClockJob.last_run_at > now + AHEAD,
                )
            )
            .values(last_run_at=now, last_error=None)
            .execution_options(synchronize_session=False)
        )
        return bool(cast("sa.CursorResult[Any]", done).rowcount)

    def deliver(self) -> int:
        """Claim a batch and deliver it; returns how many were tried."""
        with reading():
            due = queries.something_due()
            db.session.rollback()
        if not due:
            return 0
        parcels = actions.claim(worker=self.name, limit=self.batch)
        commit()
        began = monotonic()
        for number, parcel in enumerate(parcels):
            if self.stopping.is_set() or (number and monotonic() - began > PATIENCE_S):
                actions.give_back(parcel, worker=self.name)
            else:
                self._deliver_one(parcel)
            commit()
            self.beat()
        return len(parcels)

    def _deliver_one(self, parcel: Parcel) -> None:
        try:
            rows = CHANNELS[parcel.channel](parcel)
        except Undeliverable as error:
            self._failed(parcel, str(error), lasting=True)
        except Exception as error:  # noqa: BLE001 - one bad message must not stop the others
            # the kind alone: its text may hold an address
            self._failed(parcel, type(error).__name__, lasting=False)
        else:
            actions.mark_sent(parcel, worker=self.name, rows=rows)

    def _failed(self, parcel: Parcel, error: str, *, lasting: bool) -> None:
        log.warning("outbox.failed", id=parcel.id, attempts=parcel.attempts, error=error)
        actions.mark_failed(parcel, worker=self.name, error=error, lasting=lasting)


def _note_failure(job: Job, error: Exception) -> None:
    log.error("job.failed", job=job.name, error=type(error).__name__, exc_info=True)
    db.session.execute(_KNOWN, {"name": job.name, "last_run_at": NEVER})
    db.session.execute(
        sa.update(ClockJob)
        .where(ClockJob.name == job.name)
        .values(last_error=type(error).__name__)
        .execution_options(synchronize_session=False)
    )
    commit()
