"""Tasks given in sentences: "Giao X chủ trì, phối hợp với Y … trước ngày …"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from feedback.importer.agencies import (
    Named,
    begins_with_agency,
    names_alone,
    read_agencies,
)
from feedback.importer.dates import is_time
from feedback.importer.narrative import without_narrative
from feedback.importer.roles import COORDINATING
from feedback.importer.shares import read_shares, told_by

_ASKED = (
    "giao ",
    "phân công ",
    "yêu cầu ",
    "đề nghị ",
    "giao cho ",
    "chỉ đạo ",
    "trách nhiệm của ",
)
_GIVING = ("Giao ", "Phân công ", "Yêu cầu ", "Đề nghị ")
_WITH = (
    "phối hợp chặt chẽ với ",
    "phối hợp cùng với ",
    "phối hợp với ",
    "phối hợp cùng ",
    "phối hợp ",
)
_NOTHING: tuple[str, ...] = (
    "chủ trì",
    "tổ chức",
    "triển khai",
    "thực hiện",
    "hoàn thành",
    "xong",
    "và ",
    "có trách nhiệm",
)
_NOTHING += (
    "các nhiệm vụ",
    "những nhiệm vụ",
    "nhiệm vụ",
    "các nội dung",
    "nội dung",
    "công việc",
    "sau",
)
_NOTHING += ("dưới đây", "như ", "nêu trên", "này", "trên", "cụ thể", "phối hợp", "cùng ", "với ")
MAX_BEFORE = 260
MAX_AFTER = 400
MAX_SENTENCE = 700
_STOPS = (
    ". ",
    " để ",
    " trong việc ",
    " nhằm ",
    " theo quy",
    ": ",
    " thường xuyên ",
    " trước ngày ",
    " khi ",
)


_BY = re.compile(r"\s(?:do|giao cho|giao|được giao cho)\s(?=[A-ZĐ])")
_BY_WHEN = re.compile(r"[,;]\s(?=(?:xong|hoàn thành|trước|trong|chậm nhất|từ|đến|thời)\s)", re.I)
_FIRST_MARK = re.compile(r"[,:]\s")
MAX_TIME = 80
_DEEDS = re.compile(
    r"\s(?:làm\s)?(?:chủ trì|thực hiện|phụ trách|đảm nhận|đảm nhiệm|triển khai|đầu mối|tổ chức)\b"
)


@dataclass
class Sentence:
    """Who a sentence gives a task to. ``weak``: only somebody who does something, nobody is asked."""

    lead: list[Named] = field(default_factory=list)
    coordinating: list[Named] = field(default_factory=list)
    implementing: list[Named] = field(default_factory=list)
    weak: bool = False


def read_sentence(text: str) -> Sentence | None:
    """The agencies of a sentence; None where it gives no task to anybody."""
    asked, words = _asked(text.lstrip(" -–+*"))
    words = _without_time(words)
    if not begins_with_agency(words) and not begins_with_agency(words[:1].upper() + words[1:]):
        return _done_by(words)
    at = _find(words.lower(), "chủ trì")
    if at is not None and at <= MAX_BEFORE:
        lead = _names(told_by(words[:at]))
        if lead:
            behind = words[at + 7 :]
            return Sentence(lead=lead, coordinating=partners(behind) or _joining(behind))
    name, cut = without_narrative(" ".join(words[:MAX_BEFORE].split()))
    names = read_agencies(name.partition(":")[0], names_only=True) if cut or ":" in name else []
    if not names or len(name) > 200 or not names_alone(name):
        return None
    if any(not begins_with_agency(n.name[:1].upper() + n.name[1:]) for n in names):
        return None
    if asked and text.lstrip(" -–+*").lower().startswith("đề nghị "):
        return Sentence(implementing=names, coordinating=partners(words))
    if asked:
        return Sentence(lead=names, coordinating=partners(words))
    return Sentence(implementing=names, coordinating=partners(words), weak=True)


def _without_time(words: str) -> str:
    """``Trước ngày 30/4/2026, Sở Y tế …``: when is said first."""
    mark = _FIRST_MARK.search(words[:MAX_TIME])
    if mark is None or not is_time(words[: mark.start()]):
        return words
    rest = words[mark.end() :]
    return _asked(rest)[1]


def _done_by(words: str) -> Sentence | None:
    """``Việc lắp 40 trụ nước do Công an tỉnh chủ trì, Sở Xây dựng phối hợp``: the body behind "do" does it."""
    found = _BY.search(words[:MAX_SENTENCE])
    if found is None or not begins_with_agency(words[found.end() :]):
        return None
    rest = words[found.end() : found.end() + MAX_BEFORE]
    at = _DEEDS.search(rest)
    name = rest[: at.start()].strip(" ,") if at else without_narrative(rest)[0]
    if not name or name == rest.strip(" ,.") or not names_alone(name):
        return None
    if "giao" in found[0] and (at is None or "chủ trì" not in at[0]):
        return Sentence(lead=read_agencies(name), coordinating=partners(rest))
    if at is None or "chủ trì" not in at[0]:
        return Sentence(implementing=read_agencies(name), coordinating=partners(rest), weak=True)
    behind = rest[at.end() :]
    return Sentence(lead=read_agencies(name), coordinating=partners(behind) or _joining(behind))


def says_no_more(text: str, sentence: Sentence) -> bool:
    """Whether a sentence says by whom and by when, and not what: ``Giao Sở A chủ trì thực hiện trước 30/6.``"""
    names = [*sentence.lead, *sentence.coordinating, *sentence.implementing]
    ends = [at + len(n.name) for n in names if (at := text.rfind(n.name)) >= 0]
    rest = " ".join(text[max(ends, default=0) :].lower().split())
    before = ""
    while rest != before:
        before, rest = rest, rest.strip(" ,.;:–-")
        for start in _NOTHING:
            if rest.startswith(start):
                rest = rest[len(start) :]
        if rest.startswith(("lãnh đạo ", "chỉ đạo ")):
            rest = rest.partition(" thực hiện")[2]
    return len(rest.split()) < 2 or is_time(rest)


def sentence_within(text: str) -> int | None:
    """Where behind other words a sentence begins that gives the task to somebody: ``… Giao X chủ trì …``."""
    at = text.rfind(". ", max(0, len(text) - MAX_SENTENCE))
    while at != -1:
        rest = text[at + 2 :]
        if rest.startswith(_GIVING) or "chủ trì" in rest[:MAX_BEFORE]:
            sentence = read_sentence(rest)
            if sentence is not None and sentence.lead:
                return at + 2
        at = text.rfind(". ", max(0, len(text) - MAX_SENTENCE), at)
    return None


def partners(text: str) -> list[Named]:
    """The bodies after "phối hợp với": those with whom the task is done."""
    lower = text.lower()
    for start in _WITH:
        at = lower.find(start)
        if at != -1:
            rest = _first(text[at + len(start) : at + len(start) + MAX_AFTER])
            capital = rest[:1].upper() + rest[1:]
            if not (begins_with_agency(rest) or begins_with_agency(capital)):
                return []
            return [n for n in read_agencies(rest.partition(";")[0]) if len(n.name) <= 120]
    return []


def _joining(behind: str) -> list[Named]:
    """The bodies of ``…; Sở B, Sở C phối hợp``, in the same sentence."""
    joined: list[Named] = []
    clause = _BY_WHEN.split(behind.partition(". ")[0], maxsplit=1)[0]
    for share in read_shares(clause, ""):
        name = share.words[:1].upper() + share.words[1:]
        if share.role == COORDINATING and begins_with_agency(name) and names_alone(name):
            joined.extend(read_agencies(share.words))
    return joined


def _asked(text: str) -> tuple[bool, str]:
    lower = text.lower()
    for start in _ASKED:
        if lower.startswith(start):
            return True, text[len(start) :]
    return False, text


def _first(text: str) -> str:
    """The words up to the sentence's end or to what no longer names anybody."""
    cut = len(text)
    for stop in _STOPS:
        at = text.find(stop)
        if at != -1:
            cut = min(cut, at)
    return text[:cut]


def _find(lower: str, words: str) -> int | None:
    at = lower.find(words)
    return at if at > 0 else None


def _names(before: str) -> list[Named]:
    """The names that stand before "chủ trì", when nothing else stands there."""
    text = before.strip(" ,:")
    for tail in (
        " là cơ quan đầu mối",
        " là cơ quan",
        " là đơn vị",
        " làm cơ quan",
        " được giao",
        " có trách nhiệm",
    ):
        text = text.removesuffix(tail)
    return read_agencies(text) if names_alone(text.rstrip(" ,")) else []
