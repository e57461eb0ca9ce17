"""What an editor may choose from when a wording is not understood."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from feedback.agencies.models import Agency, AgencyGroup
from feedback.agencies.queries import bodies_on, by_code
from feedback.core.db import db
from feedback.plans.models import Assignment

GROUP = "group:"


def body_choices(day: date) -> list[tuple[str, str]]:
    """Bodies of the day of issue and the collective phrases, as (code, name)."""
    bodies = bodies_on(day, "department", "office", "district", "front")
    groups = db.session.scalars(sa.select(AgencyGroup).order_by(AgencyGroup.id))
    return [
        ("", ""),
        *((GROUP + group.code, group.name) for group in groups),
        *((body.code, body.name) for body in bodies),
    ]


def body_code(line: Assignment) -> str:
    if line.group is not None:
        return GROUP + line.group.code
    return line.agency.code if line.agency else ""


def body_of(code: str) -> tuple[Agency | None, AgencyGroup | None]:
    """What a choice stands for."""
    if code.startswith(GROUP):
        name = code.removeprefix(GROUP)
        return None, db.session.scalar(sa.select(AgencyGroup).where(AgencyGroup.code == name))
    return by_code(code), None
