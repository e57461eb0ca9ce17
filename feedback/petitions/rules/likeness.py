"""How alike two texts are by their words, accents aside: pure rules for suggestions while somebody writes.

A word weighs the more, the fewer of the compared texts hold it; two words in a row weigh as one of their
own, for a Vietnamese word is often two syllables ("giấy tờ") and one folded syllable says little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from feedback.core.text import fold

MOST_WORDS = 80  # of a typed text: what it is about stands at its beginning
PAIR = 1.6  # what two words in a row count against one
_NOT_WORD = re.compile(r"[^\w]+")
_STOP = re.compile(r"[.,;:!?()\n]+")  # a phrase does not go on behind it
FEW = 150  # among fewer texts than this, what all of them say would count for nothing
MEANT = 0.5  # an everyday word's neighbours in meaning count half
EMPTY = frozenset(
    """
    a ai anh ap ba bac bao bay ben bi boi cac cai can cang chang chi cho chu chua chung co con cu
    cua cung da dang de den di dieu do duoc em gi giup hay hoac hoi hon kha khi khong khu kiem kien
    la lai lam len loai luc luon ma may moi mot muon nam nao nay nen neu ngay nghe nghi nguoi nhe
    nhieu nho nhu nhung nua o oi phai pho qua ra rang rat roi sao sau se si su ta tai the them theo
    thi thoi toi tra tren trong truoc tu tung u va van vao vay ve vi viec voi vua xem xin xom xong
    """.split()  # noqa: SIM905 - words are easier to read than a list of strings
)


def terms(folded: str, *, most: int = MOST_WORDS) -> Counter[str]:
    """The telling words of a folded text and its pairs of neighbours, each with how often."""
    words = folded.split()[:most]
    found = Counter(word for word in words if word not in EMPTY and len(word) > 1)
    for one, two in zip(words, words[1:], strict=False):
        if not (one in EMPTY and two in EMPTY):
            found[f"{one} {two}"] += 1
    return found


def meant(typed: str, themes: Iterable[Sequence[str]]) -> set[str]:
    """What else a text may stand for: the other words of each everyday theme that it touches.

    Typed without accents, one syllable means too much ("chua" is "chùa" and "chưa"): only pairs count.
    """
    parts = (_NOT_WORD.sub(" ", part) for part in _STOP.split(typed.casefold()))
    plain = f" {' | '.join(' '.join(part.split()) for part in parts)} "
    bare = plain.isascii()
    more: set[str] = set()
    for theme in themes:
        words = [fold(word) for word in theme if " " in word] if bare else theme
        if any(f" {word} " in plain for word in words):
            more.update(theme)
    return more


def weight(term: str, held_by: int, of: int) -> float:
    """What a term counts when so many of the compared texts hold it."""
    rare = log(1 + (of - held_by + 0.5) / (held_by + 0.5))
    return rare * (PAIR if " " in term else 1.0)


@dataclass(frozen=True)
class Shelf:
    """Texts prepared for comparing: for each term the texts that hold it, and how strongly."""

    holders: Mapping[str, Mapping[int, float]]
    size: int

    def scores(self, typed: Mapping[str, float]) -> dict[int, float]:
        """The texts that share a term with what was typed, each with its score."""
        found: dict[int, float] = {}
        for term, counts in typed.items():
            held = self.holders.get(term)
            if held is None:
                continue
            worth = weight(term, len(held), self.size) * counts
            for key, strength in held.items():
                found[key] = found.get(key, 0.0) + worth * strength
        return found


def shelf(texts: Mapping[int, Sequence[tuple[str, float]]]) -> Shelf:
    """From folded texts in parts, each part with what it counts: a title more than the small print."""
    holders: dict[str, dict[int, float]] = {}
    for key, parts in texts.items():
        strengths: dict[str, float] = {}
        for folded, counts in parts:
            for term in terms(folded, most=10_000):
                strengths[term] = max(strengths.get(term, 0.0), counts)
        for term, strength in strengths.items():
            holders.setdefault(term, {})[key] = strength
    return Shelf(holders, len(texts))


def wanted(typed: str, themes: Iterable[Sequence[str]]) -> dict[str, float]:
    """The terms of what was typed, and at half weight those that it may mean."""
    found = dict.fromkeys(terms(fold(typed)), 1.0)
    for phrase in meant(typed, themes):
        for term in terms(fold(phrase)):
            found.setdefault(term, MEANT)
    return found


def shares(typed: Iterable[str], texts: Mapping[str, str]) -> dict[str, float]:
    """What part of the typed terms' weight each folded text holds, from 0 to 1."""
    asked = list(typed)
    held = {term: [k for k, text in texts.items() if f" {term} " in text] for term in asked}
    many = max(len(texts), FEW)
    worth = {term: weight(term, len(keys), many) for term, keys in held.items()}
    whole = sum(worth.values()) or 1.0
    found: dict[str, float] = {}
    for term, keys in held.items():
        for key in keys:
            found[key] = found.get(key, 0.0) + worth[term] / whole
    return found
