"""A throw-away store of the tests' own that several web processes share: Valkey, or Redis."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from redis import Redis
from redis.exceptions import RedisError

from tests.servers.patience import PATIENCE_S
from tests.servers.ports import free_port

NAMES = ("valkey-server", "redis-server")


class Store:
    """Started and stopped as often as a story wants, always on one port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it answers. Raises FileNotFoundError where no such program is installed."""
        program = next((found for name in NAMES if (found := shutil.which(name))), None)
        if program is None:
            raise FileNotFoundError("no valkey-server, no redis-server: apt install redis-server")
        kept = ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        where = ["--port", str(self.port), "--bind", "127.0.0.1"]
        self._running = subprocess.Popen([program, *where, *kept], stdout=subprocess.DEVNULL)
        until, asking = monotonic() + PATIENCE_S, Redis.from_url(self.url)
        while True:
            try:
                asking.ping()
            except RedisError:
                assert self._running.poll() is None and monotonic() < until, "the store never came"
                sleep(0.02)
            else:
                asking.close()
                return

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait(PATIENCE_S)
            self._running = None


@contextmanager
def store(folder: Path) -> Iterator[Store]:
    """One that runs, gone with the test."""
    made = Store(folder)
    made.start()
    try:
        yield made
    finally:
        made.stop()
