"""How a hit is shown: a piece of the text as it was written, and which words of it were looked for."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import deque
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from feedback.core.text import fold

EXCERPT = 200  # characters, about
BEFORE = 40  # of them before the first word that was looked for
_SPACES = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?…]['\"”’)]* |\n")  # what a sentence, or a line, has behind it


def _marks() -> str:
    """Every combining mark, as ranges of a regular expression: within a word they end nothing."""
    found = [n for n in range(sys.maxunicode + 1) if unicodedata.combining(chr(n))]
    ranges: list[list[int]] = []
    for n in found:
        if ranges and n == ranges[-1][1] + 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


_WORD = re.compile(rf"[^\W_]+(?:[{_marks()}]+[^\W_]*)*")


class Piece(NamedTuple):
    """A run of text; ``found``: it is one of the words that were looked for."""

    text: str
    found: bool


@lru_cache(8192)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(fold(word).split())


class LookedFor(dict[str, bool]):
    """Whether a word as it is written was looked for: one of ``words``, or one that begins with ``opens``.
    Each is asked once, however many texts are shown."""

    def __init__(self, words: Collection[str], *, opens: str = "") -> None:
        super().__init__()
        self._words, self._opens = frozenset(words), opens
        self.most = len(self._words) + bool(opens)

    def __missing__(self, word: str) -> bool:
        found = any(
            one in self._words or (bool(self._opens) and one.startswith(self._opens))
            for one in _folded(word)
        )
        self[word] = found
        return found


def marked(text: str, looked_for: LookedFor) -> list[Piece]:
    """The text in pieces, the looked-for words apart."""
    pieces: list[Piece] = []
    at = 0
    for found in _WORD.finditer(text):
        if looked_for[found[0]]:
            if found.start() > at:
                pieces.append(Piece(text[at : found.start()], False))
            pieces.append(Piece(found[0], True))
            at = found.end()
    if at < len(text):
        pieces.append(Piece(text[at:], False))
    return _joined(pieces)


def excerpt(text: str, looked_for: LookedFor) -> list[Piece]:
    """A piece of about 200 characters around where most of the words stand together, in whole words; from
    the beginning of a sentence where one is near, for then nothing seems to be missing before it."""
    text = _SPACES.sub(_space, text.strip())
    begin, whole = _begin(text, looked_for)
    text = text.replace("\n", " ")
    end = min(len(text), begin + EXCERPT)
    if end < len(text):
        end = max(text.rfind(" ", begin, end + 1), begin + 1)
    pieces = marked(text[begin:end], looked_for)
    before, after = Piece("… ", False), Piece(" …", False)
    return [*([] if whole else [before]), *pieces, *([after] if end < len(text) else [])]


def _space(found: re.Match[str]) -> str:
    """One space for many; a line's end stays one, as it ends a sentence."""
    return "\n" if "\n" in found[0] else " "


def _begin(text: str, looked_for: LookedFor) -> tuple[int, bool]:
    """Where to begin so that the most different words lie within, the earliest of such places; and
    whether a sentence begins there."""
    near: deque[tuple[int, tuple[str, ...]]] = deque()
    best, most = 0, 0
    for found in _WORD.finditer(text):
        if not looked_for[found[0]]:
            continue
        near.append((found.start(), _folded(found[0])))
        while near[0][0] <= found.start() - (EXCERPT - BEFORE):
            near.popleft()
        within = len({word for _at, word in near})
        if within > most:
            best, most = near[0][0], within
        if most >= looked_for.most:
            break
    if best <= BEFORE:
        return 0, True
    sentence = _SENTENCE.search(text, best - BEFORE, best)
    if sentence:
        return sentence.end(), True
    return text.find(" ", best - BEFORE, best) + 1 or best, False


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Marks that only a space parts become one."""
    joined: list[Piece] = []
    for piece in pieces:
        gap = len(joined) > 1 and joined[-1].text == " " and joined[-2].found and piece.found
        if gap:
            joined[-2:] = [Piece(f"{joined[-2].text} {piece.text}", True)]
        else:
            joined.append(piece)
    return joined
