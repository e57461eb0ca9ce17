"""Tables whose headings the reader does not know: their cells tell the columns (names of bodies, times, long
words); columns that are headed by bodies or months and hold nothing but marks; tables with their keys on the left."""

from __future__ import annotations

import re

from feedback.importer.agencies import begins_with_agency
from feedback.importer.columns import (
    AGENCIES,
    MARK,
    MAX_NAMES,
    MIN_LETTERS,
    MOST,
    NUMBER,
    TASK,
    column_kind,
)
from feedback.importer.dates import is_time
from feedback.importer.guessing import role_of_words
from feedback.importer.readers.pieces import Cell, Line, Piece, Table
from feedback.importer.roles import COORDINATING, DEADLINE, IMPLEMENTING, LEAD

LOOKED_AT = 60  # rows that tell a column
_ORDER = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|[IVX]{1,5}[.)]?|[a-zđ][.)]")
_LEADS = frozenset({"ct", "chủ trì", "c", "cht", "●", "chính", "đm", "đầu mối"})
_JOINS = frozenset({"ph", "phối hợp", "p", "pht", "○", "phụ", "tg", "tham gia", "hỗ trợ", "ht"})
_DOES = frozenset({"x", "✓", "✔", "v", "th", "thực hiện", "√", "•", "*", "+"})
_MONTH = re.compile(
    r"(?:t|th|tháng|quý|q|tuần|năm)[\s.]{0,3}(?:\d{1,4}|[IV]{1,3})\b|^\s*20\d\d\s*$", re.I
)
_OVER = re.compile(r"(?:thời gian|tiến độ|kế hoạch|thực hiện|năm \d{4}|\W){1,4}\s", re.I)


def mark_of(text: str) -> str | None:
    """The role that a mark in a cell gives to the body above it."""
    mark = text.lower().strip(" .()[]")
    if mark in _LEADS:
        return LEAD
    if mark in _JOINS:
        return COORDINATING
    return IMPLEMENTING if mark in _DOES else None


def with_marks(
    kinds: list[str | None], headings: list[str], body: list[list[str]]
) -> list[str | None]:
    """The kinds; columns that hold marks below bodies or months are told apart."""
    found, body = list(kinds), body[:LOOKED_AT]
    for at, heading in enumerate(headings):
        cells = [row[at].strip() for row in body if at < len(row) and row[at].strip()]
        if not heading or not cells or any(mark_of(cell) is None for cell in cells):
            continue
        told = any(mark_of(cell) in (LEAD, COORDINATING) for cell in cells)
        if _MONTH.search(heading) or begins_with_agency(heading) or told and kinds[at] is None:
            found[at] = MARK
    if found.count(MARK) < 2:
        return kinds
    if TASK not in found:
        _find_task(found, body)
    return found


def month_of(heading: str) -> str | None:
    """The time that a column of crosses stands for."""
    return (
        _OVER.sub("", heading + " ", count=1).strip() or heading if _MONTH.search(heading) else None
    )


def kinds_by_cells(rows: list[list[str]]) -> tuple[list[str | None], int] | None:
    """The kinds of the columns and the first row below the headings, where no heading is known."""
    rows = rows[:LOOKED_AT]
    width = len(rows[0]) if rows else 0
    if width < 3 or len(rows) < 3:
        return None
    kinds = [_kind([row[at] for row in rows[1:] if at < len(row)]) for at in range(width)]
    bodies = [at for at, kind in enumerate(kinds) if kind == IMPLEMENTING]
    if not bodies:
        return None
    _find_task(kinds, rows[1:])
    if TASK not in kinds:
        return None
    headed = not any(begins_with_agency(rows[0][at]) for at in bodies)
    roles = [role_of_words(rows[0][at]) if headed else IMPLEMENTING for at in bodies]
    if len(bodies) > 1 and len(set(roles)) == 1:
        roles = [LEAD] + [COORDINATING] * (len(bodies) - 1)
    for at, role in zip(bodies, roles, strict=True):
        kinds[at] = role
    return kinds, 1 if headed else 0


def _kind(cells: list[str]) -> str | None:
    texts = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if not texts:
        return None
    if sum(bool(_ORDER.fullmatch(text)) for text in texts) >= MOST * len(texts):
        return NUMBER
    if sum(is_time(text) for text in texts) >= MOST * len(texts):
        return DEADLINE
    named = sum(begins_with_agency(text) for text in texts)
    if named >= MOST * len(texts) and max(map(len, texts)) <= MAX_NAMES:
        return IMPLEMENTING
    return None


def _find_task(kinds: list[str | None], body: list[list[str]]) -> None:
    """The open column with the most words holds the tasks."""
    sizes = {
        at: sum(len(row[at]) for row in body if at < len(row)) / max(1, len(body))
        for at, kind in enumerate(kinds)
        if kind is None
    }
    longest = max(sizes, key=lambda at: sizes[at], default=None)
    if longest is not None and sizes[longest] >= MIN_LETTERS:
        kinds[longest] = TASK


def turned(table: Table) -> list[Piece] | None:
    """A table that has its keys on the left: one row for each task, or its lines; None where it has none."""
    kinds = [column_kind(row[0].text) if row else None for row in table.rows]
    keys = [kind for kind in kinds if kind in (*AGENCIES, DEADLINE)]
    if not any(kind in AGENCIES for kind in keys) or len(keys) * 3 < len(kinds):
        return None
    if TASK not in kinds:
        return _as_lines(table, kinds) if len(keys) > 1 else None
    wanted = [kind for kind in dict.fromkeys(kinds) if kind is not None]
    heading = [next(row[0] for row, k in zip(table.rows, kinds, strict=True) if k == kind) for kind in wanted]  # fmt: skip
    rows: list[list[Cell]] = [heading]
    starts = [at for at, kind in enumerate(kinds) if kind == TASK]
    for start, end in zip(starts, [*starts[1:], len(kinds)], strict=True):
        for column in range(1, len(table.rows[start])):
            told = {k: r[column] for k, r in zip(kinds[start:end], table.rows[start:end], strict=True) if k}  # fmt: skip
            if told[TASK].text.strip() and not told[TASK].merged:
                rows.append([told.get(kind, Cell("")) for kind in wanted])
    return [Table(rows, table.number, table.page, rebuilt=True)]


def _as_lines(table: Table, kinds: list[str | None]) -> list[Piece]:
    found: list[Piece] = []
    for row, kind in zip(table.rows, kinds, strict=True):
        texts = list(
            dict.fromkeys(" ".join(cell.text.split()) for cell in row if cell.text.strip())
        )
        joint = ": " if kind else " "
        found.append(Line(row[0].first, joint.join([texts[0], " ".join(texts[1:])]).strip(": ") if texts else "", table.page))  # fmt: skip
    return found
