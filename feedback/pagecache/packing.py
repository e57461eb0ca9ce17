"""Answers made smaller on their way (gzip), where that tells nobody a secret.

Compressing a page that holds both a secret (a form's token) and words of whoever asks would let an
onlooker guess the secret from the length of many answers (BREACH). So only what is the same for everybody
is made smaller: asked without a session, and beginning none.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from typing import Any

LEAST = 1000  # bytes; below, the head of the answer weighs more than what is saved
TEXTS = (
    "text/html",
    "text/csv",
    "text/plain",
    "text/javascript",
    "application/json",
    "application/manifest+json",
    "application/atom+xml",
)
ENCODED = ("Content-Encoding", "gzip")
Headers = Iterable[tuple[str, str]]


def accepts(environ: dict[str, Any]) -> bool:
    """Does the browser of this request read gzip?"""
    said = environ.get("HTTP_ACCEPT_ENCODING", "").replace(" ", "")
    return any(word == "gzip" or word.startswith("gzip;q=0.") for word in said.split(","))


def is_text(headers: Headers) -> bool:
    """Is it a text that nobody has packed yet?"""
    own = {name.lower(): value for name, value in headers}
    kind = own.get("content-type", "").partition(";")[0]
    return kind in TEXTS and "content-encoding" not in own


def shrinks(headers: Headers, body: bytes) -> bool:
    """Is it such a text, and long enough?"""
    return len(body) >= LEAST and is_text(headers)


def pack(body: bytes) -> bytes:
    """The same bytes always give the same bytes."""
    return gzip.compress(body, 6, mtime=0)
