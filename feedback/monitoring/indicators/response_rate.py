"""Who answers at all."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.answered import ANSWERED
from feedback.monitoring.indicators.due import DUE
from feedback.monitoring.indicators.shape import Ratio

RESPONSE_RATE = Ratio(
    code="response_rate",
    title=_l("Response rate"),
    definition=_l(
        "Answered of those due: how many of the files that could expect an answer by today have one."
    ),
    part=ANSWERED,
    whole=DUE,
)
