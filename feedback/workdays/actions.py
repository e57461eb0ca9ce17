"""Loading the calendar; running it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.core.db import db
from feedback.workdays.models import CalendarDay
from feedback.workdays.queries import KEPT, shipped_rows
from feedback.workdays.rules import CalendarRow


def load_days(rows: Iterable[CalendarRow] | None = None, *, by: Any = None) -> int:
    """Put days into the calendar; returns how many were new or different.

    The shipped days (``rows`` left out) are only added: what an operator changed stays as it is.
    Days that an operator gives replace what was known of them. Due dates already given stay.
    """
    known = {day.day: day for day in db.session.scalars(sa.select(CalendarDay))}
    touched: list[CalendarRow] = []
    for row in shipped_rows() if rows is None else rows:
        stored = known.get(row.day)
        if stored is None:
            known[row.day] = CalendarDay(
                day=row.day, kind=row.kind, status=row.status, reason=row.reason
            )
            db.session.add(known[row.day])
        elif rows is None or _same(stored, row):
            continue
        else:
            stored.kind, stored.status, stored.reason = row.kind, row.status, row.reason
        touched.append(row)
    db.session().info.pop(KEPT, None)
    if touched:
        said = ", ".join(f"{row.day.isoformat()} {row.kind}" for row in touched)
        fields = {"days": (said, "public")}
        audit.record("calendar:loaded", subject="calendar:all", by=by, fields=fields)
    return len(touched)


def _same(stored: CalendarDay, row: CalendarRow) -> bool:
    return (stored.kind, stored.status, stored.reason) == (row.kind, row.status, row.reason)
