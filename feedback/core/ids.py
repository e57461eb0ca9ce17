"""Identifiers that cannot be guessed: 80 random bits in Crockford's base 32."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from flask import current_app
from werkzeug.routing import IntegerConverter, Map

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]  # two characters for each ten bits
_SHIFTS = range(70, -1, -10)
CODE_PREFIX = "TN"
LARGEST_KEY = 2**31 - 1
_READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})


class KeyConverter(IntegerConverter):
    """``<int:…>`` in an address: a row's key. A larger number names nothing (404), and is never asked
    of PostgreSQL, which refuses it as an integer."""

    def __init__(self, of: Map, **options: Any) -> None:
        super().__init__(of, **{"max": LARGEST_KEY, **options})


def public_id() -> str:
    """16 characters that name a row in an address."""
    return spell(secrets.randbits(80))


def spell(number: int) -> str:
    """The last 80 bits of a number as 16 characters."""
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def normalise_code(text: str, *, prefix: str = CODE_PREFIX) -> str:
    """What was typed, read kindly (o→0, i→1, spaces or dashes anywhere); empty if no code at all."""
    body = "".join(c for c in text.casefold().strip() if c.isalnum())
    body = body.removeprefix(prefix.lower()).translate(_READ_AS)
    if len(body) != 16 or any(c not in ALPHABET for c in body):
        return ""
    return _grouped(body.upper(), prefix)


def keyed_hash(text: str, purpose: str) -> str:
    """HMAC-SHA256 under the site's secret, apart for each purpose; 64 hex characters."""
    key = hashlib.sha256(f"{purpose}\0{current_app.config['SECRET_KEY']}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def secret_token() -> str:
    """A random token of 256 bits for cookies and one-use links."""
    return secrets.token_urlsafe(32)


def code_from(
    submission_key: str, *, prefix: str = CODE_PREFIX, purpose: str = "tracking-code"
) -> str:
    """The tracking code of one submission: the same form sent twice gives the same code.

    80 bits of an HMAC under the site's secret, so the key alone tells nobody the code.
    """
    digest = int(keyed_hash(submission_key, purpose), 16)
    return _grouped(spell(digest).upper(), prefix)


def _grouped(body: str, prefix: str) -> str:
    return "-".join([prefix, *(body[i : i + 4] for i in range(0, 16, 4))])
