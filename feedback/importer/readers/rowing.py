"""Lines of a table cut into cells → its rows: where one row ends and the next one begins."""

from __future__ import annotations

import re

Cells = list[str]
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|[A-H]|[a-zđ])[.)]{0,2}")
WIDER = 1.22  # lines further apart than so much of the usual step part rows


def rows_of(lines: list[Cells], tops: list[float], heights: list[float], number: int | None, task: int, *, going_on: bool) -> list[Cells]:  # fmt: skip
    """``tops``: where each line stands; ``number``, ``task``: the columns of numbers and of tasks.

    ``going_on``: the first lines may still be of the row before (on the page before).
    """
    labelled = [
        at
        for at, cells in enumerate(lines)
        if number is not None and _LABEL.fullmatch(cells[number])
    ]
    starts = _by_gaps(lines, tops, heights, labelled, number is not None)
    if starts is None and number is None:
        starts = [at for at, cells in enumerate(lines) if _begins(lines, at, task)]
    elif starts is None and labelled and labelled[0] > 0 and not going_on:
        starts = _by_middles(tops, heights, labelled)
    elif starts is None:
        starts = labelled
    found: list[Cells] = []
    for at, cells in enumerate(lines):
        if at in starts or not found:
            found.append([""] * len(cells))
        found[-1] = [
            f"{a}\n{b}" if a and b else a or b for a, b in zip(found[-1], cells, strict=True)
        ]
    return found


def pitch_of(tops: list[float], heights: list[float]) -> float:
    """How far apart lines of one cell usually stand."""
    steps = [b - a for a, b in zip(tops, tops[1:], strict=False)]
    usual = sorted(step for step in steps if step > 0.8 * min(heights))
    return usual[len(usual) // 4] if usual else 1.2 * max(heights)


def _by_gaps(lines: list[Cells], tops: list[float], heights: list[float], labelled: list[int], numbered: bool) -> list[int] | None:  # fmt: skip
    """Rows parted by wider steps, where each part then has one number; None where it has not."""
    if len(tops) < 2:
        return None
    steps = [b - a for a, b in zip(tops, tops[1:], strict=False)]
    pitch = pitch_of(tops, heights)
    starts = [0] + [at + 1 for at, step in enumerate(steps) if step > WIDER * pitch]
    if len(starts) < 2:
        return None
    if not numbered:
        return starts
    ends = [*starts[1:], len(tops)]
    counts = [
        sum(start <= at < end for at in labelled) for start, end in zip(starts, ends, strict=True)
    ]
    if any(count > 1 for count in counts) or sum(counts) < 0.6 * len(counts):
        return None
    # a row whose number was not read fills its columns as the others do
    return [at for at, count in zip(starts, counts, strict=True) if count or _is_whole(lines[at])]


def _is_whole(cells: Cells) -> bool:
    return sum(bool(cell) for cell in cells) * 4 >= 3 * len(cells)


def _by_middles(tops: list[float], heights: list[float], labelled: list[int]) -> list[int]:
    """Numbers in the middle of their rows: a row goes as far below its number as above it."""
    starts, start = [0], 0
    for at in labelled[:-1]:
        end = 2 * tops[at] - tops[start] + 0.4 * heights[at]
        start = next((n for n in range(at + 1, len(tops)) if tops[n] > end), len(tops) - 1)
        starts.append(start)
    return starts


def _begins(lines: list[Cells], at: int, task: int) -> bool:
    """Without numbers: a line with most of the columns, whose task begins with a capital letter."""
    filled = sum(bool(cell) for cell in lines[at])
    return lines[at][task][:1].isupper() and filled * 2 > len(lines[at])
