"""How a hit is shown: a piece of the text as it was written, and which words of it were looked for."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection, Sequence
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


def marked(text: str, words: Collection[str], *, opens: str = "") -> list[Piece]:
    """The text in pieces, the looked-for words apart; ``opens``: what a word may begin with as well."""
    pieces: list[Piece] = []
    at = 0
    meant = _Meant(words, opens)
    for found in _WORD.finditer(text):
        if meant[found[0]]:
            if found.start() > at:
                pieces.append(Piece(text[at : found.start()], False))
            pieces.append(Piece(found[0], True))
            at = found.end()
    if at < len(text):
        pieces.append(Piece(text[at:], False))
    return _joined(pieces)


def excerpt(text: str, words: Sequence[str], *, opens: str = "") -> list[Piece]:
    """A piece of about 200 characters around where most of the words stand together, in whole words; from
    the beginning of a sentence where one is near, for then nothing seems to be missing before it."""
    text = _SPACES.sub(_space, text.strip())
    begin, whole = _begin(text, words, opens)
    text = text.replace("\n", " ")
    end = min(len(text), begin + EXCERPT)
    if end < len(text):
        end = max(text.rfind(" ", begin, end + 1), begin + 1)
    pieces = marked(text[begin:end], words, opens=opens)
    before, after = Piece("… ", False), Piece(" …", False)
    return [*([] if whole else [before]), *pieces, *([after] if end < len(text) else [])]


def _space(found: re.Match[str]) -> str:
    """One space for many; a line's end stays one, as it ends a sentence."""
    return "\n" if "\n" in found[0] else " "


def _begin(text: str, words: Sequence[str], opens: str) -> tuple[int, bool]:
    """Where to begin so that the most different words lie within, the earliest of such places; and
    whether a sentence begins there."""
    meant = _Meant(words, opens)
    hits = [(found.start(), _folded(found[0])) for found in _WORD.finditer(text) if meant[found[0]]]
    best, most = 0, 0
    for n, (start, _word) in enumerate(hits):
        within = {word for at, word in hits[n : n + 40] if at < start + EXCERPT - BEFORE}
        if len(within) > most:
            best, most = start, len(within)
    if best <= BEFORE:
        return 0, True
    sentence = _SENTENCE.search(text, best - BEFORE, best)
    if sentence:
        return sentence.end(), True
    return text.find(" ", best - BEFORE, best) + 1 or best, False


class _Meant(dict[str, bool]):
    """Whether a word as it is written was looked for; each is asked once."""

    def __init__(self, words: Collection[str], opens: str) -> None:
        super().__init__()
        self._words, self._opens = words, opens

    def __missing__(self, word: str) -> bool:
        found = any(
            one in self._words or (bool(self._opens) and one.startswith(self._opens))
            for one in _folded(word)
        )
        self[word] = found
        return found


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
