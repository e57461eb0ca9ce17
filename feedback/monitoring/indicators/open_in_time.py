"""Still open and not late."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

OPEN_IN_TIME = Count(
    code="open_in_time",
    title=_l("Open files, in time"),
    definition=_l(
        "Received files without an answer whose due day has not passed, or whose clock rests "
        "while the resident is asked for more."
    ),
    condition=lambda facts, on: sa.and_(facts.unanswered, sa.not_(facts.past_due(on))),
)
