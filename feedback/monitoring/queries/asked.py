"""What a page of figures counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from feedback.agencies.models import Agency
from feedback.monitoring.indicators import RATIOS
from feedback.monitoring.indicators.facts import Facts
from feedback.monitoring.models import AGENCY, TallyDays
from feedback.monitoring.rules.periods import Period

LEVELS: dict[str, tuple[str, ...]] = {
    "all": (),
    "province": ("department", "office", "front"),
    "commune": ("commune",),
}
RATIO_PARTS = {code: (ratio.part.code, ratio.whole.code) for code, ratio in RATIOS.items()}


@dataclass(frozen=True)
class Asked:
    """What a page counts: files sent in the period, as they stand on the day ``on``.

    ``public`` leaves out kinds that are never public. ``by`` is one of DIMENSIONS: files are summed up
    for the agencies that have them, or for the communes they are about. ``level`` is a key of LEVELS;
    a commune is not asked for its level.
    """

    period: Period
    on: date
    public: bool
    level: str = "all"
    by: str = AGENCY

    def conditions(self, of: Facts | type[TallyDays]) -> list[sa.SQLColumnExpression[bool]]:
        """The same conditions over files and over the roll-ups."""
        found: list[sa.SQLColumnExpression[bool]] = []
        if self.public:
            found.append(of.public_kind)
        if self.by == AGENCY and LEVELS[self.level]:
            bodies = sa.select(Agency.id).where(Agency.level.in_(LEVELS[self.level]))
            found.append(of.body_id.in_(bodies))
        return found
