"""What looks like a telephone number of Viet Nam."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[ .()-]")
_NUMBER = re.compile(r"(?:\+?84|0)?\d{8,10}", re.ASCII)
MAX_CHARS = 20


def is_telephone(text: str) -> bool:
    """Digits in the usual grouping: 0912 345 678, (0276) 382.2233, +84 912 345 678."""
    digits = _MARKS.sub("", text)
    return len(text) <= MAX_CHARS and bool(_NUMBER.fullmatch(digits))
