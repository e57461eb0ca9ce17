"""How many petitions are held as one of very many, how long, and what became of those of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from feedback.core.db import db
from feedback.monitoring.queries.asked import Asked
from feedback.monitoring.rules.holding import Course, Heap, Waiting, course, waiting
from feedback.petitions.kinds import KINDS
from feedback.petitions.models import HeldPetition
from feedback.petitions.queries import held_waiting, term_on
from feedback.petitions.rules.deadlines import first_due
from feedback.petitions.rules.floods import WAITING
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import working_days_between


@dataclass(frozen=True)
class HeldFigures:
    """Those that wait today; of the period's, what became of them, all and by month of sending."""

    now: Waiting
    total: Course
    months: Sequence[tuple[date, Course]]


def held_figures(asked: Asked) -> HeldFigures:
    """Two statements. Held petitions have no body yet, so the level that is asked for changes nothing; all
    their kinds are public ones."""
    by_month: dict[date, list[Heap]] = {}
    heaps = _heaps(asked)
    for heap in heaps:
        by_month.setdefault(heap.sent_on.replace(day=1), []).append(heap)

    def waited(start: date, end: date | None) -> int:
        return working_days_between(start, end or asked.on, load_calendar())

    months = [(month, course(some, waited)) for month, some in sorted(by_month.items())]
    return HeldFigures(_waiting(asked.on), course(heaps, waited), months)


def _waiting(on: date) -> Waiting:
    days, overdue = Counter[int](), 0
    for sent_on, kind, number in held_waiting():
        calendar = load_calendar()  # read where something waits, then remembered
        days[max(0, working_days_between(sent_on, on, calendar))] += number
        rule = term_on(KINDS[kind].term_code, sent_on)
        if first_due(sent_on, rule, calendar) < on:
            overdue += number
    return waiting(days, overdue=overdue)


def _heaps(asked: Asked) -> list[Heap]:
    """Those sent in the period, by what is told of them."""
    decided_on = sa.case((HeldPetition.standing != WAITING, HeldPetition.decided_on))
    facts = (
        HeldPetition.sent_on,
        HeldPetition.standing,
        HeldPetition.decided_by_id.is_not(None),
        HeldPetition.aside_reason,
        decided_on,
    )
    rows = db.session.execute(
        sa.select(*facts, sa.func.count())
        .where(HeldPetition.sent_on.between(asked.period.begins_on, asked.period.ends_on))
        .group_by(*facts)
    )
    return [Heap(*row) for row in rows]
