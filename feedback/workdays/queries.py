"""The calendar, read once a request."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from feedback.audit.queries import events_of
from feedback.core.db import db, reading
from feedback.pagecache.memory import remembered
from feedback.workdays.models import CalendarDay
from feedback.workdays.rules import KINDS, STATUSES, Calendar, CalendarRow

SHIPPED = Path(__file__).parent / "data" / "calendar.csv"
KEPT = "workdays.calendar"  # on the session: gone with the request or command
COLUMNS = {"date", "kind", "status", "reason"}

_ROWS = sa.select(CalendarDay.day, CalendarDay.kind, CalendarDay.reason, CalendarDay.status)


def load_calendar() -> Calendar:
    """The calendar of the database, kept for the length of one request or command."""
    kept = db.session().info
    if KEPT not in kept:
        kept[KEPT] = remembered("calendar", _stored_calendar)
    calendar: Calendar = kept[KEPT]
    return calendar


def _stored_calendar() -> Calendar:
    return Calendar.of(CalendarRow(*row) for row in db.session.execute(_ROWS))


def calendar_or_shipped() -> tuple[Calendar, bool]:
    """The database's calendar and True; the shipped one and False where no database is ready."""
    place = db.engine.url
    if place.get_backend_name() != "sqlite" or Path(place.database or "").is_file():
        try:
            with reading():
                calendar = load_calendar()
        except sa.exc.SQLAlchemyError:  # not reachable, or no tables yet
            db.session.rollback()
        else:
            if calendar.rows:
                return calendar, True
    return Calendar.of(shipped_rows()), False


def shipped_rows(path: Path = SHIPPED) -> Iterator[CalendarRow]:
    """The rows that come with the program, or those of an operator's file in the same form.

    Needs no database. Raises ValueError for a file that is no such table.
    """
    with path.open(encoding="utf-8-sig", newline="") as source:
        lines = csv.DictReader(source)
        if not COLUMNS.issubset(lines.fieldnames or ()):
            raise ValueError(f"its first line must name {', '.join(sorted(COLUMNS))}")
        for row in lines:
            if row["kind"] not in KINDS or row["status"] not in STATUSES or not row["reason"]:
                raise ValueError(f"line {lines.line_num} is not off or worked with a reason")
            day = date.fromisoformat(row["date"])
            yield CalendarRow(day, row["kind"], row["reason"], row["status"])


def days_not_recorded() -> dict[date, tuple[str, str]]:
    """Days of the calendar that are not as the record has them, each with what the table and what the
    record says (empty: nothing)."""
    said: dict[str, str] = {}
    for event in events_of("calendar:all"):
        for one in (event.fields.get("days") or "").split(", "):
            day, _space, kind = one.partition(" ")
            said[day] = kind
    stored = {row.day.isoformat(): row.kind for row in db.session.execute(_ROWS)}
    both = ((day, stored.get(day, ""), said.get(day, "")) for day in sorted({*stored, *said}))
    return {date.fromisoformat(day): (is_, was) for day, is_, was in both if is_ != was}
