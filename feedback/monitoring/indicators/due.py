"""What an answer could be asked for by today: the whole of both rates."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

DUE = Count(
    code="due",
    title=_l("Files due"),
    definition=_l(
        "Received files that are answered, or whose day has passed without an answer. Files that "
        "ended without an answer (declined, guided, merged, withdrawn) are not due."
    ),
    condition=lambda facts, on: sa.or_(
        facts.answered, sa.and_(facts.unanswered, facts.past_due(on))
    ),
)
