"""Is there enough in a text for an officer to act on? Codes only; the forms have the sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback.core.text import word_count

MIN_WORDS = 5
MIN_CHARS = 20
MAX_CHARS = 10_000
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Problem:
    field: str
    code: str


def check_text(title: str, text: str) -> list[Problem]:
    """What stands in the way of taking this text in; empty when nothing does."""
    problems = [] if title.strip() else [Problem("title", "title_missing")]
    if not text.strip():
        problems.append(Problem("text", "empty"))
    elif len(text) > MAX_CHARS:
        problems.append(Problem("text", "too_long"))
    elif _LINK.search(text) and word_count(_LINK.sub(" ", text)) < MIN_WORDS:
        problems.append(Problem("text", "only_links"))
    elif word_count(text) < MIN_WORDS or len(text.strip()) < MIN_CHARS:
        problems.append(Problem("text", "too_short"))
    return problems
