"""The table of agencies: one line each, the sum, and the order of the lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from feedback.monitoring.rules.rates import Rate

NAME = "name"


@dataclass(frozen=True)
class Cell:
    """Counts of one agency's files that were sent in one month."""

    agency_id: int
    month: date
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """Counts of one agency (or of all, with an empty ``code``) over the whole period."""

    code: str
    name: str
    folded: str
    counts: Mapping[str, int]

    def __getitem__(self, count: str) -> int:
        return self.counts[count]

    def rate(self, part: str, whole: str) -> Rate:
        return Rate(self.counts[part], self.counts[whole])


def add(cells: Iterable[Mapping[str, int]], names: Sequence[str]) -> dict[str, int]:
    """The sum of each count; zeros when there is nothing to add."""
    sums = dict.fromkeys(names, 0)
    for counts in cells:
        for name in names:
            sums[name] += counts[name]
    return sums


def arrange(
    lines: Iterable[Line],
    by: str,
    ratios: Mapping[str, tuple[str, str]],
    *,
    descending: bool,
) -> list[Line]:
    """Lines in order of a count, a rate or the name; equal ones by name.

    ``ratios`` maps a rate to its part and whole. By rate, agencies with too few files to compare
    come last, by name and not by rate.
    """
    named = sorted(lines, key=lambda line: (line.folded, line.code))
    if by == NAME:
        return named[::-1] if descending else named
    if by not in ratios:
        return sorted(named, key=lambda line: line[by] * (-1 if descending else 1))
    part, whole = ratios[by]
    enough = [line for line in named if line.rate(part, whole).is_comparable]
    few = [line for line in named if not line.rate(part, whole).is_comparable]
    enough.sort(key=lambda line: line[part] / line[whole] * (-1 if descending else 1))
    return enough + few
