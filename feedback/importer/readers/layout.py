"""Words with places on pages → lines and tables, for PDF with text and for pictures that were read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from feedback.importer.readers.aligned import Columns, aligned_tables
from feedback.importer.readers.furniture import NOTE_MARK, without_furniture
from feedback.importer.readers.grid import Grid, Segment, Word, find_tables
from feedback.importer.readers.pieces import Source
from feedback.importer.readers.text import FORM_FEED

PLACEHOLDER = "\x01"
_NO_MARKS = {ord(PLACEHOLDER): None, ord(NOTE_MARK): None}
_FIGURE = re.compile(r"\d{1,2}")
_NOTED = re.compile(NOTE_MARK + r"\d{1,2}")


@dataclass
class PageTable:
    rows: list[list[str]]
    merged: frozenset[tuple[int, int]] = frozenset()
    rebuilt: bool = False


@dataclass
class Page:
    """A page's lines from top to bottom; a table stands as a line that only names it."""

    lines: list[str] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    has_text: bool = False
    open_columns: Columns | None = None  # of a table that may go on on the next page

    def put(self, table: PageTable) -> None:
        self.lines.append(f"{PLACEHOLDER}{len(self.tables)}")
        self.tables.append(table)


def page_of(words: list[Word], segments: list[Segment], before: Page | None = None) -> Page:
    """The page; ``before``: the one before it, whose table may go on."""
    tables = find_tables(segments, words)
    taken = {id(word) for table in tables for word in table.words}
    rows = rows_of_words([word for word in words if id(word) not in taken])
    carried = before.open_columns if before is not None else None
    aligned, columns = aligned_tables(rows, carried)
    page = Page(has_text=len(words) > 8, open_columns=columns)
    pitch = _pitch(rows)
    waiting = sorted(tables, key=lambda table: table.top)
    begun = {table.first: table for table in aligned}
    past, last = 0, None
    for at, row in enumerate(rows):
        top = min(word.top for word in row)
        while waiting and waiting[0].top < top:
            _put(page, waiting.pop(0))
            last = None
        if at in begun:
            page.put(PageTable(begun[at].rows, rebuilt=True))
            past, last = begun[at].end, None
        if at < past:
            continue
        if last is not None and top - last > 1.45 * pitch:
            page.lines.append("")
        page.lines.append(_laid_out(row))
        last = top
    for table in waiting:
        _put(page, table)
    return page


def _put(page: Page, table: Grid) -> None:
    cells, merged = table.cells()
    page.put(PageTable(cells, merged))


def rows_of_words(words: Iterable[Word]) -> list[list[Word]]:
    """Words of one height beside each other, from top to bottom, each row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.left)):
        row = rows[-1] if rows else []
        if row and word.middle - row[-1].middle < 0.5 * max(row[-1].height, word.height, 4.0):
            row.append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.left) for row in rows]


def _pitch(rows: list[list[Word]]) -> float:
    """How far apart lines usually are."""
    tops = [min(word.top for word in row) for row in rows]
    steps = sorted(b - a for a, b in zip(tops, tops[1:], strict=False) if 4 < b - a < 60)
    return steps[len(steps) // 3] if steps else 16.0


def _laid_out(row: list[Word]) -> str:
    """The row's words; a wide gap (two columns of a letterhead) as spaces, a small figure as a mark."""
    text = ""
    tall = max(word.height for word in row)
    marked = False
    for at, word in enumerate(row):
        own = word.text.translate(_NO_MARKS)
        gap = word.left - row[at - 1].right if at else 0.0
        close = at > 0 and gap < 0.2 * tall
        if close and word.height < 0.8 * tall and _FIGURE.fullmatch(own):
            own, marked = NOTE_MARK + own, True
        elif at and not (marked and close):
            text += "     " if gap > 22 else " "
            marked = False
        text += own
    return text


def source_of(pages: list[Page], kind: str) -> Source:
    """The document of these pages, without page furniture."""
    source = Source(kind=kind)
    lines = [
        (FORM_FEED if at == 0 and number else "") + line
        for number, page in enumerate(pages)
        for at, line in enumerate(page.lines or [""])
    ]
    number = 0
    for line in without_furniture(lines):
        number += line.count(FORM_FEED)
        text = _NOTED.sub("", line.replace(FORM_FEED, ""))
        page = pages[min(number, len(pages) - 1)]
        if text.startswith(PLACEHOLDER):
            table = page.tables[int(text[1:])]
            source.table(table.rows, number + 1, table.merged, rebuilt=table.rebuilt)
        else:
            source.line(text, number + 1)
    return source
