"""Verbs of plans."""

from feedback.plans.actions.plan import (
    Source,
    correct,
    decide_lead,
    describe,
    discard,
    draft,
    publish,
)

__all__ = ["Source", "correct", "decide_lead", "describe", "discard", "draft", "publish"]
