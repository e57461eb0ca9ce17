"""Ruled lines and words of a page → tables: which words stand in which cell."""

from __future__ import annotations

from dataclasses import dataclass, field

NEAR = 3.5  # points: lines as near as this are one
MAX_CELLS = 4000
HEADING_ROWS = 2  # in these a cell over several columns is a heading of each


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Segment:
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_level(self) -> bool:
        return abs(self.y0 - self.y1) < 1.5 and abs(self.x0 - self.x1) > 6

    @property
    def is_upright(self) -> bool:
        return abs(self.x0 - self.x1) < 1.5 and abs(self.y0 - self.y1) > 6


@dataclass
class Grid:
    """One table: the places of its lines, and the words within."""

    xs: list[float]
    ys: list[float]
    level: list[Segment]
    upright: list[Segment]
    words: list[Word] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.ys[0]

    def cells(self) -> tuple[list[list[str]], frozenset[tuple[int, int]]]:
        """The words of each cell; one over several rows stands in each, and is said to be merged."""
        height, width = len(self.ys) - 1, len(self.xs) - 1
        heads = self._heads(height, width)
        inside: dict[tuple[int, int], list[Word]] = {}
        for word in self.words:
            row, column = _place(self.ys, word.middle), _place(self.xs, word.centre)
            inside.setdefault(heads[row][column], []).append(word)
        rows, merged = list[list[str]](), set[tuple[int, int]]()
        for row in range(height):
            texts = []
            for column in range(width):
                head = heads[row][column]
                beside = head[1] != column and row >= HEADING_ROWS
                texts.append("" if beside else _text(inside.get(head, [])))
                if head[0] != row:
                    merged.add((row, column))
            rows.append(texts)
        return rows, frozenset(merged)

    def _heads(self, height: int, width: int) -> list[list[tuple[int, int]]]:
        """For each place of the grid the first place of its cell."""
        heads = [[(row, column) for column in range(width)] for row in range(height)]
        for row in range(height):
            for column in range(width):
                if column and not self._parted(self.upright, self.xs[column], row, True):
                    heads[row][column] = heads[row][column - 1]
                if row and not self._parted(self.level, self.ys[row], column, False):
                    heads[row][column] = heads[row - 1][column]
        return heads

    def _parted(self, lines: list[Segment], at: float, place: int, upright: bool) -> bool:
        """Whether a line stands at this place of the grid's row (upright) or column (level)."""
        ends = self.ys if upright else self.xs
        middle = (ends[place] + ends[place + 1]) / 2
        for line in lines:
            where = line.x0 if upright else line.y0
            low, high = sorted((line.y0, line.y1) if upright else (line.x0, line.x1))
            if abs(where - at) <= NEAR and low - NEAR <= middle <= high + NEAR:
                return True
        return False


def find_tables(segments: list[Segment], words: list[Word]) -> list[Grid]:
    """Lines that touch each other and make at least two columns."""
    found: list[Grid] = []
    for group in _touching(segments):
        level = [s for s in group if s.is_level]
        upright = [s for s in group if s.is_upright]
        xs = _places([x for s in upright for x in (s.x0, s.x1)])
        ys = _places([y for s in level for y in (s.y0, s.y1)])
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MAX_CELLS:
            continue
        grid = Grid(xs, ys, level, upright)
        grid.words = [
            w for w in words if xs[0] <= w.centre <= xs[-1] and ys[0] <= w.middle <= ys[-1]
        ]
        if grid.words:
            found.append(grid)
    return found


def _touching(segments: list[Segment]) -> list[list[Segment]]:
    """Groups of lines that meet: those whose boxes, in the order of height, overlap."""
    groups: list[list[Segment]] = []
    lowest = -1e9
    for segment in sorted(segments, key=lambda s: min(s.y0, s.y1)):
        if groups and min(segment.y0, segment.y1) <= lowest + NEAR:
            groups[-1].append(segment)
        else:
            groups.append([segment])
            lowest = -1e9
        lowest = max(lowest, segment.y0, segment.y1)
    return [group for group in groups if any(s.is_upright for s in group)]


def _places(values: list[float]) -> list[float]:
    """Where lines stand, those near each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _place(ends: list[float], value: float) -> int:
    for at in range(len(ends) - 2):
        if value < ends[at + 1]:
            return at
    return len(ends) - 2


def _text(words: list[Word]) -> str:
    """Words of a cell as lines."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.left)):
        if lines and word.middle - lines[-1][-1].middle < 0.5 * max(word.height, 4.0):
            lines[-1].append(word)
        else:
            lines.append([word])
    return "\n".join(" ".join(w.text for w in sorted(line, key=lambda w: w.left)) for line in lines)
