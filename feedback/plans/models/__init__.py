"""Plans as they were issued, what was done about each item, and who follows it."""

from feedback.plans.models.following import PlanFollower
from feedback.plans.models.plan import (
    ASSIGNMENT_ROLES,
    Assignment,
    ItemText,
    Plan,
    PlanItem,
    PlanVersion,
)
from feedback.plans.models.progress import (
    COORDINATING,
    LEAD,
    STATUSES,
    Evidence,
    ItemWeight,
    Milestone,
    ProgressReport,
    ReportingRhythm,
    Target,
    TargetValue,
)

__all__ = [
    "ASSIGNMENT_ROLES",
    "COORDINATING",
    "LEAD",
    "STATUSES",
    "Assignment",
    "Evidence",
    "ItemText",
    "ItemWeight",
    "Milestone",
    "Plan",
    "PlanFollower",
    "PlanItem",
    "PlanVersion",
    "ProgressReport",
    "ReportingRhythm",
    "Target",
    "TargetValue",
]
