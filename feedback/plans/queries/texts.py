"""An item through the versions of its plan: its text, whom it names, its deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

import sqlalchemy as sa

from feedback.core import clock
from feedback.core.db import db
from feedback.plans.models import ItemText, PlanVersion
from feedback.plans.rules.differences import Piece, Swap, differences, named_differently


class Version(NamedTuple):
    """What one document says of the item; ``named`` is None where that was not kept yet."""

    number: int
    created_at: datetime
    plan_number: str
    issued_on: date | None
    text: str
    deadline_text: str | None
    deadline_on: date | None
    named: Sequence[Sequence[str]] | None

    @property
    def day(self) -> date:
        return clock.day_of(self.created_at)

    @property
    def deadline(self) -> tuple[str, date | None]:
        return self.deadline_text or "", self.deadline_on


@dataclass(frozen=True)
class Changed:
    """A version beside the one before it. ``deadlines``: before and now, where they differ."""

    version: Version
    pieces: Sequence[Piece] = ()  # the text; of the first version as it stands
    words: bool = False  # whether the text changed
    swaps: Sequence[Swap] = ()
    deadlines: tuple[tuple[str, date | None], tuple[str, date | None]] | None = None

    @property
    def is_any(self) -> bool:
        return bool(self.words or self.swaps or self.deadlines)


def documents_of(plan_id: int) -> Sequence[PlanVersion]:
    """Every document of a plan that was read in, the newest first."""
    return db.session.scalars(
        sa.select(PlanVersion)
        .where(PlanVersion.plan_id == plan_id)
        .order_by(PlanVersion.number.desc())
    ).all()


def versions_of(item_id: int) -> list[Changed]:
    """Newest first, each with what it changed of the one before; the first one as it stands."""
    v, t = PlanVersion, ItemText
    rows = db.session.execute(
        sa.select(v.number, v.created_at, v.plan_number, v.issued_on)
        .add_columns(t.text, t.deadline_text, t.deadline_on, t.named)
        .join(t, t.version_id == v.id)
        .where(t.item_id == item_id)
        .order_by(v.number)
    )
    versions = [Version(*row) for row in rows]
    first = [Changed(one, differences(one.text, one.text)) for one in versions[:1]]
    return [*first, *(_changed(old, new) for old, new in pairwise(versions))][::-1]


def _changed(old: Version, new: Version) -> Changed:
    known = old.named is not None and new.named is not None
    return Changed(
        new,
        differences(old.text, new.text),
        words=old.text != new.text,
        swaps=named_differently(old.named or (), new.named or ()) if known else (),
        deadlines=(old.deadline, new.deadline) if known and old.deadline != new.deadline else None,
    )
