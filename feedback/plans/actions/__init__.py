"""Verbs of plans."""

from feedback.plans.actions.following import follow, unfollow
from feedback.plans.actions.issuing import Source, amend, issue, take_back
from feedback.plans.actions.measures import (
    move_milestone,
    plan_milestone,
    set_rhythm,
    weigh,
)
from feedback.plans.actions.plan import decide_lead, describe
from feedback.plans.actions.progress import Told, add_part, report_progress
from feedback.plans.actions.reminding import remind_reporters
from feedback.plans.actions.targets import correct_target, set_target, withdraw_target

__all__ = [
    "Source",
    "Told",
    "add_part",
    "amend",
    "correct_target",
    "decide_lead",
    "describe",
    "follow",
    "issue",
    "move_milestone",
    "plan_milestone",
    "remind_reporters",
    "report_progress",
    "set_rhythm",
    "set_target",
    "take_back",
    "unfollow",
    "weigh",
    "withdraw_target",
]
