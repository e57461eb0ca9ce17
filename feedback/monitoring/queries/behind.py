"""The files behind one number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.monitoring.indicators import Indicator, Middle, Ratio
from feedback.monitoring.indicators.facts import in_figures, of_petitions
from feedback.monitoring.queries.asked import Asked
from feedback.monitoring.rules.medians import MOST, Median, median
from feedback.petitions.models import Petition

AT_ONCE = 500
# whose longest wait is asked for first
WAITING = {"open_in_time", "open_overdue", "reopened_overdue"}


@dataclass(frozen=True)
class Whose:
    """One line of a table: an agency's files, or those about a commune (or ``nowhere``)."""

    agency: Agency | None = None
    commune: Agency | None = None
    nowhere: bool = False

    @property
    def conditions(self) -> list[sa.ColumnElement[bool]]:
        found: list[sa.ColumnElement[bool]] = []
        if self.agency is not None:
            found.append(Petition.agency_id == self.agency.id)
        if self.commune is not None:
            found.append(Petition.commune_id == self.commune.id)
        if self.nowhere:
            found.append(Petition.commune_id.is_(None))
        return found


@dataclass(frozen=True)
class Behind:
    """Files behind one number: how many they are, how many of them the reader may not see, one page.

    ``part`` is how many of them are in the numerator of a rate (all of them for a count), ``median``
    that of their days where the number is one.
    """

    number: int
    part: int
    hidden: int
    page: Page[Petition]
    median: Median | None = None


def files_behind(
    asked: Asked,
    indicator: Indicator,
    whose: Whose,
    *,
    only_public: bool,
    after: str = "",
    size: int = 30,
) -> Behind:
    """The files that the indicator counts: what waits due first, what is over newest first; those behind
    a median by their days.

    ``only_public`` lists what anyone may read and says how many more there are.
    """
    facts = of_petitions(asked.by)
    conditions = _conditions(asked, indicator, whose)
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
    is_middle = isinstance(indicator, Middle)
    page = page_by_key(
        sa.select(Petition)
        .where(*conditions, *([is_public] if only_public else []))
        .options(joinedload(Petition.agency), joinedload(Petition.commune)),
        [Petition.answer_days if is_middle else Petition.due_on, Petition.id],
        after=after,
        size=size,
        descending=not is_middle and indicator.code not in WAITING,
    )
    middle = _median(conditions) if is_middle else None
    return Behind(number, parts, number - seen if only_public else 0, page, middle)


def every_file(
    asked: Asked, indicator: Indicator, whose: Whose, *, only_public: bool
) -> Iterator[Petition]:
    """All of them, due first, some hundreds at a time: memory stays bounded."""
    hidden = [Petition.is_public.is_(True)] if only_public else []
    query = (
        sa.select(Petition)
        .where(*_conditions(asked, indicator, whose), *hidden)
        .options(joinedload(Petition.agency), joinedload(Petition.commune))
    )
    after = ""
    while True:
        page = page_by_key(query, [Petition.due_on, Petition.id], after=after, size=AT_ONCE)
        yield from page.rows
        after = page.after
        if not after:
            return


def _conditions(asked: Asked, indicator: Indicator, whose: Whose) -> list[Any]:
    facts = of_petitions(asked.by)
    return [
        in_figures(),
        Petition.submitted_on >= asked.period.begins_on,
        Petition.submitted_on <= asked.period.ends_on,
        *asked.conditions(facts),
        indicator.condition(facts, asked.on),
        *whose.conditions,
    ]


def _median(conditions: list[Any]) -> Median:
    """Over the files themselves: the roll-up must say the same."""
    took = Petition.answer_days
    rows = db.session.execute(
        sa.select(took, sa.func.count()).where(*conditions, took.is_not(None)).group_by(took)
    )
    histogram: dict[int, int] = {}
    for days, number in rows:
        place = min(days or 0, MOST)
        histogram[place] = histogram.get(place, 0) + number
    return median(histogram)
