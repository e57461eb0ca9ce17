"""Identifiers that cannot be guessed: 80 random bits in Crockford's base 32."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import current_app

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
CODE_PREFIX = "TN"
_READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})


def public_id() -> str:
    """16 characters that name a row in an address."""
    number = secrets.randbits(80)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))


def tracking_code() -> str:
    """A resident's secret, ``TN-XXXX-XXXX-XXXX-XXXX``; only its keyed hash is stored."""
    body = public_id().upper()
    return "-".join([CODE_PREFIX, *(body[i : i + 4] for i in range(0, 16, 4))])


def normalise_code(text: str) -> str:
    """What was typed, read kindly (o→0, i→1, spaces or dashes anywhere); empty if no code at all."""
    body = "".join(c for c in text.casefold().strip() if c.isalnum())
    body = body.removeprefix(CODE_PREFIX.lower()).translate(_READ_AS)
    if len(body) != 16 or any(c not in ALPHABET for c in body):
        return ""
    return "-".join([CODE_PREFIX, *(body[i : i + 4].upper() for i in range(0, 16, 4))])


def keyed_hash(text: str, purpose: str) -> str:
    """HMAC-SHA256 under the site's secret, apart for each purpose; 64 hex characters."""
    key = hashlib.sha256(f"{purpose}\0{current_app.config['SECRET_KEY']}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def secret_token() -> str:
    """A random token of 256 bits for cookies and one-use links."""
    return secrets.token_urlsafe(32)
