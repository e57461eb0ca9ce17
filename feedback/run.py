"""``python -m feedback.run``: set up what is missing, then keep web and worker running together.

If either dies both are stopped and this ends with 1. On SIGTERM or SIGINT what is under way is
finished and this ends with 0.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from types import FrameType

from sqlalchemy.exc import DBAPIError

from feedback.core import sqlite
from feedback.core.config import ROOT, BadSettings, Settings

PORT = "8000"
PATIENCE_S = 30.0  # longer than gunicorn's graceful_timeout
START_S = 60.0
POLL_S = 0.2
FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")


@dataclass(frozen=True)
class Child:
    """A process that must live as long as the site does."""

    name: str
    command: tuple[str, ...]


WEB = Child("web", (sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"))
WORKER = Child("worker", (*FLASK, "worker", "run"))


@dataclass
class Supervisor:
    """Starts the children and stops all of them when one has ended or when it is told to."""

    children: Sequence[Child]
    patience_s: float = PATIENCE_S
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _told: Event = field(default_factory=Event)

    def run(self, ready: Callable[[], None] = lambda: None) -> int:
        """Exit status: 0 when told to stop, 1 when a child ended by itself."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._tell)
        try:
            for child in self.children:
                self._running[child.name] = start(child)
            ready()
            return self._watch()
        finally:
            self._stop()

    def alive(self) -> bool:
        """Nobody has ended, and nobody said stop."""
        return not self._told.is_set() and not self._ended()

    def _tell(self, _number: int, _frame: FrameType | None) -> None:
        self._told.set()

    def _ended(self) -> list[str]:
        return [name for name, process in self._running.items() if process.poll() is not None]

    def _watch(self) -> int:
        while not self._told.wait(POLL_S):
            ended = self._ended()
            if ended:
                status = self._running[ended[0]].returncode
                say(f"{ended[0]} ended ({status}): stopping everything")
                return 1
        return 0

    def _stop(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        patient = time.monotonic() + self.patience_s
        for name, process in self._running.items():
            try:
                process.wait(max(0.0, patient - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"{name} did not stop in {self.patience_s:.0f} s: killed")
                process.kill()
                process.wait()


def start(child: Child) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches the supervisor alone, which then asks politely."""
    return subprocess.Popen(child.command, cwd=ROOT, start_new_session=True)  # noqa: S603


def say(text: str) -> None:
    print(text, flush=True)


def set_secret(instance: Path) -> None:
    """Write ``instance/secret`` (0600, 64 hex digits) unless there is one or the environment has it."""
    path = instance / "secret"
    if os.environ.get("FEEDBACK_SECRET_KEY", "").strip() or path.exists():
        return
    instance.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(32) + "\n")


def set_environment(port: str) -> None:
    """What the children read: the port, and the address that stands in mails and links."""
    os.environ["PORT"] = port
    os.environ.setdefault("FEEDBACK_BASE_URL", f"http://127.0.0.1:{port}")
    instance = Path(os.environ.get("FEEDBACK_INSTANCE_DIR", "").strip() or ROOT / "instance")
    set_secret(instance)


def prepare() -> list[str]:
    """Migrate; fill an empty database with the sample. Returns the demo sign-ins, if it is one.

    Only a database that began as a demonstration is shown as one, whatever runs it.
    """
    from flask_migrate import upgrade

    from feedback.app import create_app
    from feedback.core import clock
    from feedback.core.db import db
    from feedback.demo import commands, sample

    app = create_app(Settings.from_env())
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        if sample.is_empty() and _may_show():
            say("loading the sample province …")
            say(commands.said(sample.load_sample(clock.today())))
        shown = sample.is_sample() and _may_show()
        names = commands.sign_ins() if shown else []
        db.session.remove()
        db.engine.dispose()
    if shown:
        os.environ["FEEDBACK_DEMO"] = "1"
    return names


def _may_show() -> bool:
    """Not in production, and not where the operator said no."""
    wanted = os.environ.get("FEEDBACK_DEMO", "").strip().lower()
    return not Settings.from_env().production and wanted not in {"0", "false", "no"}


def one_process(settings: Settings) -> bool:
    """SQLite before 3.51.3 can corrupt a file that two processes share: then there is only one."""
    version = sqlite.module().sqlite_version_info
    return settings.url.startswith("sqlite") and version < sqlite.SAFE


def children(settings: Settings) -> tuple[Child, ...]:
    if not one_process(settings):
        return (WEB, WORKER)
    say("this SQLite is too old for two processes: the worker runs inside the web process")
    os.environ.update(FEEDBACK_WORKER_INSIDE="1", WEB_CONCURRENCY="1")
    return (WEB,)


def work_inside() -> None:
    """Run the worker as a thread of the web process; should it fail, the whole site stops."""
    from feedback.notifications.tasks import Worker
    from wsgi import app

    def work() -> None:
        try:
            with app.app_context():
                Worker().run()
        finally:
            os.kill(os.getppid(), signal.SIGTERM)  # gunicorn's arbiter, and with it the supervisor

    Thread(target=work, name="worker", daemon=True).start()


def answers(port: str) -> bool:
    """Does anybody listen there?"""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def greet(supervisor: Supervisor, port: str, names: Sequence[str]) -> None:
    """Print the addresses as soon as the site answers."""
    patient = time.monotonic() + START_S
    while supervisor.alive() and not answers(port):
        if time.monotonic() > patient:
            return
        time.sleep(POLL_S)
    if not supervisor.alive():
        return
    address = f"http://127.0.0.1:{port}"
    say(f"\n  {address}/            the site\n  {address}/sign-in     for staff")
    if names:
        say(f"  {address}/hop-thu-thu  mail of the demonstration\n\nDemo sign-ins:")
        say("\n".join(f"  {line}" for line in names))
    say("\nCtrl-C stops it.")


def main() -> int:
    port = os.environ.get("PORT", "").strip() or PORT
    if not (port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 65536):
        say("PORT must be a number from 1 to 65535")
        return 2
    if answers(port):
        say(f"port {port} is taken; try: PORT={int(port) + 1} make run")
        return 2
    try:
        set_environment(port)
        names = prepare()
        wanted = children(Settings.from_env())
    except BadSettings as error:
        say(str(error))
        return 2
    except DBAPIError as error:
        say(f"the database cannot be used: {error.orig}")
        return 2
    except OSError as error:
        say(f"the folder of this site cannot be used: {error}")
        return 2
    supervisor = Supervisor(wanted)
    return supervisor.run(lambda: greet(supervisor, port, names))


if __name__ == "__main__":
    sys.exit(main())
