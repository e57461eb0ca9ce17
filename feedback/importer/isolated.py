"""Reading a plan document that somebody uploaded, in a child process (core/isolated.py)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from feedback.core import isolated
from feedback.importer.errors import NotAPlan
from feedback.importer.parse import PAGE_MARK

# scanned pages take their time, and nobody waits for them within a request (views/aside.py); everything else ends
# with the child's own 10 s
PICTURE_SECONDS = 300


def parse_isolated(
    data: bytes, name: str, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """The read document as a dict (PlanDocument.as_dict). Raises NotAPlan, also past the limits.

    ``progress`` hears how many pages of how many are read (PDF only).
    """

    def told(line: str) -> None:
        done, _slash, all_pages = line.removeprefix(PAGE_MARK).partition("/")
        if progress is not None and line.startswith(PAGE_MARK):
            progress(int(done), int(all_pages))

    is_pdf = name.lower().endswith(".pdf")
    seconds = PICTURE_SECONDS if is_pdf else isolated.WALL_SECONDS
    turn = isolated.LONG if is_pdf else isolated.SHORT
    try:
        written = isolated.run(
            "feedback.importer.parse", name, data=data, told=told, seconds=seconds, turn=turn
        )
        found: dict[str, Any] = json.loads(written)
    except (isolated.PastLimits, ValueError) as error:
        raise NotAPlan("limits") from error
    if "error" in found:
        raise NotAPlan(found["error"])
    return found
