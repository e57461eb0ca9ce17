"""What search must answer, said once more over plain lists: slow, and with no term in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from feedback.core.text import fold
from feedback.search.rules.terms import FIRST_DAY, KINDS, Entry


def answer(
    entries: Sequence[Entry],
    *,
    phrases: Sequence[str],
    words: Sequence[str],
    kind: str = "",
    agency: str = "",
    since: date | None = None,
    opens: bool = False,
) -> list[tuple[str, int]]:
    """Kind and key of everything that holds ``words`` (in the order typed) and ``phrases``, best first."""
    found = []
    for entry in entries:
        if (kind and entry.kind != kind) or (agency and agency not in entry.agencies):
            continue
        if since and (entry.day or FIRST_DAY) < since:
            continue
        if all(_holds(entry, phrase) for phrase in phrases) and all(
            _holds(entry, word, begins=opens and word == words[-1]) for word in words
        ):
            step = _step(entry, list(words), opens)
            day = (entry.day or FIRST_DAY).toordinal()
            found.append((step, -day, -KINDS.index(entry.kind), -entry.ref, entry))
    return [(entry.kind, entry.ref) for *_order, entry in sorted(found, key=lambda row: row[:4])]


def _parts(entry: Entry) -> list[str]:
    texts = [entry.title, entry.note, entry.body, *(entry.names if entry.named else ())]
    return [f" {fold(text)} " for text in texts]


def _titles(entry: Entry) -> list[str]:
    return [f" {fold(text)} " for text in (entry.title, *entry.names)] if entry.named else []


def _holds(entry: Entry, phrase: str, *, begins: bool = False) -> bool:
    return any(_in(part, phrase, begins) for part in _parts(entry))


def _in(part: str, phrase: str, begins: bool) -> bool:
    return (f" {phrase}" if begins else f" {phrase} ") in part


def _step(entry: Entry, words: list[str], opens: bool) -> int:
    """0: called so; 1: next to each other in its names; 2: next to each other; 3: all there."""
    if not words:
        return 3
    titles, parts = _titles(entry), _parts(entry)
    if not opens and f" {' '.join(words)} " in titles:
        return 0
    near = [f"{one} {two}" for one, two in zip(words, words[1:], strict=False)] or words
    for step, texts in ((1, titles), (2, parts)):
        if all(
            any(_in(text, pair, opens and n == len(near) - 1) for text in texts)
            for n, pair in enumerate(near)
        ):
            return step
    return 3
