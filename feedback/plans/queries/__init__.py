"""Plans and items for pages, and who is responsible for an item today."""

from feedback.plans.queries.items import (
    ItemNow,
    LineNow,
    Responsible,
    assignments_of,
    bodies_today,
    body_today,
    draft_plans,
    item,
    item_now,
    leads_today,
    plan,
    published_plans,
    responsible,
    tasks,
)

__all__ = [
    "ItemNow",
    "LineNow",
    "Responsible",
    "assignments_of",
    "bodies_today",
    "body_today",
    "draft_plans",
    "item",
    "item_now",
    "leads_today",
    "plan",
    "published_plans",
    "responsible",
    "tasks",
]
