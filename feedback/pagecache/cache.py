"""``@cached``: a page as it was made before, if nothing that it was made from has changed since.

Never wrong, because nothing is kept for a time: each look asks the database which versions hold now
(one statement by primary keys) and compares. The key has what else a page depends on: host, address,
language, size of text, and the day in Viet Nam ("7 working days left" changes at midnight with no row
changed). It stands in front of the application, which a kept page never enters; bounded memory, one a
process.

Only for readers without a session: who is signed in, follows a file or has a message waiting is
answered anew, and a page that begins a session (a form's token) is never kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from threading import Lock
from typing import Any

from cachetools import LRUCache
from flask import Flask, make_response, request
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from feedback.core import clock
from feedback.core.db import connection, db
from feedback.core.reading import WISHES
from feedback.pagecache.packing import ENCODED, accepts, is_text, pack, shrinks
from feedback.pagecache.queries import Versions, versions, versions_now

Key = tuple[str, ...]
View = Callable[..., Any]
Environ = dict[str, Any]
ASKED, MADE_OF = "feedback.page_asked", "feedback.made_of"
# without the sign behind them: "__Host-staff =…" is read as the same cookie
PRIVATE = ("__Host-staff", "__Host-session", "__Host-resident")


@dataclass(frozen=True, slots=True)
class Kept:
    """One made page, the names that it is made of, and the versions that held when its making began."""

    names: Sequence[str]
    made_of: Versions
    body: bytes
    packed: bytes  # the same, smaller; empty where that is not worth it
    mark: str  # what both forms' ETags have in common
    headers: list[tuple[str, str]]

    def form(self, environ: Environ) -> tuple[bytes, list[tuple[str, str]]]:
        """The body and headers for the browser of this request."""
        if self.packed and accepts(environ):
            return self.packed, [*self.headers, ENCODED, ("ETag", f'"{self.mark}-gz"')]
        return self.body, [*self.headers, ("ETag", f'"{self.mark}"')]


class PageCache:
    """A WSGI application in front of the real one. The least recently used pages leave first."""

    def __init__(self, application: Any, engine: Engine, max_bytes: int) -> None:
        self._application = application
        self._engine = engine
        self._lock = Lock()
        self._pages: LRUCache[Key, Kept] = LRUCache(
            max_bytes, getsizeof=lambda kept: len(kept.body) + len(kept.packed)
        )

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self._application(environ, start_response)  # type: ignore[no-any-return]
        with self._lock:
            kept = self._pages.get(key)
        if kept is None or not self._holds(kept):
            return self._make(key, environ, start_response)
        body, headers = kept.form(environ)
        if kept.mark in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", headers)
            return []
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def _holds(self, kept: Kept) -> bool:
        try:
            return versions_now(self._engine, kept.names) == kept.made_of
        except (DBAPIError, self._engine.dialect.loaded_dbapi.Error):
            return False  # the application knows how to say that the database is away

    def _make(self, key: Key, environ: Environ, start_response: Any) -> Iterable[bytes]:
        said: list[Any] = []
        environ[ASKED] = True
        answer = self._application(environ, lambda *given: said.append(given))
        if MADE_OF not in environ and not is_text(said[0][1]):
            start_response(*said[0])
            return answer  # a file, perhaps a large one, goes on piece by piece
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = said[0][0], said[0][1]
        if not _sets_cookie(headers):
            if MADE_OF in environ and status.startswith("200"):
                body, headers = self._keep(key, environ[MADE_OF], headers, body).form(environ)
            elif accepts(environ) and shrinks(headers, body):
                body, headers = pack(body), [*headers, ENCODED]
            headers = [*_but_length(headers), ("Content-Length", str(len(body)))]
        start_response(status, headers, *said[0][2:])
        return [body]

    def _keep(
        self, key: Key, made: tuple[Sequence[str], Versions], headers: list[Any], body: bytes
    ) -> Kept:
        mark = blake2b(body, digest_size=12).hexdigest()
        packed = pack(body) if shrinks(headers, body) else b""
        # the same for everybody, whatever other cookie its first reader had
        own = [(n, "no-cache" if n.lower() == "cache-control" else v) for n, v in headers]
        kept = Kept(*made, body, packed, mark, _but_length(own))
        with self._lock:
            if len(body) + len(packed) <= self._pages.maxsize:
                self._pages[key] = kept
        return kept


def init(app: Flask, max_bytes: int) -> None:
    """Put the cache in front of the application; with no bytes to fill there is none."""
    if max_bytes:
        with app.app_context():
            engine = db.engine
        app.wsgi_app = PageCache(app.wsgi_app, engine, max_bytes)  # type: ignore[method-assign]


def cached(
    names: Callable[..., Sequence[str]], *, args: Sequence[str] = ()
) -> Callable[[View], View]:
    """Let the page of this view be kept. ``names(**view_args)`` are the versions that it is made of;
    ``args`` the query's parameters that may vary: a request with others is answered anew."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(**values: Any) -> Any:
            if ASKED not in request.environ or not set(request.args) <= set(args):
                return view(**values)
            asked = names(**values)
            # before the page is made: what changes meanwhile makes the page old at once
            made_of = versions(connection(), asked)
            response = make_response(view(**values))
            request.environ[MADE_OF] = (asked, made_of)
            return response

        return answer

    return decorate


def _key(environ: Environ) -> Key | None:
    """Where the page is found; None for a request whose answer is nobody else's."""
    cookies = environ.get("HTTP_COOKIE", "")
    if environ["REQUEST_METHOD"] != "GET" or any(name in cookies for name in PRIVATE):
        return None
    if environ.get("SCRIPT_NAME"):  # it begins every link of the page
        return None
    address = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    wishes = (wish.of(environ) for wish in WISHES)
    return environ.get("HTTP_HOST", ""), *address, *wishes, clock.today().isoformat()


def _but_length(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() != "content-length"]


def _sets_cookie(headers: Iterable[tuple[str, str]]) -> bool:
    return any(name.lower() == "set-cookie" for name, _value in headers)
