"""Numbers as people here type them: 1.234,5; kept exact, as text with a point before the decimals."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12}"
_HERE = re.compile(rf"({_DIGITS})(?:,([0-9]{{1,3}}))?")
_POINT = re.compile(r"([0-9]{1,12})\.([0-9]{1,3})")


def read_number(typed: str) -> str | None:
    """``1.234,5`` and ``1234.5`` are 1234.5, ``1.234`` is 1234; None for what is no such number."""
    text = "".join(typed.split())
    found = _HERE.fullmatch(text)
    if found is None:
        found = _POINT.fullmatch(text)
    if found is None:
        return None
    whole, rest = found[1].replace(".", "").lstrip("0") or "0", (found[2] or "").rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def written(value: str) -> str:
    """As people here type it, to be read by ``read_number`` again: 1234.5 is 1.234,5."""
    whole, _point, rest = value.partition(".")
    return (f"{int(whole):,}".replace(",", ".") if whole else "") + (f",{rest}" if rest else "")


def reached(value: str, number: str) -> int | None:
    """Percent of a target that a value is, at most 100; None where there is nothing to compare."""
    goal = Decimal(number or 0)
    if not value or not goal:
        return None
    return min(100, int(Decimal(value) * 100 / goal))
