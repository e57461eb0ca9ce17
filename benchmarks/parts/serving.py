"""The site under gunicorn as in service, one process on the first core; the load comes from another one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from feedback.core.config import ROOT
from tests.servers.ports import free_port

START_S = 60.0
ALIVE = {"wsgi:app": "/healthz", "benchmarks.parts.bare:app": "/bytes/1"}


@dataclass(frozen=True)
class Server:
    """A running gunicorn; ``started_s`` passed from its start until it answered."""

    port: int
    started_s: float
    process: subprocess.Popen[bytes]

    def memory_mb(self) -> float:
        """Resident memory of the web worker, the child of gunicorn's master."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        numbers = [int(pid) for pid in workers.read_text(encoding="ascii").split()]
        return max((_resident_kb(pid) for pid in numbers), default=0) / 1024


def _resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


def pinned(core: int) -> list[str]:
    """The words before a command that keep it on one core; nothing where there is only one."""
    cores = os.cpu_count() or 1
    return ["taskset", "-c", str(core)] if cores > 1 and shutil.which("taskset") else []


def environment(url: str, folder: Path, secret: str, **more: str) -> dict[str, str]:
    """What the processes of a site in service read."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return kept | {
        "FEEDBACK_ENV": "production",
        "FEEDBACK_DATABASE_URL": url,
        "FEEDBACK_INSTANCE_DIR": str(folder),
        "FEEDBACK_SECRET_KEY": secret,
        "FEEDBACK_TRUSTED_HOSTS": "127.0.0.1",
        "FEEDBACK_LOG_LEVEL": "ERROR",
        "WEB_CONCURRENCY": "1",
        **more,
    }


@contextmanager
def server(target: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """gunicorn with the project's own configuration, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", target]
    began = time.monotonic()
    process = subprocess.Popen(
        [*pinned(0), *command],
        cwd=ROOT,
        env={**environ, "PORT": str(port)},
        start_new_session=True,
    )
    try:
        _wait(f"http://127.0.0.1:{port}{ALIVE[target]}", process)
        yield Server(port, time.monotonic() - began, process)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    patient = time.monotonic() + START_S
    while True:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError) as error:
            if process.poll() is not None or time.monotonic() > patient:
                raise RuntimeError(f"{address} does not answer") from error
            time.sleep(0.02)
