"""The table of one period, from the roll-ups alone: as many queries and rows for a million files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.monitoring.indicators import COUNTS
from feedback.monitoring.indicators.facts import of_tally
from feedback.monitoring.models import AGENCY, NO_PLACE, Tally, TallyDays
from feedback.monitoring.queries.asked import Asked
from feedback.monitoring.rules.medians import merged
from feedback.monitoring.rules.periods import month_of, number_of
from feedback.monitoring.rules.tables import NOWHERE, Cell, Line, add
from feedback.petitions.queries import term_on

USUAL_TERM = "PAKN_ANSWER"  # the term of nearly every file


@dataclass(frozen=True)
class Figures:
    """The table of one period: lines by body, their sum, and the sums by month."""

    lines: Sequence[Line]
    total: Line
    months: Sequence[tuple[date, Line]]


def figures(asked: Asked) -> Figures:
    """Four queries whatever the number of bodies; totals are sums of the lines."""
    found = _cells(asked)
    days, days_by_month = _days(asked, TallyDays.body_id), _days(asked, TallyDays.month)
    by_body: dict[int, list[Mapping[str, int]]] = {}
    by_month: dict[date, list[Mapping[str, int]]] = {}
    for cell in found:
        by_body.setdefault(cell.body_id, []).append(cell.counts)
        by_month.setdefault(cell.month, []).append(cell.counts)
    lines = [
        Line(code, name, folded, add(by_body[number], tuple(COUNTS)), days.get(number, {}))
        for number, code, name, folded in _bodies(asked, by_body)
    ]
    months = [
        (month, _sum(by_month.get(month, []), days_by_month.get(number_of(month), {})))
        for month in asked.period.months
    ]
    return Figures(lines, _sum((line.counts for line in lines), merged(days.values())), months)


def counts_of(asked: Asked, body_id: int) -> Line:
    """One body's counts over the period, and no other body's rows: one step into the key a month."""
    facts, first, last = of_tally(), number_of(asked.period.first), number_of(asked.period.last)
    row = db.session.execute(
        sa.select(*_numbers(asked.on)).where(
            Tally.dimension == asked.by,
            Tally.month.in_(range(first, last + 1)),
            Tally.body_id == body_id,
            *asked.conditions(facts),
        )
    ).one()
    return Line("", "", "", dict(zip(COUNTS, row, strict=True)))


def usual_term(on: date) -> int | None:
    """Working days that nearly every file has; None where the operator counts it otherwise."""
    try:
        rule = term_on(USUAL_TERM, on)
    except LookupError:
        return None
    return rule.amount if rule.unit == "wd" else None


def _cells(asked: Asked) -> list[Cell]:
    """All counts by body and month of sending."""
    rows = db.session.execute(
        sa.select(Tally.body_id, Tally.month, *_numbers(asked.on))
        .where(*_period(asked, Tally), *asked.conditions(of_tally()))
        .group_by(Tally.month, Tally.body_id)  # the order of the key: nothing is sorted
    )
    return [
        Cell(body_id, month_of(month), dict(zip(COUNTS, counts, strict=True)))
        for body_id, month, *counts in rows
    ]


def _numbers(on: date) -> list[sa.ColumnElement[int]]:
    """The sum of each count, 0 where there is nothing to add."""
    facts = of_tally()
    return [
        sa.func.coalesce(sa.func.sum(Tally.number).filter(count.condition(facts, on)), 0).label(
            code
        )
        for code, count in COUNTS.items()
    ]


def _days(asked: Asked, column: sa.SQLColumnExpression[int]) -> dict[int, dict[int, int]]:
    """How many answered files took how many working days, by body or by month."""
    rows = db.session.execute(
        sa.select(column, TallyDays.days, sa.func.sum(TallyDays.number))
        .where(*_period(asked, TallyDays), *asked.conditions(TallyDays))
        .group_by(column, TallyDays.days)
    )
    found: dict[int, dict[int, int]] = {}
    for key, days, number in rows:
        found.setdefault(key, {})[days] = int(number)
    return found


def _period(asked: Asked, table: type[Tally] | type[TallyDays]) -> list[sa.ColumnElement[bool]]:
    """One stretch of the table's key."""
    first, last = number_of(asked.period.first), number_of(asked.period.last)
    return [table.dimension == asked.by, table.month >= first, table.month <= last]


def _sum(counts: Iterable[Mapping[str, int]], days: Mapping[int, int]) -> Line:
    return Line("", "", "", add(counts, tuple(COUNTS)), days)


def _bodies(asked: Asked, numbers: Iterable[int]) -> list[tuple[int, str, str, str]]:
    """Number, code, name and folded name of each line."""
    ids = [number for number in numbers if number != NO_PLACE]
    found: list[Any] = []
    if ids:
        found = list(db.session.scalars(sa.select(Agency).where(Agency.id.in_(ids))))
    lines = [(body.id, body.code, name_in(asked.by, body), body.folded) for body in found]
    if NO_PLACE in set(numbers):
        lines.append((NO_PLACE, NOWHERE, "", ""))
    return lines


def name_in(dimension: str, body: Agency) -> str:
    """Departments by their whole name; "UBND" everybody reads more quickly than the long form.

    Where it stands for the place and not for the body, a commune goes by the name of the place.
    """
    if dimension != AGENCY and body.place_name:
        return body.place_name[:1].upper() + body.place_name[1:]
    return body.name if body.level == "department" else body.short_name
