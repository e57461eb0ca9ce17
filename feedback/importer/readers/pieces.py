"""What a reader makes of a file: lines and tables in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One line as a person sees it. ``number`` counts the lines that are shown, from 1."""

    number: int
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Cell:
    """A cell; ``merged`` where it only goes on from the row above."""

    text: str
    first: int = 0
    last: int = 0
    merged: bool = False
    page: int | None = None


@dataclass
class Table:
    """Rows of cells, each row of the same length. ``rebuilt``: put together again from loose lines."""

    rows: list[list[Cell]]
    number: int = 1
    page: int | None = None
    rebuilt: bool = False

    @property
    def first(self) -> int:
        return min((cell.first for row in self.rows for cell in row if cell.first), default=0)


Piece = Line | Table


@dataclass
class Source:
    """The whole file. ``shown`` is what stands beside the reading on the review page."""

    pieces: list[Piece] = field(default_factory=list)
    shown: list[Line] = field(default_factory=list)
    kind: str = "text"

    def show(self, text: str, page: int | None = None) -> int:
        """Add a line to what is shown; returns its number."""
        number = len(self.shown) + 1
        self.shown.append(Line(number, text, page))
        return number

    def line(self, text: str, page: int | None = None) -> None:
        self.show(text, page)
        self.pieces.append(self.shown[-1])

    def table(
        self,
        rows: list[list[str]],
        page: int | None = None,
        merged: frozenset[tuple[int, int]] = frozenset(),
        *,
        rebuilt: bool = False,
    ) -> None:
        """Add a table; each of its rows is one line of what is shown. ``merged``: places (row, column)."""
        made: list[list[Cell]] = []
        for at, row in enumerate(rows):
            shown = " | ".join(" ".join(cell.split()) for cell in row)
            number = self.show(shown, page)
            made.append(
                [
                    Cell(cell, number, number, (at, column) in merged, page)
                    for column, cell in enumerate(row)
                ]
            )
        count = sum(isinstance(piece, Table) for piece in self.pieces) + 1
        self.pieces.append(Table(made, count, page, rebuilt))
