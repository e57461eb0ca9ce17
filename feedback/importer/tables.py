"""A table of tasks → one entry for each row: what, who, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from feedback.importer.agencies import Named, begins_with_agency, read_agencies
from feedback.importer.columns import (
    AGENCIES,
    MARK,
    NUMBER,
    OTHER,
    TASK,
    column_kind,
    is_table_of_tasks,
    settled,
)
from feedback.importer.cutting import split_fields
from feedback.importer.dates import read_deadline
from feedback.importer.headings import heading_agencies
from feedback.importer.labels import read_label
from feedback.importer.readers.pieces import Cell, Table
from feedback.importer.roles import (
    COORDINATING,
    DEADLINE,
    IMPLEMENTING,
    LEAD,
    MIXED,
    PRODUCT,
    ROLES,
    read_field,
)
from feedback.importer.shares import Share, read_shares, tells_shares
from feedback.importer.unknown import LOOKED_AT, kinds_by_cells, mark_of, month_of, with_marks

MAX_HEADER_ROWS = 3
MAX_ABOVE = 4  # rows in which the headings may begin
_INDEX = re.compile(r"\(?\s?(?:\d{1,2}|[A-H])\s?\)?")
_LABEL = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|[IVX]{1,5}[.)]?|[a-zđ][.)]|[A-H][.)]?")


_SECTION = re.compile(r"[IVX]{1,5}\.?|[A-H]\.?")


@dataclass
class Heading:
    """The kinds of the columns, and the row after the headings. ``above``: the words over columns of marks;
    ``guessed``: no heading is known."""

    kinds: list[str | None]
    body: int
    above: list[str] = field(default_factory=list)
    guessed: bool = False


@dataclass
class Place:
    """A value of a row with the cell that it was read in."""

    role: str
    named: Named
    row: int
    column: int
    cell: Cell
    shared: str = ""  # the reason why it stands for this row too


@dataclass
class Row:
    """One task of the table; ``section`` is the heading row above it."""

    label: str
    text: str
    row: int
    cell: Cell
    section: str = ""
    above: Row | None = None  # the heading row
    agencies: list[Place] = field(default_factory=list)
    deadlines: list[tuple[str, int, int, Cell]] = field(default_factory=list)
    product: str | None = None


def heading_of(table: Table) -> Heading | None:
    """Where a table is one of tasks: its columns. Headings may take several rows."""
    rows = table.rows
    for start in range(min(MAX_ABOVE, len(rows))):
        if _is_title(rows[start]):
            continue  # over all columns: the name of the table
        joined = [""] * max((len(row) for row in rows[:1]), default=0)
        for depth in range(start, min(start + MAX_HEADER_ROWS, len(rows))):
            joined = _joined(joined, rows[depth])
            if _goes_on(rows, depth + 1):
                continue
            kinds = _settled([column_kind(text) for text in joined], joined, rows[depth + 1 :])
            last = [c.text.strip() if not c.merged and c.text.strip() else j for c, j in zip(rows[depth], joined, strict=False)]  # fmt: skip
            kinds = with_marks(kinds, last, _texts(rows[depth + 1 :]))
            if is_table_of_tasks(kinds):
                return Heading(kinds, _skip_index(rows, depth + 1), last)
    told = kinds_by_cells(_texts(rows))
    return Heading(told[0], told[1], guessed=True) if told else None


def _texts(rows: list[list[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows[:LOOKED_AT]]


def _is_title(row: list[Cell]) -> bool:
    texts = [" ".join(cell.text.split()) for cell in row if cell.text.strip()]
    return len(row) > 2 and len(set(texts)) <= 1


def _settled(kinds: list[str | None], headings: list[str], body: list[list[Cell]]) -> list[str | None]:  # fmt: skip
    cells = [[row[at].text for row in body if at < len(row)] for at in range(len(kinds))]
    found = settled(kinds, headings, cells)
    tasks = [at for at, kind in enumerate(found) if kind == TASK]
    for at in tasks[:-1]:  # one cell for several rows: a group of tasks, not the task
        if any(row[at].merged or not row[at].text.strip() and row[tasks[-1]].text.strip() for row in body if len(row) > tasks[-1]):  # fmt: skip
            found[at] = OTHER
    return found


def _joined(above: list[str], row: list[Cell]) -> list[str]:
    """Headings with those of the row below, a merged one given once."""
    found = []
    for at in range(max(len(above), len(row))):
        upper = above[at] if at < len(above) else ""
        lower = " ".join(row[at].text.split()) if at < len(row) and not row[at].merged else ""
        found.append(upper if lower == upper or not lower else f"{upper} {lower}".strip())
    return found


def _goes_on(rows: list[list[Cell]], at: int) -> bool:
    """Whether the next row still tells columns ("Chủ trì" and "Phối hợp" below "Phân công")."""
    if at >= len(rows):
        return False
    texts = [c.text.strip() for c in rows[at] if c.text.strip() and not c.merged]
    kinds = [column_kind(text) for text in texts]
    return bool(texts) and len(texts) < 6 and all(k is not None and len(t) < 40 for k, t in zip(kinds, texts, strict=True))  # fmt: skip


def _skip_index(rows: list[list[Cell]], at: int) -> int:
    """Past the row that only numbers the columns: (1) (2) (3)."""
    if at < len(rows):
        texts = [cell.text.strip() for cell in rows[at] if cell.text.strip()]
        if len(texts) > 2 and all(_INDEX.fullmatch(text) for text in texts):
            return at + 1
    return at


def read_rows(table: Table, heading: Heading) -> tuple[list[Row], list[Row]]:
    """The tasks, and the heading rows between them."""
    tasks: list[Row] = []
    sections: list[Row] = []
    for at in range(heading.body, len(table.rows)):
        cells = table.rows[at]
        if _repeats_heading(cells, table.rows[: heading.body]):
            continue  # given again on a new page
        row = _row(cells, at, heading)
        if _is_section(cells, row, heading.kinds):
            sections.append(row)
        elif row.text and (row.label or not _continues(row, tasks)):
            row.section = sections[-1].label if sections else ""
            row.above = sections[-1] if sections else None
            _inherit(row, tasks, heading.kinds)
            tasks.append(row)
        elif tasks:
            _go_on(tasks[-1], row)
    return tasks, sections


def _inherit(row: Row, tasks: list[Row], kinds: list[str | None]) -> None:
    """Bodies before the column of tasks stand for the rows below them, those of a heading row for all its rows."""
    if row.agencies:
        return
    first = min((at for at, kind in enumerate(kinds) if kind in AGENCIES), default=len(kinds))
    if first < kinds.index(TASK) and tasks and tasks[-1].above is row.above:
        row.agencies = [
            replace(p, shared="shared cell") for p in tasks[-1].agencies if p.column == first
        ]
    elif row.above is not None:
        for name in heading_agencies(row.above.text) or []:
            row.agencies.append(Place(IMPLEMENTING, Named(name), row.above.row, kinds.index(TASK), row.above.cell, "from the heading"))  # fmt: skip


def _repeats_heading(cells: list[Cell], headings: list[list[Cell]]) -> bool:
    texts = [" ".join(cell.text.lower().split()) for cell in cells]
    filled = sum(bool(text) for text in texts)
    return filled > 1 and any(
        texts == [" ".join(cell.text.lower().split()) for cell in row] for row in headings
    )


def _row(cells: list[Cell], at: int, heading: Heading) -> Row:
    texts, label, kinds = [], "", heading.kinds
    first = cells[0] if cells else Cell("")
    row = Row("", "", at, first)
    for column, cell in enumerate(cells[: len(kinds)]):
        kind = kinds[column]
        if kind == NUMBER:
            label = " ".join(cell.text.split()) if not cell.merged else ""
        elif kind == TASK and not cell.merged and cell.text.strip():
            texts.append(cell.text)
            row.cell = cell
        elif kind in AGENCIES:
            row.agencies.extend(_agencies(kind or LEAD, cell, at, column))
        elif kind == DEADLINE:
            words = read_deadline(cell.text)
            if words:
                row.deadlines.append((words, at, column, cell))
        elif kind == MARK and cell.text.strip():
            _take_mark(row, cell, at, column, heading.above[column])
        elif kind == PRODUCT:
            row.product = " ".join(cell.text.split()) or None
    row.label = label
    row.text = " ".join(" ".join(texts).split())
    own = read_label(row.text) if not label else None
    if own is not None and not own.is_bullet:
        row.label, row.text = own.written, own.words
    return row


def _take_mark(row: Row, cell: Cell, at: int, column: int, above: str) -> None:
    """A mark stands for what is written over its column: a body, or when."""
    month, role = month_of(above), mark_of(cell.text)
    if month is not None:
        row.deadlines.append((month, at, column, cell))
    elif role is not None:
        row.agencies.extend(Place(role, named, at, column, cell) for named in read_agencies(above))


def _agencies(kind: str, cell: Cell, row: int, column: int) -> list[Place]:
    """Names of a cell; words such as ``Chủ trì: …`` or ``Sở A (chủ trì)`` within it say more."""
    found: list[Place] = []
    role = LEAD if kind == MIXED else kind
    for part in _parts(cell.text):
        told = read_field(part)
        if told is not None and told.kind in ROLES:
            role, part = told.kind, told.value
        shared = kind != COORDINATING and tells_shares(part)
        for share in read_shares(part, role) if shared else [Share(role, part)]:
            for named in read_agencies(share.words):
                found.append(Place(share.role, named, row, column, cell))
            if kind == MIXED and share.role == LEAD and told is None:
                role = COORDINATING
    return found


def _parts(text: str) -> list[str]:
    """The cell cut before each key, its line ends kept (a new line may begin a new name)."""
    if ":" not in text and not tells_shares(text):
        return [text]
    return [part for line in _whole_lines(text) for part in split_fields(line)]


def _whole_lines(text: str) -> list[str]:
    """The cell's lines; what the width of the column has cut is whole again."""
    found: list[str] = []
    for line in text.split("\n"):
        begins = line[:1] in "-+–•*" or read_field(line) is not None or begins_with_agency(line)
        if found and (not begins or not found[-1].rstrip(" -").endswith((".", ";", ":", ",")) and line[:1].islower()):  # fmt: skip
            found[-1] += " " + line
        else:
            found.append(line)
    return found


def _is_section(cells: list[Cell], row: Row, kinds: list[str | None]) -> bool:
    """A heading row: the same words over all columns, or words and nothing else to say who and when."""
    given = [" ".join(c.text.split()) for c in cells if c.text.strip() and not c.merged]
    texts = set(given) - {row.label}
    labelled = row.label in given and len(given) == 2 and _SECTION.fullmatch(row.label) is not None
    alone = (
        len(given) == 1 or len(given) > len(texts) + 1 or labelled
    )  # one cell, or one over several
    if len(cells) > 2 and len(texts) == 1 and alone and not row.label.isdigit():
        if not (row.label and texts == {f"{row.label} {row.text}"}):
            row.text = texts.pop()
        row.agencies, row.deadlines = [], []
        return True
    if row.agencies or row.deadlines or not (row.text or row.label):
        return False
    return bool(row.label) and not row.label.strip(".").isdigit() or row.text.isupper()


def _continues(row: Row, tasks: list[Row]) -> bool:
    """A row without a number that begins with a small letter goes on from before a page's end."""
    return bool(tasks) and row.text[:1].islower()


def _go_on(task: Row, row: Row) -> None:
    if row.text:
        task.text += " " + row.text
    known = {(place.role, place.named.name.lower()) for place in task.agencies}
    task.agencies += [p for p in row.agencies if (p.role, p.named.name.lower()) not in known]
    task.deadlines += [d for d in row.deadlines if all(d[0] != k[0] for k in task.deadlines)]
    if row.product:
        task.product = f"{task.product}; {row.product}" if task.product else row.product
