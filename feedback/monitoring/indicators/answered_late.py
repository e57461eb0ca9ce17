"""Answered, late when it was answered."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.conditions import answered
from feedback.monitoring.indicators.shape import Count
from feedback.petitions.models import Petition

ANSWERED_LATE = Count(
    code="answered_late",
    title=_l("Files answered late"),
    definition=_l("Received files whose first answer was published after the due day."),
    condition=lambda on: sa.and_(answered(), Petition.on_time.is_not(True)),
)
