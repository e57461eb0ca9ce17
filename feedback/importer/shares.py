"""Who does what where the role stands behind the names: ``Sở A chủ trì; Sở B, Sở C phối hợp``.

So it is written in cells, behind a key ("Phân công: …") and in brackets at the end of a task.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from feedback.importer.agencies import begins_with_agency, names_alone
from feedback.importer.dates import find_deadlines, is_time
from feedback.importer.roles import COORDINATING, DEADLINE, IMPLEMENTING, LEAD, Field

_LEADING = ("chủ trì", "tham mưu", "làm đầu mối", "là đầu mối", "phụ trách chính")
_WITH: tuple[str, ...] = (
    "phối hợp chặt chẽ với ",
    "phối hợp cùng với ",
    "phối hợp với ",
    "phối hợp cùng ",
)
_WITH += ("phối hợp: ", "phối hợp ", "cùng với ", "cùng ")
_JOINING = (
    "phối hợp thực hiện",
    "cùng phối hợp",
    "phối hợp",
    "tham gia",
    "cùng thực hiện",
    "hỗ trợ",
)
_DOING = ("tổ chức thực hiện", "triển khai thực hiện", "thực hiện", "phụ trách", "chịu trách nhiệm")
_BEHIND = ("thực hiện", "tham mưu", "triển khai", "tổ chức")
_TELLING = (" chỉ đạo ", " giao ", " yêu cầu ", " lãnh đạo ")
_TOGETHER = re.compile(r"(?:^|[;,]\s)cùng\s(?:với\s)?(?=[A-ZĐ])")
MAX_BRACKET = 600
MAX_PARTS, MAX_DEPTH = 100, 4


def told_by(names: str) -> str:
    """``Đảng ủy UBND tỉnh lãnh đạo, chỉ đạo Sở A chủ trì``: the one who is told leads."""
    for verb in _TELLING:
        above, found, told = names.rpartition(verb)
        above = above.rstrip(" ,")
        for other in _TELLING:
            above = above.removesuffix(other.rstrip())
        if found and begins_with_agency(told) and names_alone(above):
            return told
    return names


@dataclass(frozen=True)
class Share:
    """Names as written, and what they do."""

    role: str
    words: str


def tells_shares(text: str) -> bool:
    """Whether the words say behind names what these do."""
    lower = text.lower()
    told = any(word in lower for word in ("chủ trì", "phối hợp", "đầu mối"))
    return told or _TOGETHER.search(text) is not None


def read_shares(text: str, role: str) -> list[Share]:
    """``role``: that of names behind which nothing is said; after one who leads the others join in."""
    found: list[Share] = []
    for part in text.replace("\n", ";").split(";", MAX_PARTS)[:MAX_PARTS]:
        told = _shares(part.strip(" .,-–+•*"), role)
        found.extend(told)
        if any(share.role == LEAD for share in told):
            role = COORDINATING
    return found


def _shares(part: str, role: str, depth: int = 0) -> list[Share]:
    lower = part.lower()
    joins = depth > 0 and lower.startswith(
        _WITH
    )  # "…, phối hợp với Sở B tham mưu": B does not lead
    for word in _LEADING if depth < MAX_DEPTH and not joins else ():
        at = lower.find(word)
        if at > 0 and part[:at].strip(" (,"):
            first = Share(LEAD, told_by(part[:at].strip(" (,–-")))
            rest = part[at + len(word) :].lstrip(" ),.:–-")
            for tail in _BEHIND:
                rest = rest.removeprefix(tail).lstrip(" ,.")
            rest = rest.removeprefix("và ").removeprefix("thực hiện ")
            return [first, *(_shares(rest, COORDINATING, depth + 1) if rest else [])]
    for start in _WITH:
        if lower.startswith(start):
            names = part[len(start) :].rstrip(" .,")
            for tail in _BEHIND if joins else ():
                names = names.removesuffix(" " + tail)
            return [Share(COORDINATING, names)]
    bare = part.rstrip(" )")
    for tails, told in ((_JOINING, COORDINATING), (_DOING, IMPLEMENTING)):
        for tail in tails:
            if lower.rstrip(" )").endswith((" " + tail, "(" + tail)):
                return [Share(told, bare[: -len(tail)].rstrip(" (,"))]
    for start in _WITH[:4]:
        at = lower.find(" " + start)
        if at > 0:
            return [*_shares(part[:at].rstrip(" ,"), role, depth + 1), Share(COORDINATING, part[at + 1 + len(start) :])]  # fmt: skip
    return [Share(role, part)] if part else []


def without_bracket(text: str) -> tuple[str, list[Field]]:
    """A task's words and, where it ends with a bracket that says by whom and by when, the fields of this.

    ``… cho ngư dân (Sở A chủ trì; Sở B phối hợp; trong quý III/2026)``
    """
    whole = text.rstrip(" .;")
    opened = whole.rfind("(", max(0, len(whole) - MAX_BRACKET))
    if not whole.endswith(")") or opened < 0:
        return text, []
    fields: list[Field] = []
    for part in whole[opened + 1 : -1].split(";"):
        found = _bracketed(part.strip(" .,"))
        if not found:
            return text, []
        fields.extend(found)
    if not any(field.kind != DEADLINE for field in fields):
        return text, []
    return whole[:opened].rstrip(), fields


@lru_cache(maxsize=1024)
def _bracketed(part: str) -> tuple[Field, ...]:
    if is_time(part):
        return (Field(DEADLINE, "", part),)
    fields: list[Field] = []
    for share in _shares(part, ""):
        words = share.words
        known = begins_with_agency(words[:1].upper() + words[1:]) and names_alone(words)
        if not share.role or not known:
            return tuple(Field(DEADLINE, "", phrase) for phrase in find_deadlines(part)[:1])
        fields.append(Field(share.role, "", words))
    return tuple(fields)
