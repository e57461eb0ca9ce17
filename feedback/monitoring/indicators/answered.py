"""Answered at all: the part of the response rate."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

ANSWERED = Count(
    code="answered",
    title=_l("Files answered"),
    definition=_l("Received files with a published answer; the first answer counts."),
    condition=lambda facts, on: facts.answered,
)
