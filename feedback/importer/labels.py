"""Labels at the beginning of a line: I. / 1. / 1.1. / a) / - / + / Điều 2. / Hoạt động 3: / Phụ lục."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

# The longer a label's kind stands down this list, the deeper it lies.
PART, SECTION, NUMBER, NAMED, ROUND, LETTER, DASH, PLUS = range(8)
_ROMAN = re.compile(r"(?!V/v)([IVX]{1,6})\s{0,2}(?:[.):–-]|/(?!\s?\d))\s{0,12}(?=\S)")
_PART = re.compile(r"([A-H])\s?[.)/:]\s{1,12}(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})(?:\s?[.)/]\s{0,12}|\s?[-–]\s{1,12})(?=[^\W\d]|[\"“(\[])")
_DEEP = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?:[.)]\s{0,12}|\s?[-–]\s{1,12}|\s{1,12})(?=\S)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROUND = re.compile(r"\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s{0,12}(?=\S)")
_LETTER = re.compile(r"([a-zđ]|[a-zđ]\.\d{1,2})[).]\s{0,12}(?=\S)")
_NAMED = re.compile(
    r"((?:hoạt động|nhiệm vụ|giải pháp|nội dung|đề án|dự án|công việc|chỉ tiêu|mục tiêu"
    r"|việc|đầu việc|phần việc|nhóm việc|hạng mục|bước|chuyên đề|mô hình|công trình|tiểu dự án|hợp phần|sáng kiến|nhóm nhiệm vụ)"
    r"\s{1,2}(?:số\s)?(?:\d{1,2}(?:\.\d{1,2})?|[IVX]{1,5}|thứ\s[^\W\d]{1,5}))\s?[.:)–-]\s{0,12}(?=\S)",
    re.I,
)
# behind another label: any words and a number ("1. Việc 2 - …"), but no time
_SECOND = re.compile(
    r"(?!(?:tháng|quý|năm|ngày|tuần|lớp|khóa|điều|đợt|khoản|quốc lộ|đường|giai đoạn)\b)"
    r"[^\W\d_]{1,8}(?:\s[^\W\d_]{1,8}){0,2}\s(?:số\s)?\d{1,2}(?:\.\d{1,2})?\s?(?:[.:)]|\s[–-])\s{1,12}(?=\S)",
    re.I,
)
_ARTICLE = re.compile(r"(điều\s{1,2}\d{1,3})\s?[.:]\s{0,12}(?=\S)", re.I)
_CHAPTER = re.compile(
    r"((?:phần|chương|mục)\s{1,2}(?:thứ\s\w{1,5}|[IVX]{1,5}|\d{1,2}))\s?[.:–-]?\s{0,12}(?=\S|$)",
    re.I,
)
_DASHES, _PLUSES = "-–—−•*·●∙►▶■□◆◇❖★☐→⇒♦○◦\uf0b7\uf02d\uf0a8", "+o▪✓➢>\uf0a7\uf076\uf0d8"


@dataclass(frozen=True)
class Label:
    """The label as written, how deep it ranks, and the words after it."""

    written: str
    rank: tuple[int, ...]
    words: str

    @property
    def is_bullet(self) -> bool:
        return self.rank[0] in (DASH, PLUS)

    @property
    def name(self) -> str:
        """What a path says of it."""
        return self.written.strip("().:/- ")


def read_label(text: str) -> Label | None:
    """The label that the line begins with; None where it begins with words."""
    head = text[:1]
    if head in _DASHES and len(text) > 1:
        words = text[1:].lstrip()
        if words and words[0] not in _DASHES:
            return Label("-", (DASH,), words)
        return None
    if head in _PLUSES and text[1:2] in {" ", "\t"} | ({text[1:2]} if head != "o" else set()):
        return Label("+", (PLUS,), text[1:].lstrip()) if text[1:].strip() else None
    found = _numbered(text)
    found = found or _worded(text)
    if found is None or found.rank[0] < NUMBER:
        return found
    for _turn in range(2):
        second = _NAMED.match(found.words) or _SECOND.match(found.words)
        if second is None:
            break
        found = replace(found, words=found.words[second.end() :])  # "1. Hoạt động 1: …"
    return found


def _numbered(text: str) -> Label | None:
    if match := _DEEP.match(text):
        rank = (NUMBER, match[1].count("."))
        return Label(match[1], rank, text[match.end() :])
    if match := _NUMBER.match(text):
        if match[0].strip()[-1] == "/" and text[match.end() : match.end() + 1].isdigit():
            return None
        return Label(match[1], (NUMBER, 0), text[match.end() :])
    if match := _ROMAN.match(text):
        return Label(match[1], (SECTION,), text[match.end() :])
    if match := _PART.match(text):
        rest = text[match.end() :]
        return Label(match[1], (PART,), rest) if rest.upper() == rest else None
    if text[:1] and text[0] in _CIRCLED and text[1:].strip():
        return Label(str(_CIRCLED.index(text[0]) + 1), (NUMBER, 0), text[1:].lstrip(" .:)"))
    if match := _ROUND.match(text):
        return Label(f"({match[1]})", (ROUND,), text[match.end() :])
    if match := _LETTER.match(text):
        return Label(match[1] + ")", (LETTER,), text[match.end() :])
    return None


def _worded(text: str) -> Label | None:
    if match := _ARTICLE.match(text):
        return Label(match[1].capitalize(), (SECTION,), text[match.end() :])
    if match := _NAMED.match(text):
        return Label(match[1], (NAMED,), text[match.end() :])
    if (match := _CHAPTER.match(text)) and match[0].strip():
        rest = text[match.end() :]
        if not rest or rest.upper() == rest:
            return Label(match[1], (PART,), rest)
    return None
