"""Loading the calendar; running it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from flask import g

from feedback import audit
from feedback.core.db import db
from feedback.workdays.models import CalendarDay
from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import CalendarRow


def load_days(rows: Iterable[CalendarRow] | None = None) -> int:
    """Add days that are not in the calendar yet; days that an operator changed stay as they are."""
    known = set(db.session.scalars(sa.select(CalendarDay.day)))
    new = [row for row in rows or shipped_rows() if row.day not in known]
    db.session.add_all(
        CalendarDay(day=row.day, kind=row.kind, status=row.status, reason=row.reason)
        for row in new
    )
    g.pop("calendar", None)
    if new:
        fields = {"days": (str(len(new)), "public")}
        audit.record("calendar:loaded", subject="calendar:all", by=None, fields=fields)
    return len(new)
