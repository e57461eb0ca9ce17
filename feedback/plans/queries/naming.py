"""Which bodies report about a task, and which may add a part: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from feedback.agencies.models import Agency, AgencyGroup
from feedback.agencies.queries import levels_of
from feedback.core import clock
from feedback.plans.models import PlanItem
from feedback.plans.models.plan import called


@dataclass(frozen=True)
class Duty:
    """A task of a published plan and the bodies that report about it today.

    ``leads``: (key, name) of today's lead bodies; where the plan names groups only, or nobody knows yet who
    follows, the plan's focal agency (``by_focal``). ``helpers`` and ``levels``: who may add a part.
    """

    item_id: int
    plan_id: int
    position: int
    number: str
    heading: str
    plan_number: str
    known_on: date
    leads: tuple[tuple[int, str], ...]
    by_focal: bool
    helpers: frozenset[int]
    levels: frozenset[str]

    @property
    def called(self) -> str:
        return called(self.number, self.heading)

    @property
    def lead_names(self) -> str:
        return "; ".join(name for _key, name in self.leads)

    def is_led_by(self, agency_id: int | None) -> bool:
        return any(key == agency_id for key, _name in self.leads)

    def is_helped_by(self, agency: Agency) -> bool:
        return agency.id in self.helpers or agency.level in self.levels


def duty_for(
    item: PlanItem,
    *,
    leads: Sequence[Agency],
    helpers: Sequence[Agency],
    groups: Sequence[AgencyGroup],
    day: date,
) -> Duty:
    """``leads`` and ``helpers``: the single bodies of today; ``groups``: what the plan names as a group."""
    plan = item.plan
    by_focal = not leads and plan.focal_agency is not None
    if by_focal and plan.focal_agency is not None:
        leads = [plan.focal_agency]
    leading = {body.id: body.name for body in leads}
    return Duty(
        item_id=item.id,
        plan_id=item.plan_id,
        position=item.position,
        number=item.number,
        heading=item.heading,
        plan_number=plan.number,
        known_on=clock.day_of(plan.published_at) if plan.published_at else day,
        leads=tuple(leading.items()),
        by_focal=by_focal,
        helpers=frozenset(body.id for body in helpers if body.id not in leading),
        levels=frozenset(level for group in groups for level in levels_of(group, day)),
    )
