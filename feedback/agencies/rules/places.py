"""Names of places as people type them and as a list orders them: pure rules on plain text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from feedback.core.text import fold

Place = tuple[str, str]  # code, everyday name: "xa-tan-bien", "xã Tân Biên"

KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ", "huyện ", "thị xã ", "thành phố ")
BODY_WORDS = ("uy ban nhan dan ", "ubnd ")  # people often type the body where they mean the place


def proper_name(place: str) -> str:
    """The name without the kind of place: "Tân Biên" of "xã Tân Biên"."""
    kind = next((kind for kind in KINDS if place.startswith(kind)), "")
    return place.removeprefix(kind)


def capital(place: str) -> str:
    """As a heading writes it: "Xã Tân Biên"."""
    return place[:1].upper() + place[1:]


def place_typed(typed: str) -> str:
    """What was typed, folded, without the words for the body: "tan bien" of "UBND Tân Biên"."""
    folded = fold(typed)
    for words in BODY_WORDS:
        folded = folded.removeprefix(words)
    return folded


def matching(typed: str, places: Iterable[Place]) -> list[Place]:
    """Places in whose name each typed word begins a word, accents or none."""
    words = place_typed(typed).split()
    return [place for place in places if words and _begin(words, fold(place[1]).split())]


def meant(typed: str, names: Iterable[str]) -> list[str]:
    """Of these names those that were typed, with their kind or without: "huyện Bến Lức"."""
    words = place_typed(typed)
    return [name for name in names if words in {fold(name), fold(proper_name(name))}]


def by_letter(places: Iterable[Place]) -> list[tuple[str, list[Place]]]:
    """Places under the first letter of their proper name, in Vietnamese order (Đ after D)."""
    found = in_order(places)
    return [(letter, list(group)) for letter, group in groupby(found, lambda p: _letter(p[1]))]


def in_order(places: Iterable[Place]) -> list[Place]:
    """By proper name, whatever the kind of place."""
    return sorted(places, key=_order)


def _begin(typed: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(begun) for word in words) for begun in typed)


def _letter(place: str) -> str:
    first = proper_name(place)[:1].upper()
    return first if first == "Đ" else fold(first).upper()


def _order(place: Place) -> tuple[str, bool, str, str]:
    name = proper_name(place[1])
    return fold(name[:1]), name.startswith("Đ"), fold(name), name
