"""Working days to the first answer, for many files at once: SQL is lent the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

import sqlalchemy as sa

from feedback.core.db import db, table_of
from feedback.petitions.models import Petition
from feedback.workdays.queries import load_calendar

_FILES = table_of(Petition)


def recount_days() -> int:
    """Count every file's ``answer_days`` again by today's calendar; returns how many were wrong.

    The number follows from two dates that stay; only a change of past days of the calendar, or a
    row written by hand, can make it differ.
    """
    unanswered = sa.and_(_FILES.c.answered_on.is_(None), _FILES.c.answer_days.is_not(None))
    wrong = _changed(sa.update(_FILES).where(unanswered).values(answer_days=None))
    first, last = db.session.execute(
        sa.select(sa.func.min(_FILES.c.submitted_on), sa.func.max(_FILES.c.answered_on)).where(
            _FILES.c.answered_on.is_not(None)
        )
    ).one()
    if first is None:
        return wrong
    days = _numbered(first, max(first, last))
    sent, answered = days.alias("sent"), days.alias("answered")
    taken = answered.c.number - sent.c.number
    right = sa.case((taken < 0, 0), else_=taken)
    return wrong + _changed(
        sa.update(_FILES)
        .values(answer_days=right)
        .where(
            _FILES.c.submitted_on == sent.c.day,
            _FILES.c.answered_on == answered.c.day,
            _FILES.c.answer_days.is_distinct_from(right),
        )
    )


def _numbered(first: date, last: date) -> sa.CTE:
    """Each day from ``first`` to ``last`` with the number of working days up to it."""
    calendar = load_calendar()
    rows, number = [], 0
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        number += calendar.is_working(day)
        rows.append((day, number))
    columns = sa.column("day", sa.Date()), sa.column("number", sa.Integer())
    return sa.values(*columns, name="days").data(rows).cte("days")


def _changed(statement: sa.Update) -> int:
    return cast("sa.CursorResult[Any]", db.session.execute(statement)).rowcount
