"""All roll-ups anew: they hold nothing that the files do not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from feedback.audit.models import EventHead
from feedback.core.db import db, table_of
from feedback.monitoring.actions.keeping import DAYS, TALLY, Key
from feedback.monitoring.indicators.facts import PLACE, in_figures, places
from feedback.monitoring.models import AGENCY, COMMUNE, NO_ANSWER, Tally, TallyDays, TallyPlace
from feedback.pagecache.actions import changed
from feedback.pagecache.queries import FIGURES
from feedback.petitions.actions.days import recount_days
from feedback.petitions.models import Petition

_PLACES = table_of(TallyPlace)
_ROLL_UPS = ((table_of(Tally), TALLY), (table_of(TallyDays), DAYS))


@dataclass(frozen=True)
class Recount:
    """What ``recount`` found: rows of the roll-ups, files, and how many of each were wrong.

    ``wrong_days`` are files whose working days to the first answer were not those of the calendar.
    """

    rows: int
    files: int
    wrong_rows: int
    wrong_files: int
    wrong_days: int

    @property
    def differed(self) -> bool:
        return bool(self.wrong_rows or self.wrong_files or self.wrong_days)


def recount() -> Recount:
    """Count everything again and put right what differs; whoever writes meanwhile waits.

    Days are read from the files, places from the files, numbers from the places. Statements over
    whole tables only, so that a million files take a minute.
    """
    wrong_days = recount_days()
    _hold_writers()
    wrong_files = _wrong_files()
    if wrong_files:
        db.session.execute(sa.delete(_PLACES))
        files_in = sa.select(Petition.id, *places()).where(in_figures())
        db.session.execute(sa.insert(_PLACES).from_select(["petition_id", *PLACE], files_in))
    files = db.session.scalar(sa.select(sa.func.count()).select_from(_PLACES)) or 0
    rows, wrong_rows = 0, 0
    for table, names in _ROLL_UPS:
        counted, wrong = _roll_up(table, names)
        rows, wrong_rows = rows + counted, wrong_rows + wrong
    found = Recount(rows, files, wrong_rows, wrong_files, wrong_days)
    if found.differed:
        changed([FIGURES])
    return found


def _hold_writers() -> None:
    """Locks in the order of every writer: places, numbers, the head of the record.

    SQLite has one writer anyway.
    """
    if db.engine.dialect.name == "postgresql":
        for table in (_PLACES, *(table for table, _names in _ROLL_UPS)):
            db.session.execute(sa.text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
    db.session.execute(sa.select(EventHead.id).with_for_update()).all()


def _wrong_files() -> int:
    """Files counted in a wrong place, in none, or although they are sealed."""
    each = sa.select(Petition.id, in_figures().label("counts"), *places()).subquery()
    placed = _PLACES.c.petition_id
    same = sa.and_(*(_PLACES.c[name] == each.c[name] for name in PLACE))
    wrong = sa.case(
        (sa.and_(each.c.counts, placed.is_(None)), 1),
        (sa.and_(each.c.counts, sa.not_(same)), 1),
        (sa.and_(sa.not_(each.c.counts), placed.is_not(None)), 1),
        else_=0,
    )
    found = db.session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(wrong), 0)).select_from(
            each.outerjoin(_PLACES, placed == each.c.id)
        )
    )
    return found or 0


def _roll_up(table: sa.Table, names: Sequence[str]) -> tuple[int, int]:
    """Rows counted from the places, and how many of the kept ones differ; then none does."""
    counted: dict[Key, int] = {}
    for dimension, body in ((AGENCY, _PLACES.c.agency_id), (COMMUNE, _PLACES.c.commune_id)):
        grouped = [body if name == "body_id" else _PLACES.c[name] for name in names[1:]]
        query = sa.select(*grouped, sa.func.count()).group_by(*grouped)
        if "days" in names:
            query = query.where(_PLACES.c.days != NO_ANSWER)
        for *key, number in db.session.execute(query):
            counted[(dimension, *key)] = number
    columns = [table.c[name] for name in names]
    kept: dict[Key, int] = {
        tuple(key): number
        for *key, number in db.session.execute(sa.select(*columns, table.c.number))
    }
    wrong = sum(counted.get(key) != kept.get(key) for key in counted.keys() | kept.keys())
    if wrong:
        db.session.execute(sa.delete(table))
        _insert(table, names, counted)
    return len(counted), wrong


def _insert(table: sa.Table, names: Sequence[str], counted: dict[Key, int]) -> None:
    rows: list[dict[str, Any]] = [
        {**dict(zip(names, key, strict=True)), "number": number}
        for key, number in sorted(counted.items())
    ]
    if rows:
        db.session.connection().execute(sa.insert(table), rows)
