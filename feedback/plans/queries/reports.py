"""One item's own page of reports, and what stands behind a report."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.files.models import StoredFile
from feedback.plans.models import Evidence, Milestone, PlanItem, ProgressReport, Target


def reports_of(item_id: int, *, after: str = "") -> Page[ProgressReport]:
    """Everything that was reported about an item, the newest entry first."""
    r = ProgressReport
    found = sa.select(r).where(r.item_id == item_id)
    whole = found.options(
        joinedload(r.agency),
        joinedload(r.by),
        selectinload(r.evidence).joinedload(Evidence.file).joinedload(StoredFile.thumbnail),
    )
    return page_by_key(whole, (r.id,), after=after, size=20, descending=True)


def newest_report_id(item_id: int) -> int:
    """What somebody saw who opened the form: the key of the newest report, 0 for none."""
    newest = sa.select(sa.func.max(ProgressReport.id)).where(ProgressReport.item_id == item_id)
    return db.session.scalar(newest) or 0


def evidence(public_id: str) -> Evidence | None:
    return db.session.scalar(
        sa.select(Evidence)
        .where(Evidence.public_id == public_id)
        .options(
            joinedload(Evidence.file).joinedload(StoredFile.thumbnail), joinedload(Evidence.report)
        )
    )


def step(milestone_id: int, item_id: int) -> Milestone | None:
    return db.session.scalar(
        sa.select(Milestone).where(Milestone.id == milestone_id, Milestone.item_id == item_id)
    )


def lock_item(item_id: int) -> None:
    """Hold the item: two reports at once come one after the other (PostgreSQL; SQLite has one writer)."""
    db.session.execute(sa.select(PlanItem.id).where(PlanItem.id == item_id).with_for_update())


def steps_and_goals(item_id: int) -> tuple[Sequence[Milestone], Sequence[Target]]:
    """Open milestones, and the targets that have a number: what a report can say something about."""
    steps = db.session.scalars(
        sa.select(Milestone)
        .where(Milestone.item_id == item_id, Milestone.done_on.is_(None))
        .order_by(Milestone.first_on, Milestone.id)
    ).all()
    counted = (Target.item_id == item_id, Target.number != "", Target.withdrawn_on.is_(None))
    goals = db.session.scalars(sa.select(Target).where(*counted).order_by(Target.id)).all()
    return steps, goals
