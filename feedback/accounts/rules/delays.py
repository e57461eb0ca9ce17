"""Delays in place of locks: each failure past the free ones doubles the wait, up to a bound.

A lock would let anybody shut an officer out by typing her address; a bounded delay does not, and still
leaves a guesser a few hundred tries a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """``free`` failures within ``window`` cost nothing; then ``first`` seconds, doubled up to ``most``."""

    free: int
    first: int
    most: int
    window: timedelta


LIMITS = {
    # of a password: for one address, and for one network whatever the address
    "password": Limit(free=5, first=2, most=60, window=timedelta(hours=1)),
    "password_network": Limit(free=20, first=2, most=60, window=timedelta(hours=1)),
    # of a second factor: who comes here knows the password, so the bound is high
    "totp": Limit(free=4, first=5, most=900, window=timedelta(hours=24)),
    # one-time codes asked for: each sends a mail to an address that anybody can type
    # (33 a day at most for one address, five tries each: a guesser wins once in 6,000 days)
    "mail": Limit(free=3, first=60, most=3600, window=timedelta(hours=24)),
    "mail_network": Limit(free=10, first=30, most=600, window=timedelta(hours=1)),
    # the same by text message, which costs money
    "sms": Limit(free=2, first=120, most=7200, window=timedelta(hours=24)),
    "sms_network": Limit(free=10, first=60, most=1800, window=timedelta(hours=1)),
    # files sent along: each is drawn anew in a child process; a village hall or a school shares one line
    "upload_network": Limit(free=60, first=5, most=120, window=timedelta(hours=1)),
    # to support a petition: a whole village meets, and shares one line
    "support_network": Limit(free=100, first=5, most=60, window=timedelta(hours=1)),
}


def seconds_after(failures: int, limit: Limit) -> int:
    """How long to wait after this many failures."""
    over = failures - limit.free
    if over < 0:
        return 0
    return min(limit.first << min(over, 20), limit.most)
