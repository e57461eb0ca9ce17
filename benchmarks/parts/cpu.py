"""The same requests without a server: time that this process itself spends on them. Steadier, because
neither the network nor a neighbour's work is in it; on PostgreSQL the database's own work is not either."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from werkzeug.test import EnvironBuilder

from benchmarks.parts.load import UNIQUE, Request
from benchmarks.parts.visitor import FORM

ROUNDS = 5
ROUND_S = 0.25  # of this process's time


@dataclass(frozen=True)
class Spent:
    """Milliseconds of a request of the page and of the bare view, and how many questions the page asks
    the database."""

    page_ms: float
    bare_ms: float
    queries: int

    @property
    def ratio(self) -> float:
        return self.bare_ms / self.page_ms


class Caller:
    """Calls a WSGI application with one request again and again."""

    def __init__(self, app: Flask, request: Request, seed: str) -> None:
        self.app, self.request, self.seed, self.number = app, request, seed, 0
        method = "POST" if request.body else "GET"
        builder = EnvironBuilder(request.path, "http://127.0.0.1/", method=method)
        builder.headers.extend(request.headers)
        if request.body:
            builder.headers["Content-Type"] = FORM
        self.environ = builder.get_environ()

    def __call__(self) -> int:
        """Returns the number of bytes of the answer. Raises RuntimeError for an error."""
        environ = dict(self.environ)
        if self.request.body:
            self.number += 1
            body = self.request.body.replace(UNIQUE, f"{self.seed}-{self.number}").encode()
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
        said: list[str] = []

        def start(status: str, *_rest: Any) -> Any:
            said.append(status)

        parts: Any = self.app(environ, start)
        size = sum(map(len, parts))
        if hasattr(parts, "close"):
            parts.close()
        if said[0][:1] not in "23":
            raise RuntimeError(f"{self.request.path}: {said[0]}")
        return size


def compare(page: Caller, bare: Caller) -> Spent:
    """Page, bare, page, bare …; medians of the rounds."""
    page()  # what is made once is made
    with counted() as asked:
        page()
    pages, bares = [], []
    for _round in range(ROUNDS):
        pages.append(_each_ms(page))
        bares.append(_each_ms(bare))
    return Spent(median(pages), median(bares), len(asked))


def _each_ms(call: Callable[[], Any]) -> float:
    number, began = 0, time.process_time()
    while (spent := time.process_time() - began) < ROUND_S:
        for _n in range(4):
            call()
        number += 4
    return spent * 1000 / number


@contextmanager
def counted() -> Any:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT")):
            asked.append(statement)

    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)
