"""Answers that did not satisfy."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

DISPUTED = Count(
    code="disputed",
    title=_l("Files disputed"),
    definition=_l(
        "Received files whose answer the resident called not satisfactory, which is possible once "
        "within 30 days; answered anew or not, they stay in this number."
    ),
    condition=lambda facts, on: sa.and_(facts.disputed),
)
