"""A table of tasks that was torn into loose lines, one cell after the other, is put together again.

The headings tell the columns, the running numbers tell the rows. Which lines of a row make which cell is
weighed: bodies' names belong to a column of agencies, months and years to a column of deadlines, and a
cell hardly begins with a small letter. The best of all divisions is taken (dynamic programming), so a cell
that is missing or that goes on after a page's end does not shift the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from feedback.importer.columns import (
    AGENCIES,
    MAX_HEADING,
    NUMBER,
    OTHER,
    TASK,
    column_kind,
    is_table_of_tasks,
)
from feedback.importer.readers.pieces import Cell, Line, Piece, Table
from feedback.importer.readers.weighing import Fragment, Part, divide

_GAP = re.compile(r" {2,}")
_ROW = re.compile(r"(\d{1,3})(?:\s{1,9}(\S.*))?")
_TITLE = re.compile(r"([IVX]{1,5}|[A-H])[.\s]\s{0,3}(\S.*)")
_END = re.compile(r"nơi nhận\b|(?:TM|KT|TL|TUQ)\s?\.\s?[A-ZĐ]|PHỤ LỤC|Phụ lục [IVX\d]", re.I)
MAX_HEADER = 24
MAX_ROW = 150  # fragments of one row that are weighed


@dataclass
class _Torn:
    """A table being put together."""

    kinds: list[str | None]
    headings: list[str]
    header: list[str]
    first: int
    page: int | None
    rows: list[list[Cell]] = field(default_factory=list)
    torn: list[tuple[int, list[Fragment]]] = field(default_factory=list)


def put_together(pieces: list[Piece]) -> list[Piece]:
    """The same pieces, each torn table in them as a table."""
    found: list[Piece] = []
    at, tables = 0, sum(isinstance(piece, Table) for piece in pieces)
    while at < len(pieces):
        torn, after = _header(pieces, at)
        if torn is None:
            found.append(pieces[at])
            at += 1
            continue
        after = _rows(pieces, after, torn)
        _fill(torn)
        if torn.rows:
            tables += 1
            head = [Cell(text, torn.first, torn.first) for text in torn.headings]
            found.append(Table([head, *torn.rows], tables, torn.page, rebuilt=True))
            at = after
        else:
            found.append(pieces[at])
            at += 1
    return found


def _header(pieces: list[Piece], at: int) -> tuple[_Torn | None, int]:
    """The headings, each a line or several, from "TT" to the first row's number."""
    start = pieces[at]
    if not isinstance(start, Line) or column_kind(start.text) != NUMBER or len(start.text) > 12:
        return None, at
    headings: list[str] = []
    lines: list[str] = []
    for after in range(at, min(len(pieces), at + MAX_HEADER)):
        piece = pieces[after]
        if not isinstance(piece, Line) or len(piece.text) > MAX_HEADING:
            break
        text = " ".join(piece.text.split())
        if _ROW.fullmatch(text) and headings and text.split()[0] == "1":
            kinds = [column_kind(heading) for heading in headings]
            if is_table_of_tasks(kinds):
                return _Torn(kinds, headings, lines, start.number, start.page), after
            return None, at
        if not text:
            continue
        lines.append(text)
        for part in _GAP.split(piece.text.strip()):
            if headings and (part[:1].islower() or column_kind(headings[-1]) is None):
                headings[-1] += " " + part
            else:
                headings.append(part)
    return None, at


def _rows(pieces: list[Piece], at: int, torn: _Torn) -> int:
    """Rows until the table ends; returns where the text goes on."""
    number = 0
    fragments: list[Fragment] = []
    broken = False
    while at < len(pieces):
        piece = pieces[at]
        if not isinstance(piece, Line) or _END.match(piece.text.strip()):
            break
        text = " ".join(piece.text.split())
        repeated = _repeats(pieces, at, torn)
        if repeated:
            at, broken = repeated, True
            continue
        at += 1
        match = _ROW.fullmatch(text)
        if match and int(match[1]) == number + 1:
            torn.torn.append((number, fragments))
            number, fragments, broken = number + 1, [], False
            text = match[2] or ""
        elif number == 0 or (title := _TITLE.fullmatch(text)) and title[2].isupper():
            continue
        if not text:
            continue
        parts = _GAP.split(piece.text.strip()) if text == " ".join(piece.text.split()) else [text]
        for part in parts:
            if len(fragments) < MAX_ROW:
                fragments.append(Fragment(part, piece.number, broken))
            broken = False
    torn.torn.append((number, fragments))
    return at


def _repeats(pieces: list[Piece], at: int, torn: _Torn) -> int:
    """Where the text goes on after the headings were given again on a new page; 0 if they were not."""
    for heading in torn.header:
        while at < len(pieces) and _words(pieces[at]) == "":
            at += 1
        if at >= len(pieces) or _words(pieces[at]) != heading:
            return 0
        at += 1
    return at


def _words(piece: Piece) -> str | None:
    return " ".join(piece.text.split()) if isinstance(piece, Line) else None


def _fill(torn: _Torn) -> None:
    """Divide every row; rows cut by a page's end last, when the widths of the columns are known."""
    columns = [at for at, kind in enumerate(torn.kinds) if kind != NUMBER]
    kinds = [torn.kinds[at] or OTHER for at in columns]
    rows = [(number, fragments) for number, fragments in torn.torn if number and fragments]
    whole = [divide(f, kinds) for _n, f in rows if not any(x.broken for x in f)]
    widths = _widths([part for parts in whole for part in parts], len(kinds))
    for number, fragments in rows:
        cut = any(fragment.broken for fragment in fragments)
        parts = divide(fragments, kinds, widths) if cut else whole.pop(0)
        _close(torn, number, fragments, parts, columns)


def _widths(parts: list[Part], count: int) -> list[int]:
    """How wide the lines of each column are; 0 where that is not known."""
    longest = [0] * count
    for column, part, _going_on in parts:
        longest[column] = max(longest[column], *(len(fragment.text) for fragment in part))
    return longest


def _close(torn: _Torn, number: int, fragments: list[Fragment], parts: list[Part], columns: list[int]) -> None:  # fmt: skip
    """Put the row's parts into cells; a second set of agencies is a row below."""
    kinds = [torn.kinds[at] or OTHER for at in columns]
    rows = [_empty_row(torn, fragments, str(number))]
    filled: set[int] = set()
    for column, part, continued in parts:
        place = columns[column]
        repeated = place in filled and not continued and kinds[column] in AGENCIES
        if repeated and _is_new_row(kinds[column], filled, columns, kinds):
            rows.append(_empty_row(torn, fragments, ""))
            filled = set()
        _put(rows[-1], place, part)
        filled.add(place)
    torn.rows.extend(rows)


def _is_new_row(kind: str, filled: set[int], columns: list[int], kinds: list[str]) -> bool:
    """Agencies come again after a deadline was given: a row below within the same task."""
    return kind in AGENCIES and any(
        columns[at] in filled for at, known in enumerate(kinds) if known not in (*AGENCIES, TASK)
    )


def _empty_row(torn: _Torn, fragments: list[Fragment], number: str) -> list[Cell]:
    first = fragments[0].line
    return [Cell(number if kind == NUMBER else "", first, first) for kind in torn.kinds]


def _put(row: list[Cell], place: int, part: list[Fragment]) -> None:
    before = row[place]
    words = "\n".join(fragment.text for fragment in part)
    text = f"{before.text}\n{words}" if before.text else words
    first = before.first if before.text else part[0].line
    row[place] = Cell(text, first, part[-1].line)
