"""Alive, ready, measured: what a supervisor and a monitor ask."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from feedback.core import clock
from feedback.core.permissions import public
from feedback.notifications.queries import last_beat
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
    """Database and disk usable, worker's heart beating; 503 while one is not."""
    checks = {"database": _database(), "disk": _disk(), "worker": _worker()}
    ready = all(checks.values())
    words = {name: "ok" if fine else "failing" for name, fine in checks.items()}
    return {"status": "ready" if ready else "not ready", **words}, 200 if ready else 503


@bp.get("/metrics")
@public
def metrics() -> Response:
    """Prometheus text; loopback only. Behind a proxy that nobody configured everybody comes from there,
    but for the header that it adds."""
    passed_on = not current_app.config["PROXY_HOPS"] and "X-Forwarded-For" in request.headers
    if request.remote_addr not in {"127.0.0.1", "::1"} or passed_on:
        abort(404)
    beat = last_beat()
    age = (clock.now() - beat).total_seconds() if beat else -1
    free = shutil.disk_usage(current_app.config["INSTANCE_DIR"]).free
    lines = [
        "# TYPE feedback_worker_heartbeat_age_seconds gauge",
        f"feedback_worker_heartbeat_age_seconds {age:.0f}",
        "# TYPE feedback_disk_free_bytes gauge",
        f"feedback_disk_free_bytes {free}",
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
    try:
        beat = last_beat()
    except SQLAlchemyError:
        return False
    return beat is not None and clock.now() - beat < STALE
