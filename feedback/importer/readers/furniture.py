"""Page furniture: page numbers, running heads, foot-notes and stamps that are no part of the text."""

from __future__ import annotations

import re
from collections import Counter

from feedback.importer.labels import read_label

_PAGE = re.compile(r"(?:trang\s{1,2})?[-–]?\s?\d{1,4}\s?[-–]?(?:\s?/\s?\d{1,4})?", re.I)
_GAZETTE = re.compile(
    r"CÔNG BÁO\s?/\s?Số|Ký bởi:|Người ký:|Cơ quan:\s|Ngày ký:|Thời gian ký:|Email:\s?\S{1,60}@"
)
_NOTE = re.compile(r"(\d{1,2})\s(?=\S)")
_SOURCE = re.compile(r"#\s?source:\s")
EMPTY = ""
NOTE_MARK = "\x02"  # before the figure of a foot-note, where a reader knows that it is one
MIN_PAGE = 20  # lines of a page


def without_furniture(lines: list[str]) -> list[str]:
    """The same lines; those that are furniture are empty, so that numbers stay as in the file."""
    heads = _running_heads(lines)
    kept = list(lines)
    numbers = _row_numbers(lines)
    pages = _in_sequence(lines, numbers)
    page = 1
    for at, line in enumerate(lines):
        page += line.count("\f")
        text = line.strip(" \t\f\xa0")
        if not text:
            continue
        feed = "\f" if "\f" in line else ""
        if _GAZETTE.match(text) or _SOURCE.match(text) or _shape(text) in heads:
            kept[at] = feed or EMPTY
            _clear_page_number(kept, at)
        elif at in pages:
            kept[at] = feed or EMPTY
        elif at in numbers:
            continue
        elif _PAGE.fullmatch(text) and (_is_alone(lines, at) or _is_counted(lines, at, text, page)):
            kept[at] = feed or EMPTY
    return _without_notes(kept)


def _row_numbers(lines: list[str]) -> set[int]:
    """Where 1, 2, 3 … stand alone below the heading "TT" of a table whose cells are a line each."""
    found: set[int] = set()
    wanted = 0
    for at, line in enumerate(lines):
        text = line.strip(" \t*|")
        if text.lower() in {"tt", "stt", "số tt"}:
            wanted = wanted or 1
        elif wanted and text == str(wanted):
            found.add(at)
            wanted += 1
    return found if len(found) > 1 else set()


def _in_sequence(lines: list[str], rows: set[int]) -> set[int]:
    """Numbers alone on their lines that count on from 1 or 2, a page's lines apart: the numbers of pages."""
    found = [
        (at, int(t))
        for at, t in enumerate(line.strip(" \t\f-–") for line in lines)
        if t.isdecimal() and len(t) < 4
    ]
    if len(found) < 2 or found[0][1] > 2 or any(at in rows for at, _number in found):
        return set()
    pairs = list(zip(found, found[1:], strict=False))
    counted = all(b == a + 1 and below - above >= MIN_PAGE for (above, a), (below, b) in pairs)
    return {at for at, _number in found} if counted else set()


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))


def _running_heads(lines: list[str]) -> set[str]:
    """Lines that stand again and again at the top or the bottom of pages (form feeds mark pages)."""
    if not any("\f" in line for line in lines):
        return set()
    seen: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if "\f" in line:
            around = [*reversed(lines[max(0, at - 3) : at]), *lines[at : at + 2]]
            texts = [text.strip(" \t\f") for text in around]
            seen.update({_shape(text) for text in texts if 3 < len(text) < 120 and _may_run(text)})
    pages = sum("\f" in line for line in lines)
    return {shape for shape, count in seen.items() if count >= 3 and count * 2 >= pages}


def _may_run(text: str) -> bool:
    """No running head: a line with a label, a field, the end of a sentence."""
    return read_label(text) is None and ":" not in text and not text.endswith((".", ";", ","))


def _clear_page_number(kept: list[str], at: int) -> None:
    """The page number beside a running head."""
    for beside in (at + 1, at - 1):
        if 0 <= beside < len(kept) and _PAGE.fullmatch(kept[beside].strip() or "x"):
            kept[beside] = EMPTY


def _is_alone(lines: list[str], at: int) -> bool:
    """A number with an empty line or a page's end beside it: a page number, not a row's number."""
    before = lines[at - 1].strip() if at else EMPTY
    after = lines[at + 1] if at + 1 < len(lines) else EMPTY
    return not before and (not after.strip() or "\f" in after) or "\f" in after and not before


def _is_counted(lines: list[str], at: int, text: str, page: int) -> bool:
    """The page's own number on its first or its last line."""
    ends = "\f" in lines[at] or (at + 1 < len(lines) and "\f" in lines[at + 1])
    return ends and text.strip("-– ").isdigit() and abs(int(text.strip("-– ")) - page) <= 1


def _without_notes(lines: list[str]) -> list[str]:
    """Foot-notes are emptied: a number, then words, under an empty line; the text refers to the number
    with a digit glued to a word ("NQ/TW1")."""
    found = list(lines)
    at = start = 0
    while at < len(found):
        text = found[at].strip()
        match = _NOTE.match(text)
        alone = at == 0 or not found[at - 1].strip()
        if match and not alone:
            before = found[max(start, at - 120) : at]
            alone = any(re.search(rf"{NOTE_MARK}{match[1]}(?!\d)", line) for line in before)
        if match and alone and len(text) > 40 and _refers(found[start:at], match[1]):
            while at < len(found) and found[at].strip() and "\f" not in found[at]:
                found[at] = EMPTY
                at += 1
            start = at
        at += 1
    return found


def _refers(lines: list[str], number: str) -> bool:
    """Whether one of the last lines has the number glued to a word."""
    mark = re.compile(rf"(?:[^\W\d]|{NOTE_MARK}){number}(?:\W|$)")
    return any(mark.search(line) for line in lines[-120:])
