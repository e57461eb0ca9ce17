"""How long people wait for an answer."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.answered import ANSWERED
from feedback.monitoring.indicators.shape import Middle

MEDIAN_DAYS = Middle(
    code="median_days",
    title=_l("Median days to the first answer"),
    definition=_l(
        "Median number of working days from the day of sending to the first answer: half of the "
        "answered files took no longer. With an even number of files it lies halfway between the "
        "two in the middle. Waiting for the resident counts; files without an answer do not."
    ),
    of=ANSWERED,
)
