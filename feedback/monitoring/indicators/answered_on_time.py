"""Answered, on time when it was answered."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

ANSWERED_ON_TIME = Count(
    code="answered_on_time",
    title=_l("Files answered on time"),
    definition=_l(
        "Received files whose first answer was published on the due day or before. The flag is "
        "frozen at that moment."
    ),
    condition=lambda facts, on: facts.outcome == "on_time",
)
