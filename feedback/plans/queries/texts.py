"""The official text of an item through the versions of its plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from feedback.core import clock
from feedback.core.db import db
from feedback.plans.models import ItemText, PlanVersion
from feedback.plans.rules.differences import Piece, differences


class Version(NamedTuple):
    number: int
    created_at: datetime
    text: str

    @property
    def day(self) -> date:
        return clock.day_of(self.created_at)


def documents_of(plan_id: int) -> Sequence[PlanVersion]:
    """Every document of a plan that was read in, the newest first."""
    return db.session.scalars(
        sa.select(PlanVersion)
        .where(PlanVersion.plan_id == plan_id)
        .order_by(PlanVersion.number.desc())
    ).all()


def versions_of(item_id: int) -> list[tuple[Version, list[Piece]]]:
    """Newest first, each with what it changed of the one before; the first one as it stands."""
    rows = db.session.execute(
        sa.select(PlanVersion.number, PlanVersion.created_at, ItemText.text)
        .join(ItemText, ItemText.version_id == PlanVersion.id)
        .where(ItemText.item_id == item_id)
        .order_by(PlanVersion.number)
    )
    versions = [Version(*row) for row in rows]
    found = [
        (new, differences(versions[place - 1].text if place else new.text, new.text))
        for place, new in enumerate(versions)
    ]
    return found[::-1]
