"""Splitting the names of an agency line; which body a name means is the registry's business.

One entry for each agency or collective phrase, in the document's wording. Semicolons always part; a comma
or "và" parts where the next words begin a name of their own ("Sở Nội vụ, Sở Tư pháp"), not within a
collective ("Các sở, ban, ngành tỉnh") or within a name ("Sở Văn hóa, Thể thao và Du lịch").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from feedback.importer.names import (
    AREAS,
    COLLECTIVE,
    HEADS,
    KINDS,
    LOOSE,
    NOT_HEADS,
    OPEN_ENDED,
    PEOPLE,
    PERSONS,
)
from feedback.importer.narrative import without_narrative
from feedback.importer.spread import has_word, spread

MAX_NAMES = 100  # of one line
MAX_PIECES = 400
SHORT = 300  # lines no longer than this are remembered
_GROUPS = ("các ", "những ", "toàn thể ", "tất cả các ", "một số ")
_SHARED_OFFICES: tuple[str, ...] = (
    "văn phòng hđnd",
    "văn phòng hội đồng nhân dân",
    "văn phòng đoàn đbqh",
)
_SHARED_OFFICES += ("văn phòng đoàn đại biểu quốc hội",)
_COUNCILS = ("ubnd", "ủy ban nhân dân", "uỷ ban nhân dân", "hđnd", "hội đồng nhân dân")
_MEN = ("ông ", "bà ", "đồng chí ", "đ/c ", "anh ", "chị ")
_POSTS = (
    "công chức",
    "cán bộ",
    "chuyên viên",
    "phó ",
    "kế toán",
    "ủy viên",
    "thành viên",
    "trưởng ",
)
# what somebody is on a board: Giám đốc Sở A - Phó Trưởng ban Thường trực
_RANK = re.compile(
    r"\s[-–]\s(?:làm\s|là\s)?(?:phó\s)?(?:trưởng (?:ban|tiểu ban|đoàn)|tổ trưởng|tổ phó|thành viên|ủy viên|uỷ viên|thư ký)"
    r"(?:\s(?:thường trực|ban chỉ đạo|tổ công tác)){0,2}$",
    re.I,
)
_BARE_HEADS = {"sở", "bộ", "ban", "ngành", "các sở", "các bộ", "báo"}


@dataclass(frozen=True)
class Named:
    """One entry of a line. ``cut``: words behind the name were left out; ``guessed``: a comma was weighed."""

    name: str
    cut: bool = False
    guessed: bool = False


def split_agencies(words: str) -> list[str]:
    return [entry.name for entry in read_agencies(words)]


def read_agencies(words: str, *, names_only: bool = False) -> list[Named]:
    """The entries in their order, each once. ``names_only``: no word in them is taken for a verb."""
    read = _remembered if len(words) <= SHORT else _read
    return list(read(words, names_only))


def _read(words: str, names_only: bool) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for part in _parts(without_remarks(words), "\n;"):
        name, cut = _RANK.sub("", " ".join(part.split())), False
        if not names_only:
            name, cut = without_narrative(name)
        entries = entries_of(name)
        for entry in entries:
            entry = entry.strip(" .,;:-–+•*")
            if entry and len(found) < MAX_NAMES:
                found.setdefault(entry, Named(entry, cut, len(entries) > 1))
    return tuple(found.values())


_remembered = lru_cache(maxsize=2048)(_read)  # the same lines stand again and again in a plan


def begins_with_agency(text: str) -> bool:
    """Whether the words begin with a body's name or a collective phrase."""
    return _begins_with(text.lstrip(' *-–+"“(\n')[:60])


@lru_cache(maxsize=4096)
def _begins_with(words: str) -> bool:
    lower = words.lower()
    for group in _GROUPS:
        if lower.startswith(group):
            return lower[len(group) :].startswith(COLLECTIVE)
    return _is_head(words) or _is_collective(words)


def without_remarks(words: str) -> str:
    """Without what stands in brackets; a bracket that never closes is left out alone."""
    kept, depth, last = [], 0, words.rfind(")")
    for at, char in enumerate(words):
        if char == "(":
            depth += at < last
        elif char == ")":
            depth = max(0, depth - 1)
            kept.append("\n")  # another name may follow the remark without a comma
        elif not depth:
            kept.append(char)
    return "".join(kept)


def _parts(words: str, ends: str) -> list[str]:
    """Cut at semicolons, and at line ends where the next line begins a name and the last one is whole."""
    parts = [""]
    listed = words.lstrip()[:1] in set(
        "-+–•*"
    )  # else a dash may be within a name: Văn hóa / - Xã hội
    for line in words.split("\n"):
        text = line.strip()
        pieces = text.split(";")
        dashed = text[:1] in "-+–•*" and (listed or begins_with_agency(text))
        fresh = dashed or (_is_head(text) and _is_whole(parts[-1]))
        if parts[-1] and not fresh:
            parts[-1] += " " + pieces[0]
        else:
            parts.append(pieces[0])
        parts.extend(pieces[1:])
    return [part.strip(" -+–•*") for part in parts]


def _is_whole(text: str) -> bool:
    """Whether a name may end here: not after a comma, a preposition or a word that asks for another."""
    end = text.rstrip().lower()
    last = end.replace(";", ",").rpartition(",")[2].strip()
    return (
        bool(end)
        and last not in KINDS
        and not end.endswith((",", " và", " của", " với", " các", " thuộc", *OPEN_ENDED))
    )


def entries_of(text: str) -> list[str]:
    entries: list[str] = []
    for piece, glue in _pieces(text)[:MAX_PIECES]:
        if not entries:
            entries.append(piece)
            continue
        if _begins_new(entries[-1], piece):
            entries.append(piece)
        else:
            entries[-1] += glue + piece
    return [name for entry in entries for name in spread(entry)]


def _pieces(text: str) -> list[tuple[str, str]]:
    """The words between commas and "và", with what joined each to the one before."""
    found: list[tuple[str, str]] = []
    for at, part in enumerate(text.split(",")):
        for turn, piece in enumerate(_by_and(part)):
            glue = " và " if turn else (", " if at else "")
            if piece.strip():
                found.append((piece.strip(), glue))
    return found


def _by_and(part: str) -> list[str]:
    pieces = part.replace(" & ", " và ").split(" và ")
    return [
        piece
        for piece in (p.removeprefix("và ").strip() for p in (x.strip() for x in pieces))
        if piece
    ]


def _begins_new(current: str, piece: str) -> bool:
    """Whether a piece begins an agency of its own after ``current``."""
    lower, so_far = piece.lower(), current[:80].lower()
    ends = current[-60:].lower()
    group = next((g for g in _GROUPS if lower.startswith(g)), None)
    if group is not None:
        return lower[len(group) :].startswith(COLLECTIVE)
    if ends.endswith(_SHARED_OFFICES) and lower.startswith(_COUNCILS):
        return False  # one office: Văn phòng HĐND và UBND
    area = _is_area(so_far)
    collective = not area and (so_far.startswith(_GROUPS) or _is_collective(current))
    if collective and _is_bare(piece):
        return False
    if (
        so_far.startswith(_MEN)
        and "," not in so_far
        and piece.lower().startswith((*PERSONS, *_POSTS))
    ):
        return False  # Ông Trần Văn Bảy, Phó Chủ tịch
    if _is_head(piece):
        return so_far not in _BARE_HEADS and not ends.endswith(OPEN_ENDED)
    if lower.startswith(AREAS):
        return False
    if lower.startswith(PEOPLE) and not so_far.startswith(_GROUPS):
        return True
    if _is_collective(piece):
        return not collective
    return False


def _is_head(text: str) -> bool:
    """A name's first word or words, written with a capital: Sở, Bộ, UBND, Công an, Chủ tịch, …"""
    if not text[:1].isupper():
        return False
    lower = text[:60].lower()
    if lower.startswith(NOT_HEADS):
        return False
    return has_word(lower, HEADS) or has_word(lower, PERSONS) or _is_acronym(text)


def _is_acronym(text: str) -> bool:
    """A body known by its letters: EVN, VCCI, VNPT Tây Ninh."""
    first = text[:12].split(" ", 1)[0]
    letters = 3 <= len(first) <= 6 and first.isascii() and first.isalpha() and first.isupper()
    return letters and text != text.upper() and not set(first) <= set("IVX")


def _is_collective(text: str) -> bool:
    lower = text[:60].lower()
    if not lower.startswith(LOOSE):
        return False
    return any(has_word(lower, (w,)) if w[-1] != "," else lower.startswith(w) for w in LOOSE)


def _is_bare(piece: str) -> bool:
    """``Ban``, ``Ngành tỉnh``: a word of a collective, not the name of one body."""
    words = piece.lower().rstrip(".").split()
    if not words or words[0] not in {
        "sở",
        "ban",
        "ngành",
        "bộ",
        "phòng",
        "hội",
        "đoàn",
        "đơn",
        "cơ",
        "tổ",
    }:
        return False
    rest = " ".join(words[1:])
    return rest in {
        "",
        "tỉnh",
        "thành phố",
        "liên quan",
        "cấp tỉnh",
        "vị",
        "quan",
        "có liên quan",
        "chức",
        "thể",
    } or (
        rest.startswith(
            ("vị ", "quan ", "chức ", "thể ", "tỉnh", "của tỉnh", "trung ương", "thuộc")
        )
    )


def _is_area(current: str) -> bool:
    """A committee of many places: what follows with "cơ quan", "tổ chức" is somebody else."""
    lower = current
    return lower.startswith(("ubnd", "ủy ban", "uỷ ban", "chủ tịch", "hđnd", "hội đồng"))


def names_alone(text: str) -> bool:
    """Whether the words are names and nothing else: no verb between, no sentence."""
    words = " ".join(text.split())
    return _short_names_alone(words) if len(words) <= SHORT else _names_alone(words)


def _names_alone(words: str) -> bool:
    name, cut = without_narrative(words)
    return bool(name) and not cut and only_names(name)


_short_names_alone = lru_cache(maxsize=2048)(_names_alone)


def only_names(name: str) -> bool:
    """No sentence: neither a verb nor a mark that ends one."""
    return not any(mark in name for mark in (". ", "? ", "“", "%")) and len(name.split()) <= 32
