"""What a plan says now, and whether anything hangs on its items."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from feedback.core.db import db, table_of
from feedback.plans.models import Assignment, ItemText, Plan, PlanFollower, PlanItem
from feedback.plans.rules.contents import Content, Entry, Named


def hangs_on(items: Sequence[PlanItem]) -> bool:
    """Whether any row of another feature names one of these items: petitions, comments, reports, …"""
    keys = [item.id for item in items]
    own = {table_of(model) for model in (PlanItem, ItemText, Assignment)}
    found = [
        sa.select(sa.literal(1)).where(column.in_(keys)).limit(1).exists()
        for table in db.metadatas[None].sorted_tables
        if table not in own
        for column in table.columns
        if any(key.references(table_of(PlanItem)) for key in column.foreign_keys)
    ]
    return bool(keys and found and db.session.scalar(sa.select(sa.or_(*found))))


def content_of(plan: Plan) -> Content:
    """What the newest version says, with the keys of its items: to be written again as it was."""
    entries = [
        Entry(
            path=item.path,
            label=item.label,
            parent=item.parent.path if item.parent else "",
            is_task=item.is_task,
            text=item.text,
            deadline_text=item.deadline_text,
            deadline_on=item.deadline_on,
            title=item.title,
            summary=item.summary,
            named=tuple(
                Named(line.role, line.wording, line.agency_id, line.group_id)
                for line in item.assignments
            ),
            shared_from=item.shared_from.path if item.shared_from else "",
            item_id=item.id,
        )
        for item in plan.in_force
    ]
    return Content(
        number=plan.number,
        kind=plan.kind,
        title=plan.title,
        issuer=plan.issuer,
        issued_on=plan.issued_on,
        signer=plan.signer,
        entries=tuple(entries),
    )


def is_followed(plan: Plan) -> bool:
    """Whether somebody wishes to hear how the plan goes on."""
    return bool(
        db.session.scalar(
            sa.select(PlanFollower.id).where(PlanFollower.plan_id == plan.id).limit(1)
        )
    )
