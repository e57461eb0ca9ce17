"""Working days to the first answer, for many files at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from feedback.core.db import db, table_of
from feedback.petitions.models import Petition
from feedback.petitions.rules.deadlines import days_taken
from feedback.workdays.queries import load_calendar

_FILES = table_of(Petition)


def recount_days() -> int:
    """Count every file's ``answer_days`` again by today's calendar; returns how many were wrong.

    The number follows from two dates that stay; only a change of past days of the calendar, or a
    row written by hand, can make it differ. Files of the same two days are counted together.
    """
    sent, answered, days = _FILES.c.submitted_on, _FILES.c.answered_on, _FILES.c.answer_days
    unanswered = sa.and_(answered.is_(None), days.is_not(None))
    done = db.session.execute(sa.update(_FILES).where(unanswered).values(answer_days=None))
    wrong = cast("sa.CursorResult[Any]", done).rowcount
    calendar = load_calendar()
    right: dict[date, dict[date, int]] = defaultdict(dict)
    pairs = sa.select(sent, answered, days, sa.func.count()).where(answered.is_not(None))
    for start, end, kept, number in db.session.execute(pairs.group_by(sent, answered, days)):
        taken = days_taken(start, end, calendar)
        if kept != taken:
            right[start][end] = taken
            wrong += number
    for start in sorted(right):  # by the index of day zero
        db.session.execute(
            sa.update(_FILES)
            .where(sent == start, answered.in_(right[start]))
            .values(answer_days=sa.case(right[start], value=answered))
        )
    return wrong
