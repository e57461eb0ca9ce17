"""Ended another way, in sight so that it is no way out of the rates."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

ENDED_UNANSWERED = Count(
    code="ended_unanswered",
    title=_l("Files ended without an answer"),
    definition=_l(
        "Received files that were declined, guided to another body, merged or withdrawn before an "
        "answer, each with its reason."
    ),
    condition=lambda facts, on: sa.and_(facts.outcome == "none", sa.not_(facts.is_open)),
)
