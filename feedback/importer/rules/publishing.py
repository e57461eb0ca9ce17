"""When a reading may become a plan, and what it then says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from feedback.importer.rules.tree import NEEDED, Line, Tree, places, unknown
from feedback.plans.rules.contents import Content, Entry, Named

Key = tuple[int | None, int | None]  # of an agency, of a group


@dataclass(frozen=True)
class Obstacle:
    """Why it cannot be published yet; ``count`` of such places, ``words`` of the first."""

    code: str
    count: int = 1
    words: str = ""


def obstacle(tree: Tree) -> Obstacle | None:
    """The first thing in the way: number or day missing, nobody known, places not looked at, no task."""
    if not all(tree.head[name].text for name in NEEDED) or not day_of(tree):
        return Obstacle("no_head")
    if not tree.tasks:
        return Obstacle("no_tasks")
    if lines := unknown(tree):
        return Obstacle("unknown", len(lines), lines[0].wording)
    left = sum(1 for _place in places(tree))
    return Obstacle("unseen", left) if left else None


def day_of(tree: Tree) -> date | None:
    """The day of issue; None while it is none."""
    try:
        return date.fromisoformat(tree.head["issued_on"].text)
    except ValueError:
        return None


def content(
    tree: Tree, keys: Callable[[str], Key], items: Mapping[str, int] | None = None
) -> Content:
    """What is published. ``keys`` finds a body by its code; ``items``: which node goes on as which item."""
    paths = {node.key: node.path for node in tree.nodes}
    day = day_of(tree)
    assert day is not None
    entries = [
        Entry(
            path=node.path,
            label=node.label,
            parent=paths.get(node.parent, ""),
            is_task=node.task,
            text=node.text.text,
            deadline_text=node.deadline.text,
            deadline_on=node.due_on,
            title=node.title,
            summary=node.summary,
            named=tuple(_named(line, keys) for line in node.bodies),
            shared_from=paths.get(node.shared, ""),
            item_id=(items or {}).get(node.key),
        )
        for node in tree.nodes
    ]
    words = {name: value.text for name, value in tree.head.items()}
    return Content(
        number=words["number"],
        kind=words["kind"],
        title=words["title"] or words["number"],
        issuer=words["issuer"],
        issued_on=day,
        signer=words["signer"],
        entries=tuple(entries),
    )


def _named(line: Line, keys: Callable[[str], Key]) -> Named:
    agency_id, group_id = keys(line.body)
    return Named(line.role, line.wording, agency_id, group_id)
