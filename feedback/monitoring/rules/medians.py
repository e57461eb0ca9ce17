"""The middle of a set of whole numbers of days, from how often each one occurs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback.monitoring.rules.rates import ENOUGH

MOST = 60  # the last place of a histogram: so many days, or more


@dataclass(frozen=True)
class Median:
    """The median of ``number`` values, in half days: it may lie halfway between two of them.

    With ``at_least`` a value that counts was cut at MOST: the true median is not lower.
    """

    number: int
    half_days: int | None = None
    at_least: bool = False

    @property
    def days(self) -> float | None:
        return None if self.half_days is None else self.half_days / 2

    @property
    def is_comparable(self) -> bool:
        return self.number >= ENOUGH


def median(histogram: Mapping[int, int]) -> Median:
    """With an odd number of values the one in the middle, else halfway between the two in the middle.

    The same as MEDIAN of a spreadsheet, so that anyone can check it on the files listed.
    """
    number = sum(histogram.values())
    if not number:
        return Median(0)
    lower, upper = _at(histogram, (number - 1) // 2), _at(histogram, number // 2)
    return Median(number, lower + upper, upper >= MOST)


def _at(histogram: Mapping[int, int], place: int) -> int:
    """The value that stands at a place (from 0) when all are put in order."""
    for value in sorted(histogram):
        place -= histogram[value]
        if place < 0:
            return value
    raise ValueError("no such place")


def merged(histograms: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """The histogram of all values together: medians cannot be added, histograms can."""
    sums: dict[int, int] = {}
    for histogram in histograms:
        for value, number in histogram.items():
            sums[value] = sums.get(value, 0) + number
    return sums
