"""Who answers in time."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.answered_on_time import ANSWERED_ON_TIME
from feedback.monitoring.indicators.due import DUE
from feedback.monitoring.indicators.shape import Ratio

ON_TIME_RATE = Ratio(
    code="on_time_rate",
    title=_l("On-time rate"),
    definition=_l(
        "Answered on time of those due: how many of the files that could expect an answer by today had it in time."
    ),
    part=ANSWERED_ON_TIME,
    whole=DUE,
)
