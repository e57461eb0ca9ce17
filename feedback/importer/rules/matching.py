"""Which item of a newer version is which item of the one before: by number and by text.

What is clear is decided here; what is not is a person's to decide, with the likeness to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from feedback.core.text import fold

SURE = 80  # per cent: the same item for certain, however the words were changed
PERHAPS = 50  # from here on a person is asked
SAME_NUMBER = 15  # what an equal number adds
TEXT_SHARE = 85  # of a hundred points, the most that words alone can give
PART = 88  # so much of the shorter text found within the longer one: split or merged
FEW_WORDS = 4  # shorter texts are found in anything


@dataclass(frozen=True)
class Item:
    """An item of either version; ``key`` is the item's key, or the node's in a reading."""

    key: str
    path: str
    text: str
    task: bool = True


@dataclass(frozen=True)
class Pair:
    new: str
    old: str
    score: int  # per cent
    sure: bool


@dataclass(frozen=True)
class Match:
    """Who is who. ``open`` pairs are a person's to decide; until then they hold as proposed.

    ``parts``: a new item that looks like a piece of an old one (new key, old key). ``swallowed``: an old
    one that looks like a piece of a new one (old key, new key).
    """

    pairs: Mapping[str, Pair]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    parts: tuple[tuple[str, str], ...] = ()
    swallowed: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs.values() if not pair.sure)


@dataclass
class _Sides:
    old: Mapping[str, Item]
    new: Mapping[str, Item]
    words: dict[str, str] = field(default_factory=dict)

    def folded(self, item: Item) -> str:
        if item.text not in self.words:
            self.words[item.text] = fold(item.text)
        return self.words[item.text]

    def score(self, new: Item, old: Item) -> int:
        if new.task != old.task:
            return 0
        alike = fuzz.ratio(self.folded(new), self.folded(old))
        number = SAME_NUMBER if new.path == old.path else 0
        return round(alike * TEXT_SHARE / 100 + number) if alike < 100 else 85 + number


def match(
    old: Sequence[Item], new: Sequence[Item], decided: Mapping[str, str] | None = None
) -> Match:
    """Pair the items of two versions. ``decided``: what a person said, new key → old key ("" is new)."""
    sides = _Sides({one.key: one for one in old}, {one.key: one for one in new})
    said = {
        n: o for n, o in (decided or {}).items() if n in sides.new and (not o or o in sides.old)
    }
    pairs = {n: Pair(n, o, 100, True) for n, o in said.items() if o}
    taken = set(said.values())
    ranked = sorted(
        (
            (sides.score(one, other), -abs(at - place), one.key, other.key)
            for at, one in enumerate(new)
            for place, other in enumerate(old)
            if one.key not in said and other.key not in taken
        ),
        reverse=True,
    )
    for score, _nearness, new_key, old_key in ranked:
        if score < PERHAPS:
            break
        if new_key not in pairs and old_key not in taken:
            pairs[new_key] = Pair(new_key, old_key, min(score, 100), score >= SURE)
            taken.add(old_key)
    added = tuple(one.key for one in new if one.key not in pairs)
    gone = tuple(one.key for one in old if one.key not in taken)
    return Match(
        {one.key: pairs[one.key] for one in new if one.key in pairs},
        added,
        gone,
        tuple(_pieces(sides, added, sides.new, old)),
        tuple(_pieces(sides, gone, sides.old, new)),
    )


def _pieces(
    sides: _Sides, keys: Sequence[str], mine: Mapping[str, Item], others: Sequence[Item]
) -> list[tuple[str, str]]:
    """Texts that stand, nearly word for word, within a longer text of the other version."""
    found = []
    for key in keys:
        words = sides.folded(mine[key])
        if len(words.split()) < FEW_WORDS:
            continue
        longer = [one for one in others if len(sides.folded(one)) > len(words)]
        scores = [(fuzz.partial_ratio(words, sides.folded(one)), one.key) for one in longer]
        best = max(scores, default=(0, ""))
        if best[0] >= PART:
            found.append((key, best[1]))
    return found
