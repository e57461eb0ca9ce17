"""How a hit is shown: a piece of the text as it was written, and which words of it were looked for."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import deque
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from feedback.core.text import fold

EXCERPT = 200  # characters, about
BEFORE = 40  # of them before the first word that was looked for
_SPACES = re.compile(r"\s{2,}|[^\S \n]")  # what is not one space, or one line's end, already
_SENTENCE = re.compile(r"[.!?…]['\"”’)]* |\n")  # what a sentence, or a line, has behind it


def _marks(last: int) -> str:
    """Every combining mark up to this one, as ranges of a regular expression: within a word they end nothing."""
    found = [n for n in range(last + 1) if unicodedata.combining(chr(n))]
    ranges: list[list[int]] = []
    for n in found:
        if ranges and n == ranges[-1][1] + 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


# Whoever looks for hundreds of ranges at each letter takes ten times as long as for words; those of the first
# 65,536 characters are a table for ``re``, and behind them everything counts as if it might be a mark.
_MAY_HOLD_MARKS = re.compile(f"[{_marks(0xFFFF)}\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"([^\W_]+)")
_WITH_MARKS = re.compile(rf"([^\W_]+(?:[{_marks(sys.maxunicode)}]+[^\W_]*)*)")


class Piece(NamedTuple):
    """A run of text; ``found``: it is one of the words that were looked for."""

    text: str
    found: bool


def _parts(text: str) -> list[str]:
    """Gap, word, gap, word … gap, in one go: a match for each word takes longer than all the rest."""
    return (_WITH_MARKS if _MAY_HOLD_MARKS.search(text) else _PLAIN).split(text)


@lru_cache(16384)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(fold(word).split())


class LookedFor:
    """What was looked for: a word of ``words``, or what begins with ``opens``."""

    def __init__(self, words: Collection[str], *, opens: str = "") -> None:
        self._words, self._opens = frozenset(words), opens
        self.most = len(self._words) + bool(opens)

    def among(self, parts: Sequence[str]) -> list[int]:
        """Where they stand among the ``_parts`` of a text."""
        none = self._words.isdisjoint
        folded = map(_folded, parts[1::2])
        if not self._opens:
            return [n for n, word in zip(count(1, 2), folded) if not none(word)]  # noqa: B905 - endless
        return [
            n
            for n, word in zip(count(1, 2), folded)  # noqa: B905 - endless
            if not none(word) or any(one.startswith(self._opens) for one in word)
        ]


def marked(text: str, looked_for: LookedFor) -> list[Piece]:
    """The text in pieces, the looked-for words apart."""
    parts = _parts(text)
    pieces: list[Piece] = []
    at = 0
    for n in looked_for.among(parts):
        if before := "".join(parts[at:n]):
            pieces.append(Piece(before, False))
        pieces.append(Piece(parts[n], True))
        at = n + 1
    if rest := "".join(parts[at:]):
        pieces.append(Piece(rest, False))
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
    parts = _parts(text)
    near: deque[tuple[int, tuple[str, ...]]] = deque()
    best, most, at, start = 0, 0, 0, 0
    for n in looked_for.among(parts):
        start += sum(map(len, parts[at:n]))
        at = n
        near.append((start, _folded(parts[n])))
        while near[0][0] <= start - (EXCERPT - BEFORE):
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
