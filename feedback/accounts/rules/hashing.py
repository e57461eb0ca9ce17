"""argon2id, 19 MiB, two passes, one lane (OWASP's first choice): about 30 ms a password."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from feedback.accounts.rules.passwords import normalised

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

# Hash of a random word that nobody knows: an unknown address costs the same work as a known one.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "XxP0fzfU7C35pKGiuJOUlA$dQ8P+NcpOaNOFjub3BIRh+buCB0jrO6nJzGybOIwpnM"
)


def hash_password(password: str) -> str:
    return HASHER.hash(normalised(password))


def matches(stored: str | None, password: str) -> bool:
    """Is this the password? Exactly one verification, also where there is nothing to compare with."""
    try:
        return HASHER.verify(stored or NOBODY, normalised(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Was it made with weaker parameters than today's?"""
    return HASHER.check_needs_rehash(stored)
