"""Answered, late when it was answered."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

ANSWERED_LATE = Count(
    code="answered_late",
    title=_l("Files answered late"),
    definition=_l("Received files whose first answer was published after the due day."),
    condition=lambda facts, on: facts.outcome == "late",
)
