"""Tables whose columns are only told by spaces, as ``pdftotext -layout`` writes them.

The headings say where the columns are; between two headings the cut lies where the fewest lines have a
letter. A row begins at the line (or, where empty lines part the rows, at the block) with a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from feedback.importer.columns import NUMBER, column_kind, is_table_of_tasks

MAX_HEADING_LINES, MAX_ABOVE, MAX_ROWS_LINES = 6, 6, 3000
MAX_WIDTH = 400
_PART = re.compile(r"\S+(?: \S+)*")
_LABEL = re.compile(r"\d{1,3}[.)]?|[IVX]{1,5}[.)]?|[A-H][.)]?")
_HEADING = re.compile(r"chủ\s?trì|phối\s?hợp|thời\s?(?:gian|hạn)|nội\s?dung|nhiệm\s?vụ|đơn\s?vị|cơ\s?quan|tiến\s?độ", re.I)  # fmt: skip


@dataclass
class Column:
    """A heading with the places that it takes."""

    left: int
    right: int
    words: list[str] = field(default_factory=list)


@dataclass
class Spaced:
    """A table: its first and last line, and its rows, the headings first."""

    first: int
    end: int
    rows: list[list[str]]


def spaced_tables(lines: list[str]) -> dict[int, Spaced]:
    """First line → the table that begins there."""
    found: dict[int, Spaced] = {}
    at = 0
    while at < len(lines):
        table = _table(lines, at) if _may_head(lines[at]) else None
        if table is None:
            at += 1
            continue
        found[table.first] = table
        at = table.end
    return found


def _may_head(line: str) -> bool:
    if "   " not in line or len(line) > MAX_WIDTH or "|" in line or not _HEADING.search(line):
        return False
    return len(_parts(line)) > 1


def _parts(line: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m[0]) for m in _PART.finditer(line)]


def _table(lines: list[str], at: int) -> Spaced | None:
    body = _body(lines, at)
    if body is None:
        return None
    best: tuple[int, list[Column]] | None = None
    for first in range(at, max(-1, at - MAX_ABOVE), -1):
        if not lines[first].strip():
            break
        columns = _columns([line for line in lines[first:body] if line.strip()])
        kinds = [column_kind(" ".join(c.words)) for c in columns]
        if len(columns) < 3 or kinds[0] != NUMBER or not is_table_of_tasks(kinds):
            continue
        if best is None or sum(map(bool, kinds)) > _known(best[1]):
            best = first, columns
    if best is None:
        return None
    first, columns = best
    words = {word for line in lines[max(0, body - MAX_ABOVE - 2) : body] for word in line.split()}
    end = _end(lines, body, columns, words)
    rows: list[list[list[str]]] = []
    for page in _pages(lines[body:end], words):
        _take(page, _cuts(page, columns), rows)
    told = [["\n".join(c) if at > 1 else " ".join(c) for at, c in enumerate(row)] for row in rows]
    return Spaced(first, end, [[" ".join(c.words) for c in columns], *told])


def _known(columns: list[Column]) -> int:
    return sum(column_kind(" ".join(column.words)) is not None for column in columns)


def _body(lines: list[str], at: int) -> int | None:
    """The first line with a row's number, soon after the headings."""
    for below in range(at + 1, min(at + 1 + MAX_HEADING_LINES, len(lines))):
        parts = _parts(lines[below][:MAX_WIDTH])
        if len(parts) > 1 and _LABEL.fullmatch(parts[0][2]):
            return below
    return None


def _columns(headings: list[str]) -> list[Column]:
    """Headings over one another are one column's."""
    found: list[Column] = []
    for line in headings:
        parts = _parts(line)
        for column in [c for c in found if sum(_over(c, part) for part in parts) > 1]:
            found.remove(
                column
            )  # one heading over several: "Phân công" over "Chủ trì" and "Phối hợp"
        for left, right, words in parts:
            over = [c for c in found if _over(c, (left, right, words))]
            if len(over) == 1:
                column = over[0]
                column.left, column.right = min(column.left, left), max(column.right, right)
                column.words.append(words)
            elif not over:
                found.append(Column(left, right, [words]))
    return sorted(found, key=lambda column: column.left)


def _over(column: Column, part: tuple[int, int, str]) -> bool:
    return part[0] < column.right and part[1] > column.left


def _end(lines: list[str], body: int, columns: list[Column], headings: set[str]) -> int:
    """The line after the table: one that begins at the margin without a number, or words over all columns."""
    margin = columns[1].left // 2 if len(columns) > 1 else 0
    empty = 0
    for at in range(body, min(body + MAX_ROWS_LINES, len(lines))):
        line = lines[at].replace("\f", "")
        if not line.strip():
            empty += 1
            if empty > 3:
                return at
            continue
        if set(line.split()) <= headings:
            continue  # given again on a new page
        parts = _parts(line[:MAX_WIDTH])
        left, right, words = parts[0]
        wide = len(parts) == 1 and left < columns[1].right and right > columns[2].right
        labelled = _LABEL.fullmatch(words.split(" ")[0]) is not None
        outside = left <= min(margin, columns[0].left) and not labelled and left < columns[1].left
        if (
            len(line) > MAX_WIDTH
            or (wide and not labelled)
            or (outside and not _HEADING.search(line))
        ):
            return at
        empty = 0
    return min(body + MAX_ROWS_LINES, len(lines))


def _cuts(body: list[str], columns: list[Column]) -> list[int]:
    """Between two headings the place where the fewest lines have a letter."""
    taken = [0] * (MAX_WIDTH + 1)
    for line in body:
        for left, right, _words in _parts(line[:MAX_WIDTH]):
            for at in range(left, right):
                taken[at] += 1
    cuts: list[int] = []
    for one, other in zip(columns, columns[1:], strict=False):
        low, high = (one.left + one.right) // 2, (other.left + other.right) // 2
        low = max(low, cuts[-1] + 1 if cuts else 0)
        spot = min(range(low, max(high, low + 1)), key=lambda at: (taken[at], abs(at - other.left)))
        cuts.append(spot)
    return cuts


def _pages(body: list[str], headings: set[str]) -> list[list[str]]:
    """The lines of each page, for pages shift columns; headings given again at its top are left out."""
    found: list[list[str]] = [[]]
    top = False
    for line in body:
        if "\f" in line:
            found.append([])
            top = True
        text = line.replace("\f", "")
        top = top and set(text.split()) <= headings
        if not top:
            found[-1].append(text)
    return [page for page in found if page]


def _take(page: list[str], cuts: list[int], rows: list[list[list[str]]]) -> None:
    """A block with one number is a row; else a row begins at its number."""
    for block in _blocks(page):
        cells = [_cells(line, cuts) for line in block]
        starts = {at for at, row in enumerate(cells) if _LABEL.fullmatch(row[0])}
        for at, row in enumerate(cells):
            fresh = at in starts if len(starts) != 1 else at == 0
            if fresh or not rows:
                rows.append([[] for _cell in row])
            for cell, words in zip(rows[-1], row, strict=True):
                if words:
                    cell.append(words)


def _blocks(page: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in page:
        if line.strip():
            found[-1].append(line)
        else:
            found.append([])
    return [block for block in found if block]


def _cells(line: str, cuts: list[int]) -> list[str]:
    """The line's words, each in the column in which its middle lies."""
    cells: list[list[str]] = [[] for _cut in range(len(cuts) + 1)]
    for left, right, words in _parts(line[:MAX_WIDTH]):
        inside = [cut for cut in cuts if left < cut < right]
        if not inside:
            cells[sum(cut <= left for cut in cuts)].append(words)
            continue
        place = left
        for word in words.split(" "):
            middle = place + len(word) // 2
            cells[sum(cut <= middle for cut in cuts)].append(word)
            place += len(word) + 1
    return [" ".join(cell) for cell in cells]
