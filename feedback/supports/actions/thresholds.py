"""The operator's table of thresholds: all of it from a file, or one row."""

from __future__ import annotations

import csv
from collections.abc import Iterable

import sqlalchemy as sa

from feedback import audit
from feedback.agencies import queries as agencies
from feedback.core.db import db
from feedback.petitions.kinds import KINDS
from feedback.supports import queries
from feedback.supports.models import SupportThreshold
from feedback.supports.rules.thresholds import EFFECTS, Threshold

COLUMNS = ["kind", "level", "effect", "number", "tell"]


class BadRow(ValueError):
    """A row that says nothing usable; the text names it for the operator."""


def read_thresholds(lines: Iterable[str]) -> list[Threshold]:
    """The rows of a CSV file with the columns of COLUMNS. Raises BadRow at the first bad one."""
    reader = csv.DictReader(lines)
    if reader.fieldnames != COLUMNS:
        raise BadRow(f"the first line must be {','.join(COLUMNS)}")
    return [_row(number, row) for number, row in enumerate(reader, start=2)]


def replace_thresholds(rows: Iterable[Threshold]) -> int:
    """Let exactly these rows hold from now on. What was reached before stays reached."""
    rows = list(rows)
    db.session.execute(sa.delete(SupportThreshold))
    for row in rows:
        _check(row)
        db.session.add(_model(row))
    _record(rows)
    return len(rows)


def set_threshold(row: Threshold) -> None:
    """Put one row into the table, in the place of the one for the same kind, level and effect."""
    _check(row)
    same = {(r.kind, r.level, r.effect): r for r in queries.thresholds()}
    replace_thresholds({**same, (row.kind, row.level, row.effect): row}.values())


def _row(number: int, row: dict[str, str]) -> Threshold:
    value = (row["number"] or "").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise BadRow(f"line {number}: the number is not a whole number")
    kind, level, effect, tell = (
        (row[n] or "").strip() for n in ("kind", "level", "effect", "tell")
    )
    return Threshold(kind, level, effect, int(value), tell)


def _check(row: Threshold) -> None:
    if row.kind and row.kind not in KINDS:
        raise BadRow(f"{row.kind} is no kind of petition: {', '.join(KINDS)}")
    if row.effect not in EFFECTS:
        raise BadRow(f"{row.effect} is no effect: {', '.join(EFFECTS)}")
    if row.level and row.level not in (levels := queries.agency_levels()):
        raise BadRow(f"{row.level} is no level of agencies: {', '.join(levels)}")
    if row.tell and agencies.by_code(row.tell) is None:
        raise BadRow(f"{row.tell} is no body of the registry")


def _model(row: Threshold) -> SupportThreshold:
    return SupportThreshold(
        kind=row.kind, level=row.level, effect=row.effect, number=row.number, tell=row.tell
    )


def _record(rows: list[Threshold]) -> None:
    said = "; ".join(
        f"{r.kind or '*'} {r.level or '*'} {r.effect} {r.number} {r.tell}" for r in rows
    )
    fields = {"rows": (said, "public")}
    audit.record("term:thresholds_set", subject="term:thresholds", by=None, fields=fields)
