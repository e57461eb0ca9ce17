"""Targets and weights at the desk: one target, and how much each part of a group counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.core.db import db
from feedback.plans.models import Plan, PlanItem, Target, TargetChange
from feedback.plans.queries.progress import Board
from feedback.plans.rules.percent import Share


@dataclass(frozen=True)
class Weighed:
    """One part of a group: what it counts, and what it brings along."""

    item: PlanItem
    weight: int
    of_whole: int  # percent of the group that it makes out
    share: Share  # how far it is


def target(target_id: int, item_id: int) -> Target | None:
    """A target that holds."""
    mine = (Target.id == target_id, Target.item_id == item_id, Target.withdrawn_on.is_(None))
    return db.session.scalar(sa.select(Target).where(*mine).options(joinedload(Target.item)))


def newest_change_id(target_id: int) -> int:
    """What somebody saw who opened the form: the key of the newest change, 0 for none."""
    newest = sa.select(sa.func.max(TargetChange.id)).where(TargetChange.target_id == target_id)
    return db.session.scalar(newest) or 0


def lock_plan(plan_id: int) -> None:
    """Hold the plan: who weighs at once come one after the other (PostgreSQL; SQLite has one writer)."""
    db.session.execute(sa.select(Plan.id).where(Plan.id == plan_id).with_for_update())


def weighed(plan: Plan, parent_id: int | None, board: Board) -> list[Weighed]:
    """The parts of a group (None: of the whole plan) that hold at least one task in force."""
    parts = [item for item in plan.in_force if item.parent_id == parent_id]
    found = [
        (item, board.weights.get(item.id, 1), share)
        for item in parts
        if (share := _share(item, board)) is not None
    ]
    total = sum(weight for _item, weight, _share in found) or 1
    return [
        Weighed(item, weight, round(100 * weight / total), share) for item, weight, share in found
    ]


def groups_to_weigh(plan: Plan, board: Board) -> frozenset[int | None]:
    """The items with at least two parts, by key; None for the plan itself."""
    parts: dict[int | None, int] = {}
    for item in plan.in_force:
        if _share(item, board) is not None:
            parts[item.parent_id] = parts.get(item.parent_id, 0) + 1
    return frozenset(key for key, number in parts.items() if number > 1 and key in board.shares)


def weights_seen(weights: Mapping[int, int]) -> str:
    """What a person saw who opened the form: every weight there, by key."""
    return " ".join(f"{key}:{weight}" for key, weight in sorted(weights.items()))


def _share(item: PlanItem, board: Board) -> Share | None:
    task = board.tasks.get(item.id)
    if task is None:
        return board.shares.get(item.id)
    return Share(task.last.percent if task.last else 0, 1, int(task.last is None))
