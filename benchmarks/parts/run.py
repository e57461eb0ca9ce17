"""One run over one engine: its servers, and rows measured in turn with the bare view."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from benchmarks.parts import bare, cpu, load
from benchmarks.parts.load import UNIQUE, Request
from benchmarks.parts.serving import Server, environment, server
from benchmarks.parts.stage import PASSWORD, SECRET, Stage
from benchmarks.parts.table import Measured
from benchmarks.parts.visitor import Visitor


@dataclass(frozen=True)
class Sizes:
    """``files`` in all, step by step; ``queue``: files open at one body, a small and a large one."""

    files: tuple[int, ...]
    queue: tuple[int, int]
    rounds: int
    seconds: int


QUICK = Sizes((1_000, 10_000), (1_000, 10_000), rounds=3, seconds=1)
FULL = Sizes((10_000, 100_000, 1_000_000), (1_000, 100_000), rounds=5, seconds=2)


@dataclass
class Run:
    """One engine's run: where its servers are, and what was measured so far."""

    stage: Stage
    sizes: Sizes
    rows: list[Measured] = field(default_factory=list)
    started: list[float] = field(default_factory=list)
    memory: dict[str, float] = field(default_factory=dict)
    servers: dict[str, Server] = field(default_factory=dict)
    only: tuple[str, ...] = ()

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The site without and with its page cache, and the bare view."""
        with ExitStack() as stack:
            for name in ("cold", "warm"):
                environ = self.stage.environ(cached=name == "warm")
                self.servers[name] = stack.enter_context(server("wsgi:app", environ))
                self.started.append(self.servers[name].started_s)
            plain = environment("", self.stage.folder, SECRET)
            self.servers["bare"] = stack.enter_context(server("benchmarks.parts.bare:app", plain))
            yield
            for name, one in self.servers.items():
                self.memory[name] = max(self.memory.get(name, 0), one.memory_mb())

    def measure(self, name: str, request: Request, *, where: str = "cold") -> None:
        """Add a row: rounds of page and bare view in turn, then the same without a server."""
        if self.only and not any(word in name for word in self.only):
            return
        print(f"  {name} …", file=sys.stderr, flush=True)
        number, slow_s = self._first(request, where)
        plain = Request(f"/bytes/{number}", body="x=1" if request.body else "")
        seconds = max(self.sizes.seconds, math.ceil(6 * slow_s))
        pages, bares = [], []
        for turn in range(self.sizes.rounds):
            seed = f"{time.time_ns():x}-{turn}"
            pages.append(load.rate(self.servers[where].port, request, seconds, seed))
            time.sleep(min(load.CONNECTIONS * slow_s, 20))  # what was under way ends
            bares.append(load.rate(self.servers["bare"].port, plain, self.sizes.seconds, seed))
        spent = self._spent(request, plain, where)
        self.rows.append(Measured(name, number, pages, bares, spent))

    def _first(self, request: Request, where: str) -> tuple[int, float]:
        """Bytes of an answer, and the seconds that one takes (the second one: the first may warm up)."""
        visitor = Visitor(self.servers[where].port)
        for turn in range(2):
            began = time.monotonic()
            method = "POST" if request.body else "GET"
            body = request.body.replace(UNIQUE, f"{time.time_ns():x}-{turn}")
            answer = visitor.ask(method, request.path, body, **request.headers)
            took = time.monotonic() - began
            if answer.status >= 400:
                raise RuntimeError(f"{request.path}: {answer.status}")
        return len(answer.body), took

    def _spent(self, request: Request, plain: Request, where: str) -> cpu.Spent:
        app, seed = self.stage.app(cached=where == "warm"), f"{time.time_ns():x}"
        return cpu.compare(cpu.Caller(app, request, seed), cpu.Caller(bare.make(), plain, seed))

    def visitor(self, email: str = "") -> Visitor:
        """Somebody new, or signed in."""
        made = Visitor(self.servers["cold"].port)
        if email:
            made.sign_in(email, PASSWORD, self.stage.code(email))
        return made
