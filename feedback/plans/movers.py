"""What happens to plans when bodies change or a wording is understood: registered in app.py."""

from __future__ import annotations

import sqlalchemy as sa

from feedback import audit
from feedback.agencies.models import Wording
from feedback.agencies.queries import wording as wording_of
from feedback.core.db import db
from feedback.core.text import fold
from feedback.plans.models import Assignment, Plan, PlanItem


def wording_decided(happening: audit.Happening) -> None:
    """Follow ``agency:wording_decided``: lines of drafts that still wait for this wording get its
    meaning; a wording that names nobody leaves the draft."""
    found = wording_of(int(happening.subject.partition(":")[2]))
    if found is None:
        return
    for line in _waiting(found):
        if found.state == "refused":
            db.session.delete(line)
        else:
            line.agency, line.group = found.agency, found.group
    db.session.flush()


def _waiting(found: Wording) -> list[Assignment]:
    lines = db.session.scalars(
        sa.select(Assignment)
        .join(Assignment.item)
        .join(PlanItem.plan)
        .where(
            Assignment.agency_id.is_(None),
            Assignment.group_id.is_(None),
            Plan.published_at.is_(None),
        )
    )
    return [line for line in lines if fold(line.wording) == found.folded]
