"""What can be a comment, and why one may be kept from the public. Codes only; the words stand elsewhere."""

from __future__ import annotations

import re

from feedback.core.text import clean, word_count

MIN_CHARS = 2
MIN_WORDS = 3
MAX_CHARS = 2000
MAX_NAME = 80
MAX_REASON_WORDS = 500

# why a moderator keeps a comment from the public
HIDE_REASONS = ("private_data", "insulting", "accusation", "off_topic", "advertising")

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{12}(?!\d)")
_MAIL = re.compile(r"\S+@\S+\.\S+")


def problem_of(text: str) -> str:
    """What stands in the way of this comment: a code, or "" when nothing does.

    Invisible characters do not count, so a text made of them alone is empty.
    """
    seen = clean(text)
    if not seen:
        return "empty"
    if len(seen) > MAX_CHARS:
        return "too_long"
    if _LINK.search(seen) and word_count(_LINK.sub(" ", seen)) < MIN_WORDS:
        return "only_links"
    if len(seen) < MIN_CHARS or word_count(seen) < MIN_WORDS:
        return "too_short"
    return ""


def signs_in(text: str) -> tuple[str, ...]:
    """What a moderator should look at twice: link, mail, phone, identity (a number of 12 digits)."""
    looked_for = {"link": _LINK, "mail": _MAIL, "phone": _PHONE, "identity": _IDENTITY}
    return tuple(code for code, pattern in looked_for.items() if pattern.search(text))
