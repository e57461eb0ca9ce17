"""Numbers by agency and month, and the files behind each of them.

``cells`` is the only place that reads the roll-up; everything above it adds. The lists read the files
themselves, by the same conditions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.monitoring.indicators import COUNTS, RATIOS, Indicator, Ratio
from feedback.monitoring.indicators.facts import (
    Facts,
    in_figures,
    of_petitions,
    of_tally,
)
from feedback.monitoring.models import AGENCY, Tally
from feedback.monitoring.rules.periods import Period, month_of, number_of
from feedback.monitoring.rules.tables import Cell, Line, add
from feedback.petitions.models import Petition

LEVELS: dict[str, tuple[str, ...]] = {
    "all": (),
    "province": ("department", "office", "front"),
    "commune": ("commune",),
}
RATIO_PARTS = {code: (ratio.part.code, ratio.whole.code) for code, ratio in RATIOS.items()}


@dataclass(frozen=True)
class Asked:
    """What a page counts: files sent in the period, as they stand on the day ``on``.

    ``public`` leaves out kinds that are never public. ``level`` is a key of LEVELS.
    """

    period: Period
    on: date
    public: bool
    level: str = "all"

    def conditions(self, facts: Facts) -> list[sa.SQLColumnExpression[bool]]:
        """The same conditions over files and over the roll-up."""
        found: list[sa.SQLColumnExpression[bool]] = []
        if self.public:
            found.append(facts.public_kind)
        if LEVELS[self.level]:
            bodies = sa.select(Agency.id).where(Agency.level.in_(LEVELS[self.level]))
            found.append(facts.body_id.in_(bodies))
        return found


@dataclass(frozen=True)
class Figures:
    """The table of one period: lines by agency, their sum, and the sums by month."""

    lines: Sequence[Line]
    total: Line
    months: Sequence[tuple[date, Line]]


def cells(asked: Asked) -> list[Cell]:
    """All counts by agency and month of sending, in one grouped query over the roll-up."""
    facts = of_tally()
    numbers = [
        sa.func.coalesce(
            sa.func.sum(Tally.number).filter(count.condition(facts, asked.on)), 0
        ).label(code)
        for code, count in COUNTS.items()
    ]
    rows = db.session.execute(
        sa.select(facts.body_id, facts.month, *numbers)
        .where(
            Tally.dimension == AGENCY,
            facts.month >= number_of(asked.period.first),
            facts.month <= number_of(asked.period.last),
            *asked.conditions(facts),
        )
        .group_by(facts.body_id, facts.month)
    )
    return [
        Cell(agency_id, month_of(month), dict(zip(COUNTS, counts, strict=True)))
        for agency_id, month, *counts in rows
    ]


def figures(asked: Asked) -> Figures:
    """Two queries whatever the number of agencies; totals are sums of the lines."""
    found = cells(asked)
    names = tuple(COUNTS)
    by_agency: dict[int, list[Cell]] = {}
    for cell in found:
        by_agency.setdefault(cell.agency_id, []).append(cell)
    agencies = _agencies(list(by_agency))
    lines = [
        Line(
            body.code,
            _name(body),
            body.folded,
            add((c.counts for c in by_agency[body.id]), names),
        )
        for body in agencies
    ]
    months = [
        (month, _sum([c.counts for c in found if c.month == month]))
        for month in asked.period.months
    ]
    return Figures(lines, _sum([line.counts for line in lines]), months)


def _name(body: Agency) -> str:
    """Departments by their whole name; "UBND" everybody reads more quickly than the long form."""
    return body.name if body.level == "department" else body.short_name


def _sum(counts: Sequence[Any]) -> Line:
    return Line("", "", "", add(counts, tuple(COUNTS)))


def _agencies(ids: Sequence[int]) -> Sequence[Agency]:
    if not ids:
        return []
    return db.session.scalars(sa.select(Agency).where(Agency.id.in_(ids))).all()


@dataclass(frozen=True)
class Behind:
    """Files behind one number: how many they are, how many of them the reader may not see, one page.

    ``part`` is how many of them are in the numerator of a rate (all of them for a count).
    """

    number: int
    part: int
    hidden: int
    page: Page[Petition]


def _conditions(asked: Asked, indicator: Indicator, agency: Agency | None) -> list[Any]:
    facts = of_petitions()
    conditions: list[Any] = [
        in_figures(),
        Petition.submitted_on >= asked.period.begins_on,
        Petition.submitted_on <= asked.period.ends_on,
        *asked.conditions(facts),
        indicator.condition(facts, asked.on),
    ]
    if agency is not None:
        conditions.append(Petition.agency_id == agency.id)
    return conditions


def files_behind(
    asked: Asked,
    indicator: Indicator,
    *,
    agency: Agency | None,
    only_public: bool,
    after: str = "",
    size: int = 30,
) -> Behind:
    """The files that the indicator counts, due first; without an agency those of all agencies.

    ``only_public`` lists what anyone may read and says how many more there are.
    """
    facts = of_petitions()
    conditions = _conditions(asked, indicator, agency)
    is_public = Petition.is_public.is_(True)
    part = indicator.part.condition(facts, asked.on) if isinstance(indicator, Ratio) else sa.true()
    number, parts, seen = db.session.execute(
        sa.select(
            sa.func.count(),
            sa.func.count().filter(part),
            sa.func.count().filter(is_public),
        )
        .select_from(Petition)
        .where(*conditions)
    ).one()
    page = page_by_key(
        sa.select(Petition)
        .where(*conditions, *([is_public] if only_public else []))
        .options(joinedload(Petition.agency)),
        [Petition.due_on, Petition.id],
        after=after,
        size=size,
    )
    return Behind(number, parts, number - seen if only_public else 0, page)
