"""A line that is cut: a proxy in front of the site that loses requests on the way there, or answers on the way back."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from threading import Lock, Thread
from urllib.parse import urlsplit

import pytest

from tests.servers.patience import PATIENCE_S
from tests.servers.web import Web

THROUGH, NOTHING, HALF, NO_ANSWER = "through", "nothing arrives", "half arrives", "no answer"
Fate = Callable[[bytes], str]  # of one request, by its first line


def whole(_first_line: bytes) -> str:
    return THROUGH


def cut(_first_line: bytes) -> str:
    return NOTHING


class Line:
    """``url`` stands for the site. Each request meets the ``fate`` that the test chooses; ``cuts`` counts
    those that were not answered. One request a connection, whole before it goes on."""

    def __init__(self, site: str) -> None:
        self._site = urlsplit(site)
        self._door = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._lock = Lock()
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self.fate: Fate = whole
        self.cuts = 0
        Thread(target=self._take, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def wait_for_cuts(self, number: int) -> None:
        """Until so many requests were not answered."""
        patient = time.monotonic() + PATIENCE_S
        while self.cuts < number:
            assert time.monotonic() < patient, f"{self.cuts} cuts after {PATIENCE_S:.0f} s"
            time.sleep(0.05)

    def _take(self) -> None:
        while True:
            try:
                caller, _address = self._door.accept()
            except OSError:
                return  # closed
            Thread(target=self._carry, args=(caller,), daemon=True).start()

    def _carry(self, caller: socket.socket) -> None:
        caller.settimeout(PATIENCE_S)
        with caller:
            try:
                request = _one_request(caller)
                if not request:
                    return
                fate = self.fate(request.partition(b"\r\n")[0])
                answer = b"" if fate == NOTHING else self._ask(request, half=fate == HALF)
                if fate == THROUGH:
                    caller.sendall(answer)
                else:
                    with self._lock:
                        self.cuts += 1
            except OSError:
                return  # whoever called has hung up

    def _ask(self, request: bytes, *, half: bool) -> bytes:
        with socket.create_connection((self._site.hostname, self._site.port)) as site:
            site.settimeout(PATIENCE_S)
            site.sendall(request[: len(request) // 2] if half else request)
            return b"" if half else b"".join(iter(lambda: site.recv(65536), b""))


def _one_request(caller: socket.socket) -> bytes:
    """Head and body, and that the connection ends with it."""
    taken = b""
    while b"\r\n\r\n" not in taken:
        more = caller.recv(65536)
        if not more:
            return b""
        taken += more
    head, _blank, body = taken.partition(b"\r\n\r\n")
    lines = [one for one in head.split(b"\r\n") if not one.lower().startswith(b"connection:")]
    sizes = [one for one in lines if one.lower().startswith(b"content-length:")]
    size = int(sizes[0].partition(b":")[2]) if sizes else 0
    while len(body) < size:
        more = caller.recv(65536)
        if not more:
            return b""
        body += more
    return b"\r\n".join([*lines, b"Connection: close", b"", body])


@pytest.fixture
def line(web: Web) -> Iterator[Line]:
    """The line between a phone and the site."""
    drawn = Line(web.url)
    yield drawn
    drawn.close()
