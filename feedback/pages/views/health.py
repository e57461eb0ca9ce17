"""Alive, ready, measured: what a supervisor and a monitor ask."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from feedback.audit.queries import last_at
from feedback.core import clock
from feedback.core.permissions import public
from feedback.notifications.queries import has_leapt, last_beat, struggling, waiting
from feedback.notifications.rules import AHEAD
from feedback.pages.queries import database_answers
from feedback.pages.views import bp

STALE = timedelta(minutes=2)
MIN_FREE_BYTES = 50 * 1024 * 1024


@bp.get("/healthz")
@public
def healthz() -> Any:
    """The process answers; asks nothing of anybody else."""
    return {"status": "alive"}


@bp.get("/readyz")
@public
def readyz() -> Any:
    """Database and disk usable, worker's heart beating; 503 while one is not. Mail that does not go out and
    a clock behind the record are told as well, but close nothing: the site serves."""
    checks = {"database": _database(), "disk": _disk(), "worker": _told(_worker)}
    ready = all(checks.values())
    told = checks | {"mail": _told(lambda: not struggling()), "clock": _told(_clock)}
    words = {name: "ok" if fine else "failing" for name, fine in told.items()}
    return {"status": "ready" if ready else "not ready", **words}, 200 if ready else 503


@bp.get("/metrics")
@public
def metrics() -> Response:
    """Prometheus text; loopback only. Behind a proxy that nobody configured everybody comes from there,
    but for the header that it adds."""
    passed_on = not current_app.config["PROXY_HOPS"] and "X-Forwarded-For" in request.headers
    if request.remote_addr not in {"127.0.0.1", "::1"} or passed_on:
        abort(404)
    beat, written = last_beat(), last_at()
    figures = {
        "worker_heartbeat_age_seconds": (clock.now() - beat).total_seconds() if beat else -1,
        "disk_free_bytes": shutil.disk_usage(current_app.config["INSTANCE_DIR"]).free,
        "record_ahead_seconds": max(0, (written - clock.now()).total_seconds()) if written else 0,
        "outbox_tried_again": struggling(),
        **{f"outbox_{state}": number for state, number in waiting().items()},
    }
    lines = [
        line
        for name, value in figures.items()
        for line in (f"# TYPE feedback_{name} gauge", f"feedback_{name} {value:.0f}")
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain; version=0.0.4")


def _database() -> bool:
    try:
        return database_answers()
    except SQLAlchemyError:
        return False


def _disk() -> bool:
    folder = current_app.config["INSTANCE_DIR"]
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > MIN_FREE_BYTES


def _worker() -> bool:
    beat = last_beat()
    return beat is not None and abs(clock.now() - beat) < STALE


def _clock() -> bool:
    """Is it later than the last thing in the record, and did time go on step by step? Else the clock is,
    or was, wrong."""
    written = last_at()
    return (written is None or written < clock.now() + AHEAD) and not has_leapt()


def _told(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except SQLAlchemyError:
        return False
