"""Where the pieces of a bar and the points of a line stand, in the units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 1.0


@dataclass(frozen=True)
class Piece:
    name: str
    x: float
    width: float


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    percent: int
    is_peak: bool  # higher than its neighbours on the whole: its label stands above the line


def pieces(parts: Sequence[tuple[str, int]], *, width: float) -> list[Piece]:
    """A bar cut in proportion to the numbers; what is zero has no piece, a gap parts the others."""
    present = [(name, number) for name, number in parts if number > 0]
    total = sum(number for _name, number in present)
    room = width - GAP * max(len(present) - 1, 0)
    found, x = [], 0.0
    for name, number in present:
        share = room * number / total
        found.append(Piece(name, round(x, 1), round(share, 1)))
        x += share + GAP
    return found


def points(
    percents: Sequence[int | None],
    *,
    left: float,
    right: float,
    top: float,
    bottom: float,
) -> list[Point | None]:
    """One place for each value from 0 to 100, evenly apart; nothing where there is no value."""
    step = (right - left) / max(len(percents) - 1, 1)
    return [
        None
        if percent is None
        else Point(
            round(left + step * number, 1),
            round(bottom - (bottom - top) * percent / 100, 1),
            percent,
            _is_peak(percents, number),
        )
        for number, percent in enumerate(percents)
    ]


def _is_peak(percents: Sequence[int | None], number: int) -> bool:
    near = [
        percents[place]
        for place in (number - 1, number + 1)
        if 0 <= place < len(percents) and percents[place] is not None
    ]
    return (percents[number] or 0) * len(near) >= sum(value or 0 for value in near)
