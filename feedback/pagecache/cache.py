"""``@cached``: the page as it was made before, if nothing that it was made from has changed since.

Never wrong, because nothing is forgotten after a time: each look asks the database which versions hold
now (one statement) and compares. The key has what else a page depends on: address, language, and the
day in Viet Nam ("7 working days left" changes at midnight with no row changed). Bounded memory, one
cache a process, no store of its own beside the database.

Only for readers who are not signed in and have no message waiting; a page that begins a session (a
form's token) is never kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from threading import Lock
from typing import Any

from cachetools import LRUCache
from flask import Flask, Response, current_app, make_response, request, session

from feedback.core import clock
from feedback.core.db import db
from feedback.core.permissions import current_person
from feedback.core.words import language
from feedback.pagecache.queries import Versions, versions

Key = tuple[str, str, str, str]
View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One made page, and the versions that held when its making began."""

    made_of: Versions
    body: bytes
    etag: str
    mimetype: str


class PageCache:
    """The least recently used pages leave first; shared by the threads of one process."""

    def __init__(self, max_bytes: int) -> None:
        self._lock = Lock()
        self._pages: LRUCache[Key, Kept] = LRUCache(
            max_bytes, getsizeof=lambda kept: len(kept.body)
        )

    def find(self, key: Key) -> Kept | None:
        with self._lock:
            return self._pages.get(key)

    def keep(self, key: Key, kept: Kept) -> None:
        with self._lock:
            if len(kept.body) <= self._pages.maxsize:
                self._pages[key] = kept


def init(app: Flask, max_bytes: int) -> None:
    """Give the application its cache; with no bytes to fill there is none."""
    if max_bytes:
        app.extensions["feedback.pagecache"] = PageCache(max_bytes)


def cached(
    names: Callable[..., Sequence[str]], *, args: Sequence[str] = ()
) -> Callable[[View], View]:
    """Keep what this view answers. ``names(**view_args)`` are the versions that it is made of;
    ``args`` the query's parameters that may vary, a request with others is answered anew."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(**values: Any) -> Any:
            pages: PageCache | None = current_app.extensions.get("feedback.pagecache")
            if pages is None or not _may_be_shared(args):
                return view(**values)
            key = _key()
            made_of = versions(db.session.connection(), names(**values))
            kept = pages.find(key)
            if kept is None or kept.made_of != made_of:
                response = make_response(view(**values))
                if response.status_code != 200 or session.modified:
                    return response
                kept = _kept(made_of, response)
                pages.keep(key, kept)
            return _answer(kept)

        return answer

    return decorate


def _may_be_shared(args: Sequence[str]) -> bool:
    if not set(request.args) <= set(args):
        return False
    return current_person() is None and "_flashes" not in session


def _key() -> Key:
    query = request.query_string.decode("latin-1")
    return request.path, query, language(), clock.today().isoformat()


def _kept(made_of: Versions, response: Response) -> Kept:
    body = response.get_data()
    etag = blake2b(body, digest_size=12).hexdigest()
    return Kept(made_of, body, etag, response.mimetype or "text/html")


def _answer(kept: Kept) -> Response:
    if kept.etag in request.if_none_match:
        response = Response(status=304)
    else:
        response = Response(kept.body, mimetype=kept.mimetype)
    response.set_etag(kept.etag)
    return response
