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
class Frame:
    """Where the plot lies in its drawing. Every word stands outside of it: values and months below, ticks
    to the left, so that none can meet a line, whatever the numbers are.
    """

    left: float
    right: float
    top: float
    bottom: float

    def x(self, place: int, number: int) -> float:
        """The middle of one of ``number`` columns of equal width."""
        return round(self.left + (self.right - self.left) * (place + 0.5) / max(number, 1), 1)

    def y(self, value: float, most: float) -> float:
        return round(self.bottom - (self.bottom - self.top) * min(value, most) / most, 1)


@dataclass(frozen=True)
class Tick:
    """A line across the plot; without a label where that of the reference line is too near."""

    value: int
    y: float
    has_label: bool


@dataclass(frozen=True)
class Scale:
    """Ticks from zero to ``most``, and the reference line where there is one."""

    most: int
    ticks: Sequence[Tick]
    reference: Tick | None


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


LABEL = 13.0  # the height of a label: nearer ones would touch


def scale(values: Sequence[float], frame: Frame, *, reference: int | None = None) -> Scale:
    """Whole ticks, four to seven of them, that hold every value and the reference line."""
    highest = max([*values, reference or 0, 1])
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if highest <= s * 6)
    most = step * max(1, -int(-highest // step))
    mark = None if reference is None else frame.y(reference, most)
    ticks = []
    for value in range(0, most + 1, step):
        y = frame.y(value, most)
        ticks.append(Tick(value, y, mark is None or y == mark or abs(y - mark) >= LABEL))
    if reference is None or mark is None:
        return Scale(most, ticks, None)
    return Scale(most, ticks, Tick(reference, mark, all(t.value != reference for t in ticks)))


def labelled(number: int, *, most: int = 7) -> list[int]:
    """Which of so many columns carry words: the last one always, the others evenly before it."""
    every = -(-number // most)
    return [place for place in range(number) if (number - 1 - place) % every == 0]
