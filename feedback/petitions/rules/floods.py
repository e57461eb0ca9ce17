"""When a petition is held as one of many: why, whose proof frees it, and when two texts are nearly one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from feedback.core.text import fold

# why a petition is held, the strongest first. address: very many under one address or number; alike: nearly
# the same words as several others; network: very many from one network; surge: very many at once on the whole
# site; switch: the operator holds whatever has no proved contact
WHYS = ("address", "alike", "network", "surge", "switch")
# who proves that she can be reached is let go by that: a person behind a shared line, or in a busy hour
FREED_BY_PROOF = frozenset({"network", "surge", "switch"})
# why a person lays one aside
ASIDE = ("copies", "machine", "no_matter")
WAITING, TAKEN, LAID_ASIDE, WITHDRAWN = "waiting", "taken", "aside", "withdrawn"

# the limits, the strongest first, and why one is held that is past it
BY_STRENGTH = (
    ("address", "address"),
    ("alike", "alike"),
    ("network", "network"),
    ("all", "surge"),
)
SURGE_FROM = 100  # an hour: so many are none, however quiet a site is otherwise

SKETCHED = 12  # pairs of words that stand for a text
SKETCHED_FROM = 8  # pairs: what is shorter is said by many
ALIKE = 0.6  # of those pairs
COMPARED = 500  # texts before it, of the same hour


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why one is held; ``mark`` names the many that it belongs to."""

    why: str
    mark: str

    @property
    def freed_by_proof(self) -> bool:
        return self.why in FREED_BY_PROOF


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text by its sketch; ``name`` is that of the first of those that are nearly the same."""

    numbers: frozenset[int]
    name: str


@dataclass(frozen=True, slots=True)
class Looked:
    """How many came within the hour before one: from its network, under its address, in nearly its words, and
    in all, as far as that is counted. ``drawn``: its text."""

    drawn: Drawn
    network: int
    address: int
    alike: int
    all: int

    def why(self, limits: Mapping[str, int]) -> str:
        """Why it is held, if it is; a limit of 0 is none."""
        for name, why in BY_STRENGTH:
            if limits[name] and getattr(self, name) >= limits[name]:
                return why
        return ""


def surge_from(most: int, *, times: int, usual: int) -> int:
    """So many in an hour are a surge: ``times`` as many as the busiest hour of a usual day brings, never fewer
    than 100 and never more than ``most``. With 0 times ``most`` alone says so."""
    return min(most, max(SURGE_FROM, times * usual)) if times else most


def usual_hour(by_hour: Mapping[tuple[date, int], int]) -> int:
    """What the busiest hour of a usual day brings: the median of the days' busiest hours, so that a few days
    of floods say nothing."""
    busiest: dict[date, int] = {}
    for (day, _hour), number in by_hour.items():
        busiest[day] = max(number, busiest.get(day, 0))
    return sorted(busiest.values())[len(busiest) // 2] if busiest else 0


def own_name(numbers: frozenset[int]) -> str:
    """What the first of those that are nearly the same is called."""
    return f"{min(numbers, default=0):08x}"


def sketch(text: str) -> frozenset[int]:
    """Numbers that stand for a text: of its pairs of neighbouring words those with the smallest sums, whatever
    accents, case and marks. Texts that share most of their words share most of these. Empty for a short one."""
    words = fold(text).split()
    pairs = {crc32(f"{one} {two}".encode()) for one, two in zip(words, words[1:], strict=False)}
    return frozenset(sorted(pairs)[:SKETCHED]) if len(pairs) >= SKETCHED_FROM else frozenset()


class Lately:
    """The last texts of a while, found by their numbers. Times are seconds that only grow."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._next = seconds, 0
        self._texts: dict[int, tuple[float, Drawn]] = {}  # oldest first
        self._where: defaultdict[int, set[int]] = defaultdict(set)

    def draw(self, text: str, now: float) -> tuple[Drawn, int]:
        """The text drawn, with the name of those that it is nearly the same as, and how many these are."""
        self._let_go(now)
        numbers, shared = sketch(text), Counter[int]()
        for number in numbers:
            shared.update(self._where.get(number, ()))
        needed = len(numbers) * ALIKE
        same = [place for place, often in shared.items() if often >= needed]
        name = self._texts[min(same)][1].name if same else own_name(numbers)
        return Drawn(numbers, name), len(same)

    def add(self, drawn: Drawn, now: float) -> None:
        """One more; past 500 the oldest leaves."""
        self._texts[self._next] = now, drawn
        for number in drawn.numbers:
            self._where[number].add(self._next)
        self._next += 1
        self._let_go(now)

    def _let_go(self, now: float) -> None:
        while self._texts:
            place, (at, drawn) = next(iter(self._texts.items()))
            if len(self._texts) <= COMPARED and now - at < self._seconds:
                return
            del self._texts[place]
            for number in drawn.numbers:
                self._where[number].discard(place)
                if not self._where[number]:
                    del self._where[number]
