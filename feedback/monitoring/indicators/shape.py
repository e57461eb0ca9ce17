"""The shapes of an indicator: a number of files, the share of one in another, a middle of their days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from feedback.monitoring.indicators.facts import Condition, Facts


@dataclass(frozen=True)
class Number:
    """A number that is no share of another. ``title`` and ``definition`` are lazy sentences."""

    code: str
    title: Any
    definition: Any

    @property
    def numerator(self) -> str:
        return self.code

    @property
    def denominator(self) -> str | None:
        return None


@dataclass(frozen=True)
class Count(Number):
    """How many files meet ``condition`` on a day."""

    condition: Callable[[Facts, date], Condition]


@dataclass(frozen=True)
class Beside(Number):
    """A number of what is no file: no list of files stands behind it."""


@dataclass(frozen=True)
class Ratio:
    """The share of ``part`` in ``whole``; the files behind it are those of the whole."""

    code: str
    title: Any
    definition: Any
    part: Count
    whole: Count

    @property
    def numerator(self) -> str:
        return self.part.code

    @property
    def denominator(self) -> str | None:
        return self.whole.code

    def condition(self, facts: Facts, on: date) -> Condition:
        return self.whole.condition(facts, on)


@dataclass(frozen=True)
class Middle:
    """The median of the days that the files ``of`` took; the files behind it are those files."""

    code: str
    title: Any
    definition: Any
    of: Count

    @property
    def numerator(self) -> str:
        return self.of.code

    @property
    def denominator(self) -> str | None:
        return None

    def condition(self, facts: Facts, on: date) -> Condition:
        return self.of.condition(facts, on)


Indicator = Count | Ratio | Middle
