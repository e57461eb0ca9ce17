"""A table of bodies: one line each, the sum, and the order of the lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from feedback.monitoring.rules.medians import Median, median
from feedback.monitoring.rules.rates import Rate

Row = TypeVar("Row")
NAME = "name"
MEDIAN = "median_days"
NOWHERE = "none"  # the line of files that name no commune: no body, so it is never in the order


@dataclass(frozen=True)
class Cell:
    """Counts of one body's files that were sent in one month."""

    body_id: int
    month: date
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """Counts of one body (or of all, with an empty ``code``) over the whole period.

    ``days`` says how many answered files took how many working days.
    """

    code: str
    name: str
    folded: str
    counts: Mapping[str, int]
    days: Mapping[int, int] = field(default_factory=dict)

    def __getitem__(self, count: str) -> int:
        return self.counts[count]

    def rate(self, part: str, whole: str) -> Rate:
        return Rate(self.counts[part], self.counts[whole])

    @cached_property
    def median(self) -> Median:
        return median(self.days)


def add(cells: Iterable[Mapping[str, int]], names: Sequence[str]) -> dict[str, int]:
    """The sum of each count; zeros when there is nothing to add."""
    sums = dict.fromkeys(names, 0)
    for counts in cells:
        for name in names:
            sums[name] += counts[name]
    return sums


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """So many of all lines as a phone shows at once; ``number`` counts from 1."""

    number: int
    numbers: int
    lines: Sequence[Row]


def leaf(lines: Sequence[Row], wanted: str, *, most: int) -> Leaf[Row]:
    """The wanted part of the lines; the first one for a number that there is not."""
    numbers = max(1, -(-len(lines) // most))
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 1
    number = number if 1 <= number <= numbers else 1
    return Leaf(number, numbers, lines[(number - 1) * most : number * most])


def arrange(
    lines: Iterable[Line],
    by: str,
    ratios: Mapping[str, tuple[str, str]],
    *,
    descending: bool,
) -> list[Line]:
    """Lines in order of a count, a rate, the median or the name; equal ones by name.

    ``ratios`` maps a rate to its part and whole. By rate or median, bodies with too few files to
    compare come last, by name and not by value. What is no body comes after all of them.
    """
    named = sorted(lines, key=lambda line: (line.folded, line.code))
    bodies = [line for line in named if line.code != NOWHERE]
    rest = [line for line in named if line.code == NOWHERE]
    if by == NAME:
        return (bodies[::-1] if descending else bodies) + rest
    is_comparable, value = _measure(by, ratios)
    enough = [line for line in bodies if is_comparable(line)]
    few = [line for line in bodies if not is_comparable(line)]
    enough.sort(key=lambda line: value(line) * (-1 if descending else 1))
    return enough + few + rest


def _measure(
    by: str, ratios: Mapping[str, tuple[str, str]]
) -> tuple[Callable[[Line], bool], Callable[[Line], float]]:
    """Whether a line may be ranked by a column, and its value there."""
    if by == MEDIAN:
        return lambda line: line.median.is_comparable, lambda line: line.median.half_days or 0
    if by in ratios:
        part, whole = ratios[by]
        return (
            lambda line: line.rate(part, whole).is_comparable,
            lambda line: line[part] / line[whole],
        )
    return lambda line: True, lambda line: line[by]
