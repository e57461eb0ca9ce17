"""Answered, on time when it was answered."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.conditions import answered
from feedback.monitoring.indicators.shape import Count
from feedback.petitions.models import Petition

ANSWERED_ON_TIME = Count(
    code="answered_on_time",
    title=_l("Files answered on time"),
    definition=_l(
        "Received files whose first answer was published on the due day or before. The flag is "
        "frozen at that moment."
    ),
    condition=lambda on: sa.and_(answered(), Petition.on_time.is_(True)),
)
