"""Rows of a table of tasks → tasks."""

from __future__ import annotations

from feedback.importer.readers.pieces import Table
from feedback.importer.result import Place, Task, Value
from feedback.importer.tables import Row, heading_of, read_rows
from feedback.importer.values import add_deadline, judge, take_names


def tasks_of_table(table: Table, base: str) -> list[Task]:
    """One task for each row with agencies or a deadline."""
    heading = heading_of(table)
    if heading is None:
        return []
    rows, _sections = read_rows(table, heading)
    made = [
        _task(table, base, row, count, heading.guessed) for count, row in enumerate(rows, start=1)
    ]
    return [task for task in made if task.has_agencies]


def _task(table: Table, base: str, row: Row, count: int, guessed: bool) -> Task:
    label = row.label.strip("().") or str(count)
    above = row.section.strip("().") if row.section else ""
    path = ".".join(part for part in (base, above, label) if part)
    task = Task(
        path[:60], label[:20], base or None, row.text, row.cell.first, row.cell.last, form="table"
    )
    task.product = row.product[:500] if row.product else None
    text = Place(
        row.cell.first, row.cell.last, row.cell.page or table.page, table.number, row.row + 1, None
    )
    task.values.append(Value("text", row.text[:60], text, 0.95))
    for place in row.agencies:
        cell = place.cell
        where = Place(
            cell.first,
            cell.last,
            cell.page or table.page,
            table.number,
            place.row + 1,
            place.column + 1,
        )
        before = len(task.values)
        take_names(task, place.role, [place.named], where)
        shared = place.shared or ("shared cell" if cell.merged else "")
        if shared and len(task.values) > before:
            task.values[-1].reasons.append(shared)
    for words, at, column, cell in row.deadlines:
        where = Place(
            cell.first, cell.last, cell.page or table.page, table.number, at + 1, column + 1
        )
        add_deadline(task, words, where, reason="shared cell" if cell.merged else "")
    judge(task, rebuilt=table.rebuilt, guessed=guessed)
    return task
