"""The name that somebody gave a file: shown back to her and to staff, used for nothing else."""

from __future__ import annotations

import re

from feedback.core.text import clean_line, cut

KEPT_CHARS = 200
_PATH = re.compile(r"[/\\]+")


def clean_name(raw: str | None) -> str:
    """One line, NFC, no path, nothing invisible, not endless; empty if nothing is left."""
    last = _PATH.split(raw or "")[-1]
    return cut(clean_line(last), KEPT_CHARS)
