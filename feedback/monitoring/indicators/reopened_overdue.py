"""Disputed and again without an answer."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

REOPENED_OVERDUE = Count(
    code="reopened_overdue",
    title=_l("Reopened files, overdue"),
    definition=_l(
        "Answered files that the resident disputed and whose new due day has passed without a new "
        "answer. Their first answer stays in the other figures."
    ),
    condition=lambda facts, on: sa.and_(facts.reopened, facts.past_due(on)),
)
