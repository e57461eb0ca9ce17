"""One plan document → what stands in it: number, day, tree of tasks, agencies of each.

readers (bytes → lines and tables) → structure (a tree of labelled blocks) → roles (the grammar of agency
lines) → agencies (names) → dates. ``python -m feedback.importer.parse NAME`` reads a document from
standard input (see isolated.py).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import PurePath

from feedback.importer.errors import NotAPlan
from feedback.importer.header import Header, read_header
from feedback.importer.joining import join_tables
from feedback.importer.readers import READERS, Progress
from feedback.importer.readers.pieces import Line, Piece, Source
from feedback.importer.readers.shredded import put_together
from feedback.importer.readings import best_reading
from feedback.importer.result import PlanDocument, Task
from feedback.importer.tables import heading_of
from feedback.importer.unknown import turned
from feedback.importer.values import judge

PAGE_MARK = "page "
MAX_LOOSE = 500  # rows: a letterhead has a few
MAX_BYTES = 20 * 1024 * 1024


def parse(data: bytes, name: str, progress: Progress | None = None) -> PlanDocument:
    """Read a document. Raises NotAPlan with a code when it is none.

    ``progress`` hears how many pages of how many are read, where the reader knows pages.
    """
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise NotAPlan("ending")
    if not data.strip():
        raise NotAPlan("empty")
    if len(data) > MAX_BYTES:
        raise NotAPlan("too_large")
    return read(reader(data, progress))


def read(source: Source) -> PlanDocument:
    """Find the tasks in lines and tables. Raises NotAPlan."""
    reading = best_reading(_loose_tables(join_tables(_turned(put_together(source.pieces)))))
    header = read_header(reading.found.head, reading.found.tail, source.shown)
    items, groups, passing = reading.items, reading.groups, reading.passing
    if not items:
        raise NotAPlan("no_items" if header.number else "no_number")
    _name_apart(items)
    for task in (*items, *passing):
        judge(task, from_picture=source.kind == "ocr")
    return PlanDocument(
        **asdict(header),
        items=items,
        groups=groups,
        warnings=_warnings(items, header),
        arrangements=passing,
        read_as=source.kind,
        shown=[
            {"number": line.number, "text": line.text, "page": line.page} for line in source.shown
        ],
    )


def _turned(pieces: list[Piece]) -> list[Piece]:
    """Tables that have their keys on the left are set upright."""
    found: list[Piece] = []
    for piece in pieces:
        plain = isinstance(piece, Line) or heading_of(piece) is not None
        upright = None if isinstance(piece, Line) or plain else turned(piece)
        found.extend([piece] if upright is None else upright)
    return found


def _loose_tables(pieces: list[Piece]) -> list[Piece]:
    """A table that is none of tasks (letterhead, recipients) is read as lines, column by column."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Line) or heading_of(piece) is not None:
            found.append(piece)
            continue
        rows = piece.rows[:MAX_LOOSE]
        width = max((len(row) for row in rows), default=0)
        for column in range(width):
            for row in rows:
                if column < len(row) and not row[column].merged:
                    cell = row[column]
                    found.extend(Line(cell.first, t, piece.page) for t in cell.text.split("\n"))
                    found.append(Line(cell.first, "", piece.page))
    return found


def _name_apart(tasks: list[Task]) -> None:
    """No two tasks of one path."""
    seen: Counter[str] = Counter()
    for task in tasks:
        path = task.path
        while seen[task.path]:
            seen[path] += 1
            task.path = f"{path[:52]}~{seen[path]}"
        seen[task.path] += 1


def _warnings(tasks: list[Task], header: Header) -> list[str]:
    missing = [n for n in ("number", "issued_on") if getattr(header, n) is None]
    return [f"the document's {name} was not found" for name in missing] + [
        f"{task.path}: {task.label} has no lead and no implementing agency"
        for task in tasks
        if not (task.lead or task.implementing or task.shared_from)
    ]


def _tell(done: int, pages: int) -> None:
    print(f"{PAGE_MARK}{done}/{pages}", file=sys.stderr, flush=True)


def main() -> int:
    """Entry of the child process: document on standard input, JSON on standard output."""
    try:
        document = parse(sys.stdin.buffer.read(), sys.argv[1], _tell)
    except NotAPlan as error:
        json.dump({"error": error.code}, sys.stdout)
        return 2
    json.dump(document.as_dict(), sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
