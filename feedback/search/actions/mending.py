"""The whole index compared with what it is made of, step by step, and put right where it differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedback.search.actions.putting import put, remove_others

STEP = 500  # things that are looked at in one transaction


@dataclass(frozen=True)
class Source:
    """All things of one kind. ``walk(after, most)`` gives the entries among the next ``most`` things by
    key, and the key of the last one that it looked at; None at the end."""

    kind: str
    walk: Callable[[int, int], tuple[Sequence, int | None]]


@dataclass(frozen=True)
class Mended:
    """One step: what is now findable among the things looked at, how many entries differed, and where
    the next step begins (None: this was the last one)."""

    found: int
    differed: int
    next: int | None


sources: dict[str, Source] = {}  # by kind; app.py knows them


def mend(source: Source, *, after: int = 0, every: bool = False) -> Mended:
    """Make the index true for the next things of this kind. Harmless to repeat; ``every`` writes each
    entry anew, for an index that was damaged."""
    entries, last = source.walk(after, STEP)
    differed = put(entries, every=every)
    keep = [entry.ref for entry in entries]
    differed += remove_others(source.kind, keep, above=after, to=last)
    return Mended(len(entries), differed, last)
