"""Reading a plan document that somebody uploaded, in a child process (core/isolated.py)."""

from __future__ import annotations

import json
from typing import Any

from feedback.core import isolated
from feedback.importer.errors import NotAPlan


def parse_isolated(data: bytes, name: str) -> dict[str, Any]:
    """The read document as a dict (PlanDocument.as_dict). Raises NotAPlan, also past the limits."""
    try:
        found: dict[str, Any] = json.loads(isolated.run("feedback.importer.parse", name, data=data))
    except (isolated.PastLimits, ValueError) as error:
        raise NotAPlan("limits") from error
    if "error" in found:
        raise NotAPlan(found["error"])
    return found
