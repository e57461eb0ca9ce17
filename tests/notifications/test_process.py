"""The worker as a process of its own, as the supervisor runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask

from feedback.core.config import ROOT
from feedback.core.db import commit, db
from feedback.notifications import queries
from feedback.notifications.actions import enqueue
from tests.notifications.conftest import Sink, messages
from tests.servers.moment import machine_clock
from tests.servers.patience import PATIENCE_S


@machine_clock
def test_a_worker_process_delivers_and_ends_in_good_order(
    engine_url: str, tmp_path: Path, post_app: Flask, smtp: Sink
) -> None:
    env = {
        "FEEDBACK_DATABASE_URL": engine_url,
        "FEEDBACK_INSTANCE_DIR": str(tmp_path),
        "FEEDBACK_SECRET_KEY": "a secret for tests, long enough to pass",
        "FEEDBACK_SMTP_URL": post_app.config["SMTP_URL"],
    }
    enqueue(
        "email",
        to="hoa@dan.example",
        template="notifications/trial",
        params={},
        dedupe_key="one",
    )
    commit()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "run"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}) as process:
        try:
            patient = time.monotonic() + PATIENCE_S
            while not smtp.taken and time.monotonic() < patient:
                time.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=PATIENCE_S) == 0
        finally:
            process.kill()
    assert [rcpt for rcpt, _mail in smtp.taken] == [["hoa@dan.example"]]
    assert [message.state for message in messages()] == ["sent"]
    assert queries.last_beat() is not None
    db.session.rollback()
