"""Number, day, issuer, kind, title and signer of a document of the Vietnamese administration
(layout of Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NUMBER = re.compile(r"\b(\d{1,6}\s?/(?:\d{4}/)?[A-ZĐ]{1,8}(?:-[A-ZĐ]{1,12}){0,3})(?![\w-])")
_LABELLED = re.compile(
    r"số\s*:?\s*(\d{1,6}\s?/(?:\d{4}/)?[A-ZĐ]{1,8}(?:-[A-ZĐa-z]{1,12}){0,3})", re.I
)
_DAY = re.compile(
    r"(?:(?P<place>[^,]{2,40}),\s*)?ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I
)
_KINDS = ("KẾ HOẠCH", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH", "NGHỊ QUYẾT", "ĐỀ ÁN", "CHỈ THỊ")
_COMMITTEE = re.compile(r"ủy ban nhân dân|uỷ ban nhân dân", re.I)
_NOT_A_NAME = re.compile(r"[^\w\s.]|\d")


@dataclass(frozen=True)
class Header:
    number: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    title: str | None = None
    kind: str | None = None
    signer: str | None = None


def read_header(head: list[tuple[int, str]], tail: list[str], whole: list[str]) -> Header:
    """``head`` stands before the first section, ``tail`` from the recipients on."""
    texts = [text for _number, text in head]
    day, place = _issued(texts)
    kind, title = _kind_and_title(texts)
    return Header(
        number=_number(texts),
        issued_on=day,
        issuer=_issuer(texts, tail, place),
        title=title,
        kind=kind,
        signer=_signer(tail or whole[-12:]),
    )


def _number(texts: list[str]) -> str | None:
    for pattern in (_LABELLED, _NUMBER):
        for text in texts:
            if match := pattern.search(text):
                return match[1].replace(" ", "")
    return None


def _issued(texts: list[str]) -> tuple[str | None, str | None]:
    for text in texts:
        if match := _DAY.search(text):
            try:
                day = date(int(match[4]), int(match[3]), int(match[2]))
            except ValueError:
                continue
            return day.isoformat(), (match["place"] or "").strip() or None
    return None, None


def _kind_and_title(texts: list[str]) -> tuple[str | None, str | None]:
    for at, text in enumerate(texts):
        kind = next((k for k in _KINDS if text.upper() == k), None)
        if kind:
            following = texts[at + 1] if at + 1 < len(texts) else ""
            return kind, " ".join(following.split()) or None
    return None, None


def _issuer(texts: list[str], tail: list[str], place: str | None) -> str | None:
    """The committee named in the head; else inferred from the place and "TM. ỦY BAN NHÂN DÂN"."""
    for text in texts:
        if _COMMITTEE.match(text) and len(text) < 80:
            return " ".join(text.split())
    if place and any(_COMMITTEE.search(line) for line in tail):
        return f"Ủy ban nhân dân tỉnh {place}"
    return None


def _signer(tail: list[str]) -> str | None:
    """The last line that looks like a person's name; handwriting remnants are cut off."""
    for raw in reversed(tail):
        line = _NOT_A_NAME.split(raw.strip())[0].strip(" .")
        words = line.split()
        if 2 <= len(words) <= 6 and all(w[:1].isupper() and not w.isupper() for w in words):
            return line
    return None
