"""One plan document → what stands in it: number, day, tree of tasks, agencies of each.

``python -m feedback.importer.parse NAME`` reads a document from standard input (see isolated.py).
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any

from feedback.importer.errors import NotAPlan
from feedback.importer.header import read_header
from feedback.importer.readers import READERS
from feedback.importer.roles import COORDINATING, DEADLINE, IMPLEMENTING, LEAD
from feedback.importer.structure import Block, outline, walk

MAX_BYTES = 20 * 1024 * 1024
FIELDS = ("path", "label", "parent", "text", LEAD, COORDINATING, IMPLEMENTING, DEADLINE)


@dataclass
class Task:
    """A task of the plan. ``shared_from`` names the neighbour whose agency lines also serve it."""

    path: str
    label: str
    parent: str | None
    text: str
    line: int
    lead: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)
    implementing: list[str] = field(default_factory=list)
    deadline: str | None = None
    shared_from: str | None = None


@dataclass
class Group:
    """A section or a heading above tasks."""

    path: str
    label: str
    parent: str | None
    title: str
    line: int


@dataclass
class PlanDocument:
    number: str
    issued_on: str | None
    issuer: str | None
    title: str | None
    kind: str | None
    signer: str | None
    items: list[Task]
    groups: list[Group]
    warnings: list[str]

    def as_dict(self) -> dict[str, Any]:
        """Everything, as the import pages use it."""
        return asdict(self)

    def as_contract(self) -> dict[str, Any]:
        """The object of ``plans parse``: no groups, no line numbers."""
        whole = asdict(self)
        whole["items"] = [
            {name: item[name] for name in FIELDS}
            | ({"shared_from": item["shared_from"]} if item["shared_from"] else {})
            for item in whole["items"]
        ]
        del whole["groups"]
        return whole


def parse(data: bytes, name: str) -> PlanDocument:
    """Read a document. Raises NotAPlan with a code when it is none."""
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise NotAPlan("ending")
    if not data.strip():
        raise NotAPlan("empty")
    if len(data) > MAX_BYTES:
        raise NotAPlan("too_large")
    lines = reader(data)
    found = outline(lines)
    header = read_header(found.head, found.tail, lines)
    if header.number is None:
        raise NotAPlan("no_number")
    tasks, groups = _sort_out(list(walk(found.blocks)))
    if not tasks:
        raise NotAPlan("no_items")
    return PlanDocument(**asdict(header), items=tasks, groups=groups, warnings=_warnings(tasks))


def _sort_out(blocks: list[Block]) -> tuple[list[Task], list[Group]]:
    """Blocks with agency lines are tasks; so are leaves before a sibling that has the lines for all."""
    tasks: list[Task] = []
    above: set[str] = set()
    for block in blocks:
        owner = block if block.roles else _neighbour(block)
        if owner is None:
            continue
        tasks.append(_task(block, None if owner is block else owner))
        parent = block.parent
        while parent is not None:
            above.add(parent.path)
            parent = parent.parent
    paths = {task.path for task in tasks}
    groups = [
        Group(b.path, b.label, b.parent.path if b.parent else None, b.text, b.line)
        for b in blocks
        if b.path in above and b.path not in paths
    ]
    return tasks, groups


def _neighbour(block: Block) -> Block | None:
    """The next sibling with agency lines, when only leaves without lines stand between."""
    if block.children or block.parent is None:
        return None
    siblings = block.parent.children
    for sibling in siblings[siblings.index(block) + 1 :]:
        if sibling.children:
            return None
        if sibling.roles:
            return sibling
    return None


def _task(block: Block, owner: Block | None) -> Task:
    task = Task(
        path=block.path,
        label=block.label,
        parent=block.parent.path if block.parent else None,
        text=block.text,
        line=block.line,
        shared_from=owner.path if owner else None,
    )
    for line in block.roles:
        if line.role == DEADLINE:
            task.deadline = line.words.rstrip(" .") or None
        else:
            getattr(task, line.role).extend(line.agencies)
    return task


def _warnings(tasks: list[Task]) -> list[str]:
    return [
        f"{task.path}: {task.label} has no lead and no implementing agency"
        for task in tasks
        if not (task.lead or task.implementing or task.shared_from)
    ]


def main() -> int:
    """Entry of the child process: document on standard input, JSON on standard output."""
    try:
        document = parse(sys.stdin.buffer.read(), sys.argv[1])
    except NotAPlan as error:
        json.dump({"error": error.code}, sys.stdout)
        return 2
    json.dump(document.as_dict(), sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
