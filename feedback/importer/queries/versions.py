"""How a newer version compares with the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from feedback.comments.models import Comment
from feedback.core.db import db
from feedback.importer.models import Reading
from feedback.importer.queries.bodies import GROUP
from feedback.importer.rules.comparing import word_changes
from feedback.importer.rules.matching import Item, Match, match
from feedback.importer.rules.tree import NOBODY, Node, Tree
from feedback.petitions.models import Petition
from feedback.plans.models import Assignment, Plan, PlanItem
from feedback.plans.rules.differences import Swap, named_differently

Deadline = tuple[str, date | None]


def compared(reading: Reading, tree: Tree, plan: Plan) -> Match:
    """Which node is which item of the plan as it stands; what a person said goes first."""
    old = [Item(str(i.id), i.path, i.text, i.is_task) for i in plan.in_force]
    new = [Item(node.key, node.path, node.text.text, node.task) for node in tree.nodes]
    return match(old, new, reading.said)


@dataclass(frozen=True)
class Change:
    """One item of the newer version beside the same of the version in force."""

    node: Node
    item: PlanItem | None
    score: int
    sure: bool
    words: list[tuple[str, str]]  # empty where the text is the same
    swaps: list[Swap]  # whom it names no more, and newly
    deadlines: tuple[Deadline, Deadline] | None
    number: str  # as it was called before, where that changed
    piece_of: PlanItem | None = None

    @property
    def changed(self) -> bool:
        return bool(self.words or self.swaps or self.deadlines or self.number)


@dataclass(frozen=True)
class Gone:
    """An item that the newer version does not name."""

    item: PlanItem
    within: Node | None  # where its words went


@dataclass(frozen=True)
class Changes:
    """What a newer version changes, in the order in which a person looks at it."""

    open: list[Change]
    changed: list[Change]
    added: list[Change]
    gone: list[Gone]
    same: int
    choices: list[PlanItem]  # items that no node goes on as


def changes(reading: Reading, tree: Tree, plan: Plan) -> Changes:
    """The newer version compared with the one in force."""
    found = compared(reading, tree, plan)
    items = {str(item.id): item for item in plan.in_force}
    nodes = {node.key: node for node in tree.nodes}
    pieces = dict(found.parts)
    every = {}
    for node in tree.nodes:
        pair = found.pairs.get(node.key)
        item = items[pair.old] if pair else None
        change = _change(node, item, pair.score if pair else 0, pair is None or pair.sure)
        every[node.key] = replace(change, piece_of=items.get(pieces.get(node.key, "")))
    sure = [one for one in every.values() if one.item and one.sure]
    within = dict(found.swallowed)
    gone = [Gone(items[key], nodes.get(within.get(key, ""))) for key in found.gone]
    return Changes(
        open=[one for one in every.values() if not one.sure],
        changed=[one for one in sure if one.changed],
        added=[every[key] for key in found.added],
        gone=gone,
        same=sum(1 for one in sure if not one.changed),
        choices=[one.item for one in gone],
    )


def hanging(items: Sequence[PlanItem]) -> dict[int, tuple[int, int]]:
    """How many petitions and comments each of these items has: two statements."""
    keys = [item.id for item in items]
    found = {key: [0, 0] for key in keys}
    for place, column in enumerate((Petition.item_id, Comment.item_id)):
        for key, number in db.session.execute(
            sa.select(column, sa.func.count()).where(column.in_(keys)).group_by(column)
        ):
            found[key or 0][place] = number
    return {key: (told[0], told[1]) for key, told in found.items() if any(told)}


def _change(node: Node, item: PlanItem | None, score: int, sure: bool) -> Change:
    if item is None:
        return Change(node, None, score, sure, [], [], None, "")
    old, new = (item.deadline_text, item.deadline_on), (node.deadline.text, node.due_on)
    same = item.text == node.text.text
    return Change(
        node,
        item,
        score,
        sure,
        [] if same else word_changes(item.text, node.text.text),
        named_differently(_named_now(item), _named_then(node)),
        (old, new) if old[0] != new[0] else None,
        item.number if item.path != node.path else "",
    )


def _named_now(item: PlanItem) -> list[list[str]]:
    """The lines of the item in force, with the codes that a reading has for the same bodies."""
    return [[line.role, line.wording, _code(line)] for line in item.assignments]


def _named_then(node: Node) -> list[list[str]]:
    return [
        [line.role, line.wording, "" if line.body == NOBODY else line.body] for line in node.bodies
    ]


def _code(line: Assignment) -> str:
    if line.agency is not None:
        return line.agency.code
    return GROUP + line.group.code if line.group is not None else ""
