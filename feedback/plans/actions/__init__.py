"""Verbs of plans."""

from feedback.plans.actions.following import follow, unfollow
from feedback.plans.actions.measures import (
    move_milestone,
    plan_milestone,
    set_rhythm,
    set_target,
    weigh,
)
from feedback.plans.actions.plan import (
    Source,
    correct,
    decide_lead,
    describe,
    discard,
    draft,
    publish,
)
from feedback.plans.actions.progress import Told, add_part, report_progress

__all__ = [
    "Source",
    "Told",
    "add_part",
    "correct",
    "decide_lead",
    "describe",
    "discard",
    "draft",
    "follow",
    "move_milestone",
    "plan_milestone",
    "publish",
    "report_progress",
    "set_rhythm",
    "set_target",
    "unfollow",
    "weigh",
]
