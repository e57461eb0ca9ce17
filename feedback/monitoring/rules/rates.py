"""Shares, and when there are too few files to compare."""

from __future__ import annotations

from dataclasses import dataclass

ENOUGH = 20  # under this many files nobody is ranked


@dataclass(frozen=True)
class Rate:
    """``part`` of ``whole``; no percentage where there is no whole."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 % means all of them."""
        return self.part * 100 // self.whole if self.whole else None

    @property
    def is_comparable(self) -> bool:
        return self.whole >= ENOUGH
