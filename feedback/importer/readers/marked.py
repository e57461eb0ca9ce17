"""Tables of text files in other marks than Markdown's: cells between lines that hold a bar alone (as web pages
are written down), grids of + and -, cells parted by tabs, HTML. Only tables of tasks are read so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree, html

from feedback.importer.columns import NUMBER, column_kind, is_table_of_tasks

_GRID = re.compile(r"\+(?:[-=:]{2,300}\+){2,40}")
MAX_LINES = 6000  # of one table
MAX_CELL = 80  # lines of one cell
MAX_COLUMNS = 40
MAX_SPAN = 400


@dataclass
class Marked:
    """A table: its first line, the one after it, its rows, the cells that go on from the row above."""

    first: int
    end: int
    rows: list[list[str]]
    merged: frozenset[tuple[int, int]] = frozenset()


def marked_tables(lines: list[str]) -> dict[int, Marked]:
    """First line → the table that begins there."""
    found: dict[int, Marked] = {}
    at = 0
    while at < len(lines):
        text = lines[at].strip()
        table = None
        if text == "|":
            table = _barred(lines, at)
        elif text.startswith("+") and _GRID.fullmatch(text):
            table = _grid(lines, at)
        elif text[:6].lower() == "<table":
            table = _html(lines, at)
        elif text.count(" | ") >= 2 and text[0] != "|":
            table = _piped(lines, at)
        elif lines[at].count("\t") >= 2:
            table = _tabbed(lines, at)
        if table is None:
            at += 1
            continue
        if _is_of_tasks(table.rows):
            found[at] = table
        at = table.end
    return found


def _is_of_tasks(rows: list[list[str]]) -> bool:
    """Whether one of the first rows, or two together, are headings of a table of tasks."""
    width = max((len(row) for row in rows), default=0)
    joined = [""] * width
    for row in rows[:3]:
        joined = [
            f"{above} {cell}".strip() if cell not in above else above
            for above, cell in zip(joined, row + [""] * (width - len(row)), strict=True)
        ]
        if width > 1 and any(
            is_table_of_tasks([column_kind(" ".join(text.split())) for text in given])
            for given in (row, joined)
        ):
            return True
    return False


def _barred(lines: list[str], start: int) -> Marked:
    """``|``, a cell's lines, ``|``, … ``|``: two bars with nothing between them end a row."""
    rows: list[list[str]] = [[]]
    at, last = start, min(len(lines), start + MAX_LINES)
    while at < last:  # at a bar: what stands up to the next one is a cell
        below = next(
            (n for n in range(at + 1, min(last, at + MAX_CELL)) if lines[n].strip() == "|"), None
        )
        inside = [line.strip() for line in lines[at + 1 : below or at + 2]]
        filled = any(inside)
        if below is None or (
            inside and not inside[0] and (filled or len(inside) > 1 or _is_full(rows))
        ):
            break  # an empty line, then words: the text goes on
        if not inside:
            rows.append([])
        else:
            rows[-1].append("\n".join(line for line in inside if line))
        at = below
    return Marked(start, at + 1, _even([row for row in rows if row]))


def _is_full(rows: list[list[str]]) -> bool:
    return len(rows) > 1 and len(rows[-1]) >= len(rows[0])


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Rows of one width. A bar may have stood for an empty cell: then the numbers tell the rows."""
    head = next((row for row in rows if row and column_kind(row[0]) == NUMBER), None)
    if head is None or all(len(row) == len(head) for row in rows[rows.index(head) :]):
        width = max((len(row) for row in rows), default=0)
        return [row + [""] * (width - len(row)) for row in rows]
    return [(row + [""] * len(head))[: len(head)] for row in rows]


def _grid(lines: list[str], start: int) -> Marked:
    """Lines between two of + and - are one row."""
    rows: list[list[list[str]]] = [[]]
    at = start
    while at < min(len(lines), start + MAX_LINES):
        text = lines[at].strip()
        if _GRID.fullmatch(text):
            rows.append([])
        elif text.startswith("|") and text.endswith("|"):
            cells = [cell.strip(" *_") for cell in text[1:-1].split("|")][:MAX_COLUMNS]
            rows[-1] = rows[-1] or [[] for _cell in cells]
            for cell, words in zip(rows[-1], cells, strict=False):
                cell.append(words)
        else:
            break
        at += 1
    told = [["\n".join(words for words in cell if words) for cell in row] for row in rows if row]
    width = max((len(row) for row in told), default=0)
    return Marked(start, at, [row + [""] * (width - len(row)) for row in told])


def _piped(lines: list[str], start: int) -> Marked | None:
    """Cells parted by bars, without one before the first."""
    width = lines[start].count(" | ")
    at = start
    while at < min(len(lines), start + MAX_LINES) and lines[at].count(" | ") == width:
        at += 1
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines[start:at]]
    return Marked(start, at, rows) if width < MAX_COLUMNS and len(rows) > 2 else None


def _tabbed(lines: list[str], start: int) -> Marked | None:
    """Cells parted by tabs; a line without one goes on the last cell."""
    heading = lines[start].split("\t")
    width = len(heading)
    if not _is_of_tasks([heading]) or width > MAX_COLUMNS:
        return None
    rows = [[cell.strip() for cell in heading]]
    at = start + 1
    while at < min(len(lines), start + MAX_LINES):
        cells = [cell.strip() for cell in lines[at].split("\t")]
        if len(cells) > 1 and any(cells):
            rows.append((cells + [""] * width)[:width])
        elif not cells[0] or len(rows) == 1 or not cells[0][:1].islower():
            break
        else:
            filled = max((n for n, cell in enumerate(rows[-1]) if cell), default=0)
            rows[-1][filled] += "\n" + cells[0]
        at += 1
    return Marked(start, at, rows) if len(rows) > 1 else None


def _html(lines: list[str], start: int) -> Marked | None:
    end = start
    while end < min(len(lines), start + MAX_LINES) and "</table" not in lines[end].lower():
        end += 1
    try:
        root = html.fragment_fromstring("\n".join(lines[start : end + 1]), create_parent="div")
    except (etree.LxmlError, ValueError):
        return None
    rows: list[list[str]] = []
    merged: set[tuple[int, int]] = set()
    below: dict[tuple[int, int], str] = {}  # cells that go on from above
    for at, row in enumerate(root.iter("tr")):
        made: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill_down(made, at, below, merged)
            across, down = _span(cell.get("colspan")), _span(cell.get("rowspan"))
            for line in cell.iter("br"):
                line.tail = "\n" + (line.tail or "")
            text = "\n".join(
                part for part in (p.strip() for p in cell.text_content().split("\n")) if part
            )
            for turn in range(min(across, MAX_COLUMNS - len(made))):
                shown = text if not turn or at < 2 else ""
                below.update({(at + step, len(made)): shown for step in range(1, down)})
                made.append(shown)
        _fill_down(made, at, below, merged)
        rows.append(made)
    width = max((len(row) for row in rows), default=0)
    return Marked(
        start, end + 1, [row + [""] * (width - len(row)) for row in rows], frozenset(merged)
    )


def _fill_down(made: list[str], at: int, below: dict[tuple[int, int], str], merged: set[tuple[int, int]]) -> None:  # fmt: skip
    while (at, len(made)) in below:
        merged.add((at, len(made)))
        made.append(below[(at, len(made))])


def _span(value: str | None) -> int:
    return min(int(value), MAX_SPAN) if value and value.isdigit() and int(value) else 1
