"""How far a group of items is: its children, each by its weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """Percent of a whole; what has no report counts as nothing done, and ``silent`` says how many."""

    percent: int
    parts: int
    silent: int


def shares(
    children: Mapping[int | None, Sequence[int]],
    known: Mapping[int, int | None],
    weights: Mapping[int, int],
) -> dict[int | None, Share]:
    """The share of every parent. ``children``: parent → its items; ``known``: task → percent or None where
    nothing was reported; ``weights``: item → weight, 1 where none is set. The key None is the whole plan."""
    found: dict[int | None, Share] = {}

    def of(item: int | None) -> tuple[float, int, int]:
        if item is not None and item in known:
            reported = known[item]
            return float(reported or 0), 1, int(reported is None)
        below = [(weights.get(child, 1), *of(child)) for child in children.get(item, ())]
        below = [one for one in below if one[2]]
        total = sum(weight for weight, *_rest in below)
        if not total:
            return 0.0, 0, 0
        percent = sum(weight * value for weight, value, *_rest in below) / total
        parts, silent = sum(one[2] for one in below), sum(one[3] for one in below)
        found[item] = Share(round(percent), parts, silent)
        return percent, parts, silent

    of(None)
    return found
