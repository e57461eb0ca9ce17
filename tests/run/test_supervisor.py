"""``make run`` from the inside: web and worker live and end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback.core.config import ROOT
from tests.servers.patience import PATIENCE_S
from tests.servers.ports import free_port


class Running:
    """The supervisor on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder.with_suffix(".log")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("FEEDBACK_")}
        environment |= {"FEEDBACK_INSTANCE_DIR": str(folder), "PORT": str(self.port)}
        environment["HOME"] = str(folder.parent)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "feedback.run"],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def answers(self) -> bool:
        try:
            address = f"http://127.0.0.1:{self.port}/readyz"
            with urllib.request.urlopen(address, timeout=PATIENCE_S) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < end, self.log.read_text()
            time.sleep(0.2)

    def children(self) -> list[tuple[int, str]]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
                command = (
                    (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                )
            except OSError:
                continue
            if int(parent) == self.process.pid:
                found.append((int(folder.name), command))
        return found


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    started = Running(tmp_path / "instance")
    started.wait()
    yield started
    started.process.kill()


def test_it_ends_in_good_order_keeps_the_data_and_a_killed_worker_takes_the_site_with_it(
    running: Running, tmp_path: Path
) -> None:
    instance = tmp_path / "instance"
    secret = instance / "secret"
    kept = secret.read_text()
    assert secret.stat().st_mode & 0o777 == 0o600
    running.process.terminate()
    assert running.process.wait(PATIENCE_S) == 0
    again = Running(instance)
    try:
        again.wait()
        assert secret.read_text() == kept
        assert running.log.read_text().count("loading the sample province") == 1
        worker = next(pid for pid, command in again.children() if "worker run" in command)
        os.kill(worker, signal.SIGKILL)
        assert again.process.wait(PATIENCE_S) != 0
        assert not again.answers()
    finally:
        again.process.kill()
