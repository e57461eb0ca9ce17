"""What can be a comment, and why one may be kept from the public. Codes only; the words stand elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from feedback.core.text import clean, fold, word_count

MIN_CHARS = 2
MIN_WORDS = 3
MAX_CHARS = 2000
MAX_NAME = 80
MAX_REASON_WORDS = 500
MAX_REPORT_WORDS = 300

# why a moderator keeps a comment from the public, and why somebody reports one
HIDE_REASONS = ("private_data", "insulting", "accusation", "off_topic", "advertising")
# on what basis words are erased for good; the record names it, and which order it was
ERASE_BASES = {
    "personal_data": "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP",
    "ordered": "Quyết định của tòa án hoặc cơ quan có thẩm quyền",
}
# why the machine lays a comment on the desk before anybody reads it
CATCHES = ("words", "links", "alike")

# a text is compared with so many before it
COMPARED = 200
ALIKE = 0.7  # of the pairs of neighbouring words
ALIKE_FROM_WORDS = 8  # shorter ones are said by many: "tôi cũng nghĩ vậy"
LINKS = 2
WORDS_A_LINK = 8

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{12}(?!\d)")
# bounded: two thousand "@" must not keep the site busy whenever a moderator opens the desk
_MAIL = re.compile(r"[^\s@]@[^\s@.]{1,64}(?:\.[^\s@.]{1,64}){1,4}")


@dataclass(frozen=True, slots=True)
class Manners:
    """How this site lets people talk, as its operator set it.

    ``pace`` comments in ``minutes`` from one browser, four times as many from one network. ``words``
    are phrases that a moderator should read first.
    """

    read_first: bool = True
    pace: int = 5
    minutes: int = 10
    words: tuple[str, ...] = ()


def problem_of(text: str) -> str:
    """What stands in the way of this comment: a code, or "" when nothing does.

    Invisible characters do not count, so a text made of them alone is empty.
    """
    seen = clean(text)
    if not seen:
        return "empty"
    if len(seen) > MAX_CHARS:
        return "too_long"
    if _LINK.search(seen) and word_count(_LINK.sub(" ", seen)) < MIN_WORDS:
        return "only_links"
    if len(seen) < MIN_CHARS or word_count(seen) < MIN_WORDS:
        return "too_short"
    return ""


def signs_in(text: str) -> tuple[str, ...]:
    """What a moderator should look at twice: link, mail, phone, identity (a number of 12 digits)."""
    looked_for = {"link": _LINK, "mail": _MAIL, "phone": _PHONE, "identity": _IDENTITY}
    return tuple(code for code, pattern in looked_for.items() if pattern.search(text))


def catches_in(text: str, *, words: Iterable[str] = (), others: Iterable[str] = ()) -> list[str]:
    """Why a person should read this before the public does: codes of CATCHES, in their order."""
    found = {
        "words": any(has_phrase(text, phrase) for phrase in words),
        "links": many_links(text),
        "alike": any(alike(text, other) for other in others),
    }
    return [code for code in CATCHES if found[code]]


def has_phrase(text: str, phrase: str) -> bool:
    """Whole words, without accents or case; a phrase after ``=`` is compared with its accents."""
    if phrase.startswith("="):
        wanted, seen = _plain(phrase[1:]), _plain(text)
    else:
        wanted, seen = fold(phrase), fold(text)
    return bool(wanted) and f" {wanted} " in f" {seen} "


def many_links(text: str) -> bool:
    """Two links or more, or hardly a word beside one."""
    number = len(_LINK.findall(text))
    return number >= LINKS or (number > 0 and word_count(_LINK.sub(" ", text)) < WORDS_A_LINK)


def alike(text: str, other: str) -> bool:
    """The same words in nearly the same order, whatever accents, case and marks."""
    shorter, longer = sorted((len(text), len(other)))
    if shorter < longer * ALIKE / 1.4:
        return False
    ours, theirs = fold(text).split(), fold(other).split()
    if min(len(ours), len(theirs)) < ALIKE_FROM_WORDS:
        return False
    ours_paired, theirs_paired = _pairs(ours), _pairs(theirs)
    return len(ours_paired & theirs_paired) >= ALIKE * len(ours_paired | theirs_paired)


def _pairs(words: list[str]) -> set[tuple[str, str]]:
    return set(zip(words, words[1:], strict=False))


def _plain(text: str) -> str:
    """Lower case with accents, words apart by one space."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text.casefold())).split())
