"""The site as it runs in service: gunicorn and the worker, two processes of their own on a free port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask import Flask

from feedback.app import create_app
from feedback.core.config import ROOT
from feedback.core.db import db, set_reading
from tests.servers.databases import SECRET, settings_for
from tests.servers.mail import Mailbox
from tests.servers.patience import PATIENCE_S
from tests.servers.ports import free_port

STOP_S = 60.0  # longer than gunicorn's graceful_timeout
COMMANDS = {
    "web": ("gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"),
    "worker": ("flask", "--app", "wsgi", "worker", "run"),
}


@dataclass
class Web:
    """A running site. ``url`` has no slash at its end; ``environ`` is what its processes got."""

    url: str
    database_url: str
    folder: Path
    mailbox: Mailbox
    environ: dict[str, str]
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """``web`` or ``worker``."""
        log = (self.folder / f"{name}.log").open("ab")
        command = [sys.executable, "-m", *COMMANDS[name]]
        self._running[name] = subprocess.Popen(
            command, cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True
        )
        log.close()

    def stop(self, name: str) -> None:
        process = self._running.pop(name)
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its children, too: nothing outlives a test
            process.wait()

    def kill(self, name: str) -> None:
        """As when the power goes: all its processes at once, none may finish anything."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def log(self, name: str) -> str:
        """What the process wrote."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def wait(self) -> None:
        """Until it answers."""
        patient = time.monotonic() + PATIENCE_S
        while True:
            try:
                with urlopen(f"{self.url}/healthz", timeout=PATIENCE_S):
                    return
            except (URLError, OSError):
                ended = self._running["web"].poll() is not None
                assert not ended and time.monotonic() < patient, self.log("web")
                time.sleep(0.1)

    def flask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the site: ``web.flask("log", "verify")``."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False
        )

    @contextmanager
    def within(self) -> Iterator[Flask]:
        """The application on the same database, in this process: to set the stage or to look."""
        set_reading(False)  # an earlier test's GET in this thread may have left it on
        app = create_app(settings_for(self.database_url, self.folder))
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def close(self) -> list[str]:
        """Stop what still runs; says what had ended by itself."""
        ended = []
        for name, process in list(self._running.items()):
            if process.poll() is not None:
                ended.append(f"{name} ended ({process.returncode}): {self.log(name)}")
            self.stop(name)
        return ended


@contextmanager
def running(
    url: str, mailbox: Mailbox, folder: Path, *, worker: bool = True, **environ: str
) -> Iterator[Web]:
    """A demonstration on that database; whatever ends by itself is a failure."""
    site = _site(url, mailbox, folder)
    site.environ |= environ
    try:
        site.start("web")
        if worker:
            site.start("worker")
        site.wait()
        yield site
    finally:
        ended = site.close()
    assert not ended, ended


no_worker = pytest.mark.no_worker


@pytest.fixture
def web(
    request: pytest.FixtureRequest, engine_url: str, mailbox: Mailbox, tmp_path: Path
) -> Iterator[Web]:
    """A site on a fresh migrated database of each engine in turn; worker and mail included, unless the
    story says that it needs none (``no_worker``)."""
    worker = request.node.get_closest_marker("no_worker") is None
    with running(engine_url, mailbox, tmp_path, worker=worker) as site:
        yield site


def _site(url: str, mailbox: Mailbox, folder: Path) -> Web:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environ = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    environ |= {
        "PORT": str(port),
        "FEEDBACK_BASE_URL": address,
        "FEEDBACK_DATABASE_URL": url,
        "FEEDBACK_SECRET_KEY": SECRET,
        "FEEDBACK_INSTANCE_DIR": str(folder),
        "FEEDBACK_SMTP_URL": mailbox.url,
        "FEEDBACK_LOG_LEVEL": "WARNING",
        "FEEDBACK_DEMO": "1",
    }
    return Web(address, url, folder, mailbox, environ)
