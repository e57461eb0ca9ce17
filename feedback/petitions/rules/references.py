"""How people name a file: by its number, or by the address of its public page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# nine digits at most: a longer count fits no key
_NUMBER = re.compile(r"TN\s?([0-9]{2})\s?[-–]?\s?([0-9]{1,9})", re.IGNORECASE)
# what staff type in haste: 123, 26-123, TN26-000123
_SHORT = re.compile(r"(?:(?:TN\s?)?([0-9]{2})\s?[-–]\s?)?([0-9]{1,9})", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:(?:https?://)?([^/\s]+))?/petitions/([a-z0-9]{16})/?(?:[?#]\S*)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Reference:
    """Either the number's year (two digits) and count, or the public id of an address."""

    year: int = 0
    count: int = 0
    public_id: str = ""


def write_reference(count: int, submitted_on: date) -> str:
    """The number that staff and papers use: ``TN26-000123``."""
    return f"TN{submitted_on:%y}-{count:06d}"


def parse_reference(typed: str, *, hosts: frozenset[str]) -> Reference | None:
    """What was meant by ``TN26-000123`` or ``https://site/petitions/…``; None for anything else, an
    address of another site included."""
    number = _NUMBER.fullmatch(typed.strip())
    if number:
        return Reference(year=int(number[1]), count=int(number[2]))
    page = _PAGE.fullmatch(typed.strip())
    if page is None or (page[1] and page[1].lower() not in hosts):
        return None
    return Reference(public_id=page[2].lower())


def parse_number(typed: str) -> Reference | None:
    """What a member of staff means by ``123``, ``26-123`` or ``TN26-000123``; the year is 0 where she
    left it out. None for anything else."""
    typed = typed.strip()
    found = _NUMBER.fullmatch(typed) or _SHORT.fullmatch(typed)
    return Reference(year=int(found[1] or 0), count=int(found[2])) if found else None
