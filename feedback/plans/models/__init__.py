"""Plans as they were issued, and what was done about each item."""

from feedback.plans.models.plan import (
    ASSIGNMENT_ROLES,
    Assignment,
    ItemText,
    Plan,
    PlanItem,
    PlanVersion,
)

__all__ = ["ASSIGNMENT_ROLES", "Assignment", "ItemText", "Plan", "PlanItem", "PlanVersion"]
