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
    CORRECTED,
    LEAD,
    STATUSES,
    WITHDRAWN,
    Evidence,
    ItemWeight,
    Milestone,
    ProgressReport,
    ReportingRhythm,
    Target,
    TargetChange,
    TargetValue,
)

__all__ = [
    "ASSIGNMENT_ROLES",
    "COORDINATING",
    "CORRECTED",
    "LEAD",
    "STATUSES",
    "WITHDRAWN",
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
    "TargetChange",
    "TargetValue",
]
