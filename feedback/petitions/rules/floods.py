"""When a petition is held as one of many: why, whose proof frees it, and when two texts are nearly one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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

SKETCHED = 12  # pairs of words that stand for a text
SKETCHED_FROM = 8  # pairs: what is shorter is said by many
ALIKE = 0.6  # of those pairs


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why one is held; ``mark`` names the many that it belongs to."""

    why: str
    mark: str

    @property
    def freed_by_proof(self) -> bool:
        return self.why in FREED_BY_PROOF


def sketch(text: str) -> tuple[int, ...]:
    """Numbers that stand for a text: of its pairs of neighbouring words those with the smallest sums, whatever
    accents, case and marks. Texts that share most of their words share most of these. Empty for a short one."""
    words = fold(text).split()
    pairs = {crc32(f"{one} {two}".encode()) for one, two in zip(words, words[1:], strict=False)}
    return tuple(sorted(pairs)[:SKETCHED]) if len(pairs) >= SKETCHED_FROM else ()


def alike(drawn: tuple[int, ...], seen: Callable[[int], int], most: int) -> str:
    """The name of the many texts that this one is nearly the same as; empty while they are not ``most``.

    ``seen``: in how many texts of late a number occurred.
    """
    if not drawn or not most:
        return ""
    numbers = sorted(((seen(one), -one) for one in drawn), reverse=True)
    needed = int(len(numbers) * ALIKE + 0.999)
    return f"{-numbers[0][1]:08x}" if numbers[needed - 1][0] >= most else ""
