"""The indicators: one file each, one line here. docs/indicators.md says the same; a test compares."""

from feedback.monitoring.indicators.answered import ANSWERED
from feedback.monitoring.indicators.answered_late import ANSWERED_LATE
from feedback.monitoring.indicators.answered_on_time import ANSWERED_ON_TIME
from feedback.monitoring.indicators.disputed import DISPUTED
from feedback.monitoring.indicators.due import DUE
from feedback.monitoring.indicators.ended_unanswered import ENDED_UNANSWERED
from feedback.monitoring.indicators.held import HELD
from feedback.monitoring.indicators.median_days import MEDIAN_DAYS
from feedback.monitoring.indicators.on_time_rate import ON_TIME_RATE
from feedback.monitoring.indicators.open_in_time import OPEN_IN_TIME
from feedback.monitoring.indicators.open_overdue import OPEN_OVERDUE
from feedback.monitoring.indicators.received import RECEIVED
from feedback.monitoring.indicators.reopened_overdue import REOPENED_OVERDUE
from feedback.monitoring.indicators.response_rate import RESPONSE_RATE
from feedback.monitoring.indicators.shape import Count, Indicator, Middle, Ratio

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        RECEIVED,
        DUE,
        ANSWERED,
        ANSWERED_ON_TIME,
        ANSWERED_LATE,
        OPEN_IN_TIME,
        OPEN_OVERDUE,
        ENDED_UNANSWERED,
        DISPUTED,
        REOPENED_OVERDUE,
        RESPONSE_RATE,
        ON_TIME_RATE,
        MEDIAN_DAYS,
    )
}
COUNTS: dict[str, Count] = {c: i for c, i in INDICATORS.items() if isinstance(i, Count)}
RATIOS: dict[str, Ratio] = {c: i for c, i in INDICATORS.items() if isinstance(i, Ratio)}
# each received file is in exactly one of these
PARTS = (
    "answered_on_time",
    "answered_late",
    "open_overdue",
    "open_in_time",
    "ended_unanswered",
)

__all__ = [
    "COUNTS",
    "HELD",
    "INDICATORS",
    "PARTS",
    "RATIOS",
    "Count",
    "Indicator",
    "Middle",
    "Ratio",
]
