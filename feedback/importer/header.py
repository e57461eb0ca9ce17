"""Number, day, issuer, kind, title and signer of a document of the Vietnamese administration
(layout of Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from feedback.importer.readers.pieces import Line
from feedback.importer.turns import KINDS

_CODE = r"\d{1,6}\s?/(?:\d{4}/)?[A-ZĐ]{1,8}(?:-[A-ZĐa-z]{1,12}){0,3}"
_NUMBER = re.compile(rf"(?<![\d/])({_CODE})(?![\w-])")
_LABELLED = re.compile(rf"số\s{{0,3}}:?\s{{0,3}}({_CODE})", re.I)
_PARTY = re.compile(r"^số\s{0,3}:?\s{0,3}(\d{1,6}\s?-\s?[A-ZĐ][A-ZĐa-z]{1,4}/[A-ZĐ]{2,6})", re.I)
_DAY = re.compile(
    r"(?:([^,\d]{2,40}),\s{0,3})?ngày\s{1,3}(\d{1,2})\s{1,3}tháng\s{1,3}(\d{1,2})\s{1,3}năm\s{1,3}(\d{4})",
    re.I,
)
_ISSUERS: tuple[str, ...] = (
    "ủy ban nhân dân",
    "uỷ ban nhân dân",
    "ubnd",
    "chính phủ",
    "thủ tướng chính phủ",
    "bộ ",
    "hội đồng",
)
_ISSUERS += ("tỉnh ủy", "sở ", "chủ tịch ủy ban", "ban chỉ đạo", "ban ")
_NOT_A_NAME = re.compile(r"[^\w\s.]|\d")
_POSTS = (
    "CHỦ TỊCH",
    "THỦ TƯỚNG",
    "GIÁM ĐỐC",
    "BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "BÍ THƯ",
    "CHÁNH VĂN PHÒNG",
)
_NO_TITLE = (
    "căn cứ",
    "theo đề nghị",
    "thực hiện kế hoạch số",
    "(kèm",
    "(ban hành",
    "____",
    "xét đề nghị",
)
_GAP = re.compile(r"\s{3,}|\t")
_MOTTO = re.compile(r"CỘNG H[OÒÀ]|ĐẢNG CỘNG SẢN|Độc lập|Số\s?:")
_ACRONYMS = frozenset({"UBND", "HĐND", "MTTQ", "UBMTTQ", "BCĐ", "TW", "BQL"})
MAX_TITLE_LINES = 8


@dataclass(frozen=True)
class Header:
    number: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    title: str | None = None
    kind: str | None = None
    signer: str | None = None


def read_header(head: list[Line], tail: list[Line], whole: list[Line]) -> Header:
    """``head`` stands before the first label, ``tail`` from the recipients on."""
    texts = [" ".join(line.text.split()) for line in head]
    filled = [text for line in head for text in _columns(line.text)]
    lines = [text for text in texts if text]  # where wide gaps only spread a line's words
    day, place = _issued(filled, _two_by_two(filled))
    day, place = (day, place) if day else _issued(lines, _two_by_two(lines))
    kind, title = _kind_and_title(texts)
    ending = tail or whole[-12:]
    ends = [" ".join(line.text.split()) for line in ending]
    return Header(
        number=_number(filled) or _number(lines),
        issued_on=day,
        issuer=_issuer(_left(head), ends, place),
        title=title,
        kind=kind,
        signer=_signer([_right(line.text) for line in ending]),
    )


def _columns(text: str) -> list[str]:
    """The parts of a line that stand in columns of their own: body on the left, motto on the right."""
    return [" ".join(part.split()) for part in _GAP.split(text) if part.strip()]


def _left(head: list[Line]) -> list[str]:
    """The left column of the letterhead; a motto beside a body's name is left out."""
    firsts = [_columns(line.text)[0] for line in head if line.text.strip()]
    return [text for text in (_MOTTO.split(first)[0].strip() for first in firsts) if text]


def _two_by_two(texts: list[str]) -> list[str]:
    """Each line with the one below: a day of issue may be cut by the width of its column."""
    return [f"{a} {b}" for a, b in zip(texts, texts[1:], strict=False)]


def _number(texts: list[str]) -> str | None:
    for pattern in (_LABELLED, _PARTY, _NUMBER):
        for text in texts[:60]:
            if match := pattern.search(text):
                return match[1].replace(" ", "")
    return None


def _issued(texts: list[str], joined: list[str]) -> tuple[str | None, str | None]:
    """The day with a place before it; else the first day."""
    loose: tuple[str | None, str | None] = (None, None)
    for text in (*texts[:60], *joined[:60]):
        match = _DAY.search(text)
        if match is None or text.lower().startswith(("căn cứ", "theo ", "(")):
            continue
        try:
            day = date(int(match[4]), int(match[3]), int(match[2])).isoformat()
        except ValueError:
            continue
        place = (match[1] or "").strip() or None
        if place and match.start() <= 30 and place[:1].isupper():
            return day, place.split("  ")[-1].strip()
        loose = loose if loose[0] else (day, place)
    return loose


def _kind_and_title(texts: list[str]) -> tuple[str | None, str | None]:
    for at, text in enumerate(texts):
        if text.rstrip(":") not in KINDS:
            continue
        lines: list[str] = []
        for line in texts[at + 1 : at + 1 + MAX_TITLE_LINES * 2]:
            if lines and (not line or line.lower().startswith(_NO_TITLE)):
                break
            if line and not line.strip("_-–— "):
                break
            if line:
                lines.append(line)
        title = " ".join(lines[:MAX_TITLE_LINES]).strip(" _")
        return text.rstrip(":"), title[:1000] or None
    return None, None


def _issuer(texts: list[str], tail: list[str], place: str | None) -> str | None:
    """The body named at the top, with its place below; else inferred from the place and "TM."."""
    for at, text in enumerate(texts[:12]):
        if (
            text.lower().startswith(_ISSUERS)
            and len(text) < 80
            and not text.endswith((":", ".", ";"))
        ):
            below = texts[at + 1] if at + 1 < len(texts) else ""
            if below.lower().startswith(
                ("tỉnh ", "thành phố ", "xã ", "phường ", "huyện ", "chính phủ")
            ):
                text = f"{text} {below}"
            return _in_small(text)
    if place and any(
        "ủy ban nhân dân" in t.lower() or "uỷ ban nhân dân" in t.lower() for t in tail
    ):
        return f"Ủy ban nhân dân tỉnh {place}"
    return None


def _in_small(text: str) -> str:
    """ỦY BAN NHÂN DÂN TỈNH BẮC NINH → Ủy ban nhân dân tỉnh Bắc Ninh."""
    if text != text.upper():
        return text
    for unit in ("TỈNH ", "THÀNH PHỐ ", "XÃ ", "PHƯỜNG ", "HUYỆN "):
        before, found, after = text.partition(unit)
        if found:
            name = " ".join(word.capitalize() for word in after.split())
            if not before and name.startswith(("Ủy ", "Uỷ ")):  # the party's committee of a place
                name = name[:1].lower() + name[1:]
            return _spelled(f"{before}{unit}".capitalize() + name)
    return _spelled(text.capitalize())


def _spelled(name: str) -> str:
    """Short forms stay in capitals; a ministry's field of work begins with one."""
    words = [w.upper() if w.upper() in _ACRONYMS else w for w in name.split()]
    if len(words) > 1 and words[0] in ("Bộ", "Sở"):
        words[1] = words[1].capitalize()
    return " ".join(words).replace("Thủ tướng chính phủ", "Thủ tướng Chính phủ")


def _right(text: str) -> str:
    """What stands behind the last gap: signatures stand beside the recipients."""
    return " ".join(_GAP.split(text.strip())[-1].split())


def _signer(tail: list[str]) -> str | None:
    """The name after the first post of the signatures; else the last line that looks like a name."""
    for at, line in enumerate(tail):
        if not any(post in line for post in _POSTS):
            continue
        words = line.split()
        capitals = [word for word in words if word.isupper()]
        name = _name(" ".join(words[len(capitals) :])) if len(capitals) > 1 else None
        if name:
            return name
        for below in tail[at + 1 : at + 14] if line == line.upper() else ():
            if name := _name(below):
                return name
    return next((name for name in (_name(line) for line in reversed(tail)) if name), None)


def _name(raw: str) -> str | None:
    if raw.startswith(("-", "+", "–")):
        return None
    line = _NOT_A_NAME.split(raw.strip())[0].strip(" .")
    words = line.split()
    if 2 <= len(words) <= 6 and all(w[:1].isupper() and not w.isupper() for w in words):
        return line
    return None
