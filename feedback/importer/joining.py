"""A table that goes on over the pages is one table; a row that the page's end has cut is one row."""

from __future__ import annotations

from dataclasses import replace

from feedback.importer.columns import NUMBER
from feedback.importer.readers.pieces import Cell, Line, Piece, Table
from feedback.importer.tables import Heading, heading_of

_AS_ABOVE = {"nt", "n.t", "n/t", "như trên", "″", "〃", '"', "''", "”"}


def join_tables(pieces: list[Piece]) -> list[Piece]:
    """The same pieces; tables with nothing between them and the same columns are joined."""
    found: list[Piece] = []
    open_table: Table | None = None
    heading: Heading | None = None
    for piece in pieces:
        if isinstance(piece, Line):
            if piece.text.strip():
                open_table = None
            found.append(piece)
            continue
        if open_table is not None and heading is not None and _fits(open_table, heading, piece):
            _append(open_table, heading, piece)
            continue
        found.append(piece)
        heading = heading_of(piece)
        open_table = piece if heading is not None else None
    for piece in found:
        if isinstance(piece, Table) and heading_of(piece) is not None:
            _say_again(piece)
    return found


def _say_again(table: Table) -> None:
    """``nt`` (như trên), ``″``: the words of the cell above stand for this row too."""
    for above, row in zip(table.rows, table.rows[1:], strict=False):
        for at, cell in enumerate(row):
            if at < len(above) and cell.text.strip(" .-()").lower() in _AS_ABOVE:
                row[at] = replace(cell, text=above[at].text, merged=True)


def _fits(table: Table, heading: Heading, piece: Table) -> bool:
    """The same number of columns, and no headings or the same ones."""
    if not piece.rows or len(piece.rows[0]) != len(heading.kinds):
        return False
    other = heading_of(piece)
    return other is None or other.kinds == heading.kinds


def _append(table: Table, heading: Heading, piece: Table) -> None:
    other = heading_of(piece)
    rows = piece.rows[other.body :] if other is not None else list(piece.rows)
    if other is not None and rows:
        rows[0] = _without_rest(rows[0], table.rows[0], piece.rows[0])
    place = heading.kinds.index(NUMBER) if NUMBER in heading.kinds else None
    body = table.rows[heading.body :]
    numbered = place is not None and any(row[place].text.strip() for row in body)
    cut = numbered and place is not None and rows and not rows[0][place].text.strip()
    if cut and not _is_below(rows[0], table.rows[-1], heading):
        table.rows[-1] = [_one(a, b) for a, b in zip(table.rows[-1], rows.pop(0), strict=False)]
    table.rows.extend(rows)


def _without_rest(row: list[Cell], headings: list[Cell], repeated: list[Cell]) -> list[Cell]:
    """The row without the last lines of headings that ran over when they were given again."""
    found = []
    for cell, whole, cut in zip(row, headings, repeated, strict=False):
        rest = whole.text.removeprefix(cut.text).strip() if whole.text != cut.text else ""
        if rest and cell.text.startswith(rest + "\n"):
            cell = replace(cell, text=cell.text[len(rest) + 1 :])
        found.append(cell)
    return found


def _is_below(row: list[Cell], last: list[Cell], heading: Heading) -> bool:
    """A whole set of agencies and a deadline of its own: a row below, not the rest of the last one."""
    filled = [
        cell for cell, kind in zip(row, heading.kinds, strict=False) if kind and cell.text.strip()
    ]
    begun = all(
        cell.text.strip()[:1].isupper() or cell.text.strip()[:1].isdigit() for cell in filled
    )
    return begun and len(filled) > 3 and all(cell.text.strip() for cell in last)


def _one(upper: Cell, lower: Cell) -> Cell:
    if not lower.text.strip() or lower.merged:
        return upper
    text = f"{upper.text}\n{lower.text}" if upper.text.strip() else lower.text
    return replace(upper, text=text, first=upper.first or lower.first, last=lower.last)
