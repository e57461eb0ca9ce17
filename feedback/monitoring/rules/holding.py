"""How long petitions were held as one of very many, and what became of them: arithmetic on counted rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from feedback.monitoring.rules.medians import MOST, Median, median
from feedback.petitions.rules.floods import LAID_ASIDE, TAKEN, WITHDRAWN

# each held petition is in exactly one of these
BECAME = ("held_by_proof", "held_by_person", "held_aside", "held_withdrawn", "held_waiting")


@dataclass(frozen=True)
class Heap:
    """So many that share the same facts. ``decided_on`` is None while they wait."""

    sent_on: date
    standing: str
    by_person: bool
    reason: str
    decided_on: date | None
    number: int

    @property
    def became(self) -> str:
        if self.standing == TAKEN:
            return "held_by_person" if self.by_person else "held_by_proof"
        return {LAID_ASIDE: "held_aside", WITHDRAWN: "held_withdrawn"}.get(
            self.standing, "held_waiting"
        )


@dataclass(frozen=True)
class Course:
    """What became of those that were sent in a stretch of time; ``days``: how many waited how many working days."""

    counts: Mapping[str, int]
    reasons: Mapping[str, int]
    days: Mapping[int, int]

    def __getitem__(self, code: str) -> int:
        return self.counts[code]

    @property
    def median(self) -> Median:
        cut = Counter[int]()
        for days, number in self.days.items():
            cut[min(days, MOST)] += number
        return median(cut)

    @property
    def longest(self) -> int:
        return max(self.days, default=0)


def course(heaps: Iterable[Heap], waited: Callable[[date, date | None], int]) -> Course:
    """Added up. ``waited`` counts working days from the first day to the second, or to today."""
    counts, reasons, days = (
        Counter(dict.fromkeys(("held", *BECAME), 0)),
        Counter[str](),
        Counter[int](),
    )
    for heap in heaps:
        counts["held"] += heap.number
        counts[heap.became] += heap.number
        days[max(0, waited(heap.sent_on, heap.decided_on))] += heap.number
        if heap.became == "held_aside":
            reasons[heap.reason] += heap.number
    return Course(counts, reasons, days)


@dataclass(frozen=True)
class Waiting:
    """How many are held today, whenever they were sent, and how long they have waited in working days."""

    number: int
    over_one: int
    over_two: int
    overdue: int
    longest: int


def waiting(days: Mapping[int, int], *, overdue: int) -> Waiting:
    """From how many have waited how many working days."""
    return Waiting(
        number=sum(days.values()),
        over_one=sum(number for waited, number in days.items() if waited > 1),
        over_two=sum(number for waited, number in days.items() if waited > 2),
        overdue=overdue,
        longest=max(days, default=0),
    )
