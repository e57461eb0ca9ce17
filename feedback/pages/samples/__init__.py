"""What the style page shows: invented values in every state that a component knows. No query."""

from __future__ import annotations

from typing import Any

from feedback.pages.samples import desk, finding, general, phone, progress, reading


def shown() -> dict[str, Any]:
    """By the names under which the style page has them."""
    rooms = (general, phone, desk, progress, finding, reading)
    return {name: value for room in rooms for name, value in room.shown().items()}
