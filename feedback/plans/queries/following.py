"""Who follows an item or a plan."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.core.db import db
from feedback.plans.models import PlanFollower


def followers_of(plan_id: int, item_id: int) -> Sequence[PlanFollower]:
    """Who follows the item itself first, then who follows its whole plan."""
    subjects = (f"item:{item_id}", f"plan:{plan_id}")
    return db.session.scalars(
        sa.select(PlanFollower)
        .where(PlanFollower.subject.in_(subjects))
        .order_by(PlanFollower.item_id.is_(None), PlanFollower.id)
    ).all()


def followers_of_any(subjects: Sequence[str]) -> Sequence[PlanFollower]:
    """Who follows any of these, whole plans first."""
    return db.session.scalars(
        sa.select(PlanFollower)
        .where(PlanFollower.subject.in_(subjects))
        .order_by(PlanFollower.item_id.is_not(None), PlanFollower.id)
    ).all()


def follower(public_id: str) -> PlanFollower | None:
    """One wish to hear more: found by the address in each mail."""
    return db.session.scalar(
        sa.select(PlanFollower)
        .where(PlanFollower.public_id == public_id)
        .options(joinedload(PlanFollower.plan), joinedload(PlanFollower.item))
    )


def following(subject: str, who: str) -> PlanFollower | None:
    return db.session.scalar(
        sa.select(PlanFollower).where(PlanFollower.subject == subject, PlanFollower.who == who)
    )
