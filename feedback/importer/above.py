"""Headings above tasks: what they are called, and when, where one of them is a time."""

from __future__ import annotations

from feedback.importer.dates import is_time
from feedback.importer.result import Group, Task
from feedback.importer.structure import Block, Outline, walk
from feedback.importer.values import add_deadline, place_of


def date_by_headings(found: Outline, tasks: list[Task]) -> None:
    """``1. Tháng 3/2026`` above tasks that do not say when."""
    blocks = {block.path: block for block in walk(found.blocks)}
    for task in tasks:
        block = blocks.get(task.parent or "") if task.deadline is None else None
        while block is not None and not _when(block):
            block = block.parent
        if block is not None and not task.shared_from:
            add_deadline(task, _when(block), place_of(block.entries[0]), reason="from the heading")


def _when(block: Block) -> str:
    """The time that a heading is."""
    title = block.title.strip(" .:;")
    return title if is_time(title) and not block.label.is_bullet else ""


def groups_of(found: Outline, tasks: list[Task]) -> list[Group]:
    """The blocks above tasks, each with its words."""
    paths = {task.path for task in tasks}
    wanted = {task.parent for task in tasks}
    blocks = {block.path: block for block in walk(found.blocks)}
    above: set[str] = set()
    for path in wanted:
        block = blocks.get(path or "")
        while block is not None and block.path not in above:
            above.add(block.path)
            block = block.parent
    return [
        Group(
            b.path,
            b.label.written[:20],
            b.parent.path if b.parent else None,
            b.title or b.path,
            b.first,
        )
        for b in blocks.values()
        if b.path in above and b.path not in paths
    ]
