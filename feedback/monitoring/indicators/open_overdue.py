"""The silent ones."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

OPEN_OVERDUE = Count(
    code="open_overdue",
    title=_l("Overdue files without an answer"),
    definition=_l(
        "Received files without an answer whose due day lies before today, counted anew each time "
        "the page is read. A question asked when the file was late already changes nothing."
    ),
    condition=lambda facts, on: sa.and_(facts.unanswered, facts.past_due(on)),
)
