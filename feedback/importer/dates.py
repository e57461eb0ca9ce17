"""Deadlines: phrases of time in a text, and the last day that one means."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_DAY = r"\d{1,2}\s?(?:/|-|\.)\s?\d{1,2}\s?(?:/|-|\.)\s?\d{4}"
_LONG_DAY = r"\d{1,2}\s{1,2}tháng\s{1,2}\d{1,2}(?:\s{1,2}năm\s{1,2}\d{4}|\s{1,2}h[ằà]ng\s{1,2}năm)?"
_MONTH = r"tháng\s{1,2}\d{1,2}\s?(?:/\s?\d{4}|\s{1,2}năm\s{1,2}\d{4})"
_QUARTER = r"quý\s{1,2}(?:[IV]{1,3}|[1-4])(?:\s?(?:/|-)\s?\d{4}|\s{1,2}năm\s{1,2}\d{4})?"
_YEARLY = r"\d{1,2}\s{1,2}h[ằà]ng\s{1,2}(?:tháng|quý|năm)|\d{1,2}\s?/\s?\d{1,2}\s{1,2}h[ằà]ng\s{1,2}năm|\d{1,2}\s?/\s?\d{1,2}(?![\d/])"
_TERM = r"(?:ngày\s{1,2})?\d{1,2}\s{1,2}(?:của\s)?tháng\s(?:cuối|đầu)\s(?:mỗi\s)?(?:quý|năm)|năm học\s{1,2}\d{4}\s?[-–]\s?\d{4}|(?:kỳ )?khai giảng"
_WEEK = r"tuần (?:thứ )?(?:nhất|hai|ba|tư|cuối|đầu)(?: tiên| cùng)?(?: của)? tháng\s{1,2}\d{1,2}\s?/\s?\d{4}"
_HOUR = r"\d{1,2}\s?(?:giờ|h)(?:\s?\d{2}(?:\s?phút)?)?,?\s{1,2}"
_WHEN = (
    rf"(?:{_HOUR})(?:h[ằà]ng\s{{1,2}}ngày|ngày\s{{1,2}}(?:{_DAY}|{_LONG_DAY}))|"
    rf"{_TERM}|{_WEEK}|tháng\s\d{{1,2}}\sh[àằ]ng\snăm|(?:ngày\s{{1,2}})?(?:{_DAY}|{_LONG_DAY}|{_YEARLY})|{_MONTH}|{_QUARTER}|năm\s{{1,2}}\d{{4}}"
)
_PHRASE = re.compile(
    rf"\b(?:trước|chậm nhất(?: là| vào| đến)?|muộn nhất(?: là)?|trong|từ|đến hết|hết|vào)\s{{1,2}}"
    rf"(?:{_WHEN})(?:\s{{1,2}}đến\s{{1,2}}(?:{_WHEN}))?",
    re.IGNORECASE,
)
# at the end of a sentence: how often
_EVER = re.compile(
    r"(?:\s|^)(thường xuyên|liên tục|(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\sh[àằ]ng\stuần|(?:định kỳ\s)?h[àằ]ng\s(?:năm|quý|tháng|tuần|ngày)"
    r"|(?:trước\s)?(?:ngày\s)?\d{1,2}\sh[àằ]ng\s(?:tháng|quý|năm))(?=\s?[.;]|$)"
    r"|(?:\s)(h[àằ]ng\s(?:năm|quý|tháng|tuần|ngày))(?=,\s|\s(?:báo cáo|tổng hợp|gửi)\b)",
    re.I,
)
# counted from an event: no day can be told
_SINCE = re.compile(
    r"(?:trong vòng|trong thời hạn|chậm nhất(?: là)?|không quá|sau)\s\d{1,3}\s(?:ngày|tháng|giờ|tuần)"
    r"(?:\slàm việc)?,?\s(?:kể từ|từ khi|sau khi|từ ngày)[^.;,]{2,80}",
    re.I,
)
_TIMES = re.compile(
    r"(?:hoàn thành|xong|thực hiện|thời gian|thời hạn)?\s?(?:trước|trong|đến|từ|vào|hết|chậm nhất|ngày|tháng"
    r"|quý|năm|mùa|giai đoạn|chủ nhật|thứ\s(?:hai|ba|tư|năm|sáu|bảy)|rằm|mùng|cuối tuần|thường xuyên|liên tục|định kỳ|h[àằ]ng\s|mỗi\s|cả năm|suốt|sáng|chiều|tối|kỳ họp"
    r"|6 tháng|sáu tháng|đầu|cuối|giữa|khi\s|sau|\d{1,2}\s?giờ|\d{1,2}\s?[/.-]\s?\d|20\d\d)",
    re.I,
)
_MORNING = re.compile(rf"(?:sáng|chiều|tối)\s(?:ngày\s)?(?:{_DAY}|{_LONG_DAY})", re.I)
_FROM = re.compile(rf"\btừ\s{{1,2}}(?:đầu\s)?(?:ngày\s{_DAY}|{_MONTH}|{_QUARTER})", re.I)
_DAYS = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})")
_LONG_DAYS = re.compile(r"(\d{1,2})\s{1,2}tháng\s{1,2}(\d{1,2})\s{1,2}năm\s{1,2}(\d{4})", re.I)
_MONTHS = re.compile(r"(\d{1,2})\s?/\s?(\d{4})|tháng\s{1,2}(\d{1,2})\s{1,2}năm\s{1,2}(\d{4})", re.I)
_QUARTERS = re.compile(r"quý\s{1,2}([IV]{1,3}|[1-4])\s?(?:/|-|\s|năm){1,6}(\d{4})", re.I)
_YEARS = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_ALWAYS = ("thường xuyên", "hằng năm", "hàng năm", "liên tục", "định kỳ", "hằng quý", "hàng quý")
_OPEN = ("đến khi", "theo ", "những năm tiếp theo", "các năm tiếp theo", "giai đoạn")
_CUT_YEAR = re.compile(r"(/(?:2|20|20\d)) (\d{1,3})(?!\d)")  # by the width of a cell
MAX_TEXT = 20_000


@dataclass(frozen=True)
class Due:
    """The last day that a phrase means, if it means one; ``reason`` where something is missing."""

    on: date | None
    reason: str | None = None


def read_deadline(words: str) -> str | None:
    """The value of a deadline line; of one in many words the phrases of time alone."""
    text = " ".join(words.split()).strip(" .;,")
    text = _CUT_YEAR.sub(r"\1\2", text)
    if not text:
        return None
    if len(text) <= 90:
        return text
    phrases = find_deadlines(text)
    return "; ".join(phrases) if phrases else text[:200]


def find_deadlines(text: str) -> list[str]:
    """Phrases such as ``trước ngày 15/6/2025`` and ``trong quý II/2025``, in their order, each once."""
    found: list[str] = []
    for match in _PHRASE.finditer(text[:MAX_TEXT]):
        phrase = " ".join(match[0].split())
        lower = phrase.lower()
        if (
            lower.startswith(("từ", "vào", "đến"))
            and " đến " not in lower
            and "năm học" not in lower
        ):
            continue
        if phrase not in found:
            found.append(phrase)
    if not found and (since := _SINCE.search(text[:MAX_TEXT])):
        found.append(" ".join(since[0].split()))
    if not found and (ever := _EVER.search(text[:MAX_TEXT])):
        found.append(ever[1] or ever[2])
    for pattern in (_MORNING, _FROM):
        if not found and (told := pattern.search(text[:MAX_TEXT])):
            found.append(" ".join(told[0].split()))
    return found


def is_time(text: str) -> bool:
    """Whether the words only say when: ``trong quý III/2026``, ``thường xuyên``, ``năm học 2026 - 2027``."""
    words = " ".join(text.split())
    if not words or len(words) > 70 or not _TIMES.match(words):
        return False
    lower = words.lower().removeprefix("thực hiện ")
    told = any(char.isdigit() for char in words) or any(word in lower for word in _ALWAYS)
    return told or lower.startswith(("quý ", "mùa ", "suốt ", "cả ", "trong ", "trước ", "khi ", "hết ", "hằng ", "hàng "))  # fmt: skip


def due_of(words: str | None) -> Due:
    """The day on which the phrase is over: a month's or a quarter's last day, the day itself."""
    return _due_of(" ".join((words or "").split())[:400])


@lru_cache(maxsize=1024)
def _due_of(text: str) -> Due:
    if not text:
        return Due(None)
    lower = text.lower()
    if "những năm tiếp theo" in lower or "các năm tiếp theo" in lower or "đến khi" in lower:
        return Due(None, "open end")
    days = [day for day in (_day(m[1], m[2], m[3]) for m in _all_days(text)) if day]
    if days:
        return Due(max(days), "several dates" if ";" in text and len(set(days)) > 1 else None)
    if "tuần " in lower and "tháng" in lower:
        return Due(None, "no date")  # a week of a month: which day it ends on is not told
    found = _month_ends(text) or _quarter_ends(text)
    if found:
        return Due(max(found), "several dates" if ";" in text and len(set(found)) > 1 else None)
    if lower.startswith(_ALWAYS) or any(a in lower for a in ("hằng năm", "hàng năm")):
        return Due(None, "recurring")
    years = [int(m[1]) for m in _YEARS.finditer(text)]
    if years and not lower.startswith(_OPEN):
        return Due(date(max(years), 12, 31))
    return Due(None, "no date" if lower.startswith(_OPEN) else "year missing" if any(c.isdigit() for c in text) or "quý" in lower else "no date")  # fmt: skip


def _all_days(text: str) -> list[re.Match[str]]:
    return [*_DAYS.finditer(text), *_LONG_DAYS.finditer(text)]


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_ends(text: str) -> list[date]:
    ends = []
    for match in _MONTHS.finditer(text):
        month, year = int(match[1] or match[3]), int(match[2] or match[4])
        if 1 <= month <= 12 and 1900 < year < 2200:
            ends.append(date(year, month, calendar.monthrange(year, month)[1]))
    return ends


def _quarter_ends(text: str) -> list[date]:
    ends = []
    for match in _QUARTERS.finditer(text):
        quarter = _ROMAN.get(match[1].upper()) or int(match[1] if match[1].isdigit() else 0)
        if 1 <= quarter <= 4:
            year, month = int(match[2]), quarter * 3
            ends.append(date(year, month, calendar.monthrange(year, month)[1]))
    return ends
