"""The calendar, read once a request."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import g

from feedback.core.db import db
from feedback.workdays.models import CalendarDay
from feedback.workdays.rules import Calendar, CalendarRow

SHIPPED = Path(__file__).parent / "data" / "calendar.csv"


def load_calendar() -> Calendar:
    """The calendar of the database, kept for the length of one request or command."""
    if "calendar" not in g:
        g.calendar = Calendar.of(
            CalendarRow(row.day, row.kind, row.reason, row.status)
            for row in db.session.scalars(sa.select(CalendarDay))
        )
    calendar: Calendar = g.calendar
    return calendar


def shipped_rows(path: Path = SHIPPED) -> Iterator[CalendarRow]:
    """The rows that come with the program; no database needed."""
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            yield CalendarRow(
                date.fromisoformat(row["date"]), row["kind"], row["reason"], row["status"]
            )
