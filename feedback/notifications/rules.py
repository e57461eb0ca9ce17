"""Plain rules of delivery: when to try again, and what an address looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from feedback.core.text import is_mail_address

# two machines' clocks may differ by so much; what lies farther ahead was written by a clock that was wrong
AHEAD = timedelta(minutes=5)
# no worker was seen for so long: the site stood still, or its clock was set ahead; nobody can tell which
LEAP = timedelta(days=2)
CALM = timedelta(hours=1)  # so long the jobs of the clock wait then, for what they do is not undone
# more than four days in all (RFC 5321, 4.5.4.1): a mail server may be away over a long weekend
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    *[timedelta(hours=12)] * 8,
)
# how somebody of the staff learns of one kind of notice; each but the last leaves it in her inbox on the site
AT_ONCE, DAILY, SITE, NONE = "at_once", "daily", "site", "none"
WAYS = {AT_ONCE: ("inbox", "email"), DAILY: ("digest",), SITE: ("inbox",), NONE: ()}
QUIET = "quiet"  # beside the kinds in what she chose: "night" keeps the night free of mail
DIGEST_HOUR, EVENING_HOUR = 7, 18  # local time
_NUMBER = re.compile(r"\+84[0-9]{8,10}")


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after this many failed attempts; None when it is time to give up."""
    return BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None


def way_of(
    kind: str, chosen: Mapping[str, str] | None, *, usual: str, owed: bool, hour: int
) -> str:
    """How she learns of it at this hour of the day: what she chose, else what is usual. What is owed
    stands on the site at least; in her quiet hours mail waits for the digest of the morning."""
    way = (chosen or {}).get(kind, usual)
    if way not in WAYS or (owed and way == NONE):
        way = usual
    if way == AT_ONCE and is_quiet(chosen, hour):
        return DAILY
    return way


def is_quiet(chosen: Mapping[str, str] | None, hour: int) -> bool:
    """Did she ask for no mail at this hour?"""
    return bool((chosen or {}).get(QUIET)) and not DIGEST_HOUR <= hour < EVENING_HOUR


def one_address(text: str) -> str:
    """The address, if it is exactly one. Raises ValueError: a list or a line end could reach others."""
    if not is_mail_address(text):
        raise ValueError("not one e-mail address")
    return text


def one_number(text: str) -> str:
    """The number, if it is exactly one, as +84… Raises ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError("not one telephone number")
    return text


def one_line(text: str) -> str:
    """The text, if it is one line. Raises ValueError: a line end could add a header."""
    if any(ord(c) < 32 or c in "\x7f\x85\u2028\u2029" for c in text):
        raise ValueError("a line end in a header")
    return text
