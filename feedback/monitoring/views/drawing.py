"""The charts by month, as places in a drawing that the template fills in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from feedback.monitoring.queries import RATIO_PARTS
from feedback.monitoring.rules.charts import Frame, Scale, labelled, scale
from feedback.monitoring.rules.medians import Median
from feedback.monitoring.rules.rates import Rate
from feedback.monitoring.rules.tables import Line

FRAME = Frame(left=32.0, right=340.0, top=10.0, bottom=118.0)  # of 360 x 160
WIDEST_BAR = 30.0


@dataclass(frozen=True)
class Column:
    """One month in both charts; no height where there is nothing to show."""

    month: date
    line: Line
    rate: Rate
    x: float
    rate_y: float | None
    median_y: float | None
    has_words: bool

    @property
    def median(self) -> Median:
        return self.line.median


@dataclass(frozen=True)
class Drawing:
    """Both charts of a table by month; ``term`` is the reference line of the days."""

    columns: Sequence[Column]
    frame: Frame
    percents: Scale
    days: Scale
    term: int | None
    bar: float  # width

    @property
    def rates(self) -> list[Column]:
        return [column for column in self.columns if column.rate_y is not None]

    @property
    def medians(self) -> list[Column]:
        return [column for column in self.columns if column.median_y is not None]


def drawn(months: Sequence[tuple[date, Line]], *, term: int | None) -> Drawing:
    number = len(months)
    percents = scale([100], FRAME)
    days = scale([line.median.days or 0 for _month, line in months], FRAME, reference=term)
    worded = set(labelled(number))
    columns = []
    for place, (month, line) in enumerate(months):
        rate = line.rate(*RATIO_PARTS["on_time_rate"])
        percent, middle = rate.percent, line.median.days
        columns.append(
            Column(
                month,
                line,
                rate,
                FRAME.x(place, number),
                None if percent is None else FRAME.y(percent, percents.most),
                None if middle is None else FRAME.y(middle, days.most),
                place in worded,
            )
        )
    width = (FRAME.right - FRAME.left) / max(number, 1)
    return Drawing(columns, FRAME, percents, days, term, round(min(WIDEST_BAR, width * 0.62), 1))
