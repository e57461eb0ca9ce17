"""Each event of a file moves it within the roll-ups, in the transaction that records the event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.core.db import db, table_of
from feedback.core.rows import Rows, put_rows, put_together
from feedback.monitoring.indicators.facts import FACTS, PLACE, in_figures, places
from feedback.monitoring.models import (
    AGENCY,
    COMMUNE,
    NO_ANSWER,
    Tally,
    TallyDays,
    TallyPlace,
)
from feedback.petitions.models import Petition

PREFIX = "petition:"
CHUNK = 500  # within every engine's limit of parameters

Key = tuple[Any, ...]
TALLY = ("dimension", "month", "body_id", *FACTS[2:])
DAYS = ("dimension", "month", "body_id", "public_kind", "days")


def _clocked(text: str) -> sa.TextClause:
    return sa.text(text).bindparams(sa.bindparam("clock_on", type_=sa.Date()))


# built once, for every commit runs them; the same on both engines, their names spelled out
_ADD = f"({', '.join(TALLY)}) DO UPDATE SET number = tally.number + excluded.number"
_ADD_DAYS = f"({', '.join(DAYS)}) DO UPDATE SET number = tally_days.number + excluded.number"
_DROP_EMPTY = _clocked(
    "DELETE FROM tally WHERE number = 0 AND dimension = :dimension AND month = :month"
    " AND body_id = :body_id AND public_kind = :public_kind AND outcome = :outcome"
    " AND is_open = :is_open AND disputed = :disputed AND clock_on = :clock_on"
)
_DROP_EMPTY_DAYS = sa.text(
    "DELETE FROM tally_days WHERE number = 0 AND dimension = :dimension AND month = :month"
    " AND body_id = :body_id AND public_kind = :public_kind AND days = :days"
)
_PUT = "(petition_id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in PLACE)
_TAKE_OUT = sa.text("DELETE FROM tally_place WHERE petition_id = :petition_id")
_PLACED = table_of(TallyPlace)
_FIND = (
    sa.select(
        Petition.id,
        in_figures(),
        _PLACED.c.petition_id.label("placed"),
        *places(),
        *(_PLACED.c[name].label(f"before_{name}") for name in PLACE),
    )
    .outerjoin(_PLACED, _PLACED.c.petition_id == Petition.id)
    .where(Petition.public_id.in_(sa.bindparam("public_ids", expanding=True)))
)


def keep(happening: audit.Happening) -> None:
    """Follow ``petition:`` events: bring the roll-ups up to date within the same transaction.

    All files of one commit are moved together, when the last of their events is told: places first,
    then rows of the roll-ups, in one order, so that two transactions never wait for each other.
    """
    last = next(h for h in reversed(audit.pending()) if h.tag.startswith(PREFIX))
    if last is not happening:
        return
    subjects = {h.subject for h in audit.pending() if h.tag.startswith(PREFIX)}
    public_ids = sorted(subject.partition(":")[2] for subject in subjects)
    tallies: Counter[Key] = Counter()
    days: Counter[Key] = Counter()
    new: list[dict[str, Any]] = []
    for start in range(0, len(public_ids), CHUNK):
        new += _move(public_ids[start : start + CHUNK], tallies, days)
    # nobody else knows the place of a new file yet, so it may go with the figures that many share
    _add(table_of(Tally), _ADD, _DROP_EMPTY, TALLY, tallies, Rows(_PLACED, new, _PUT))
    _add(table_of(TallyDays), _ADD_DAYS, _DROP_EMPTY_DAYS, DAYS, days)


def _move(
    public_ids: Sequence[str], tallies: Counter[Key], days: Counter[Key]
) -> list[dict[str, Any]]:
    """Move the places of files; those of new files are returned, to be put in."""
    new: list[dict[str, Any]] = []
    puts: list[dict[str, Any]] = []
    outs: list[dict[str, Any]] = []
    for number, counts, placed, *keys in db.session.connection().execute(
        _FIND, {"public_ids": public_ids}
    ):
        now = tuple(keys[: len(PLACE)]) if counts else None
        before = tuple(keys[len(PLACE) :]) if placed is not None else None
        if now == before:
            continue
        for place, by in ((before, -1), (now, 1)):
            if place is not None:
                _count(place, by, tallies, days)
        if now is None:
            outs.append({"petition_id": number})
        else:
            row = {"petition_id": number, **dict(zip(PLACE, now, strict=True))}
            (new if before is None else puts).append(row)
    put_rows(db.session.connection(), _PLACED, puts, conflict=_PUT)
    _run(_TAKE_OUT, outs)
    return new


def _count(place: Key, by: int, tallies: Counter[Key], days: Counter[Key]) -> None:
    """Count a file once in each dimension, at the place that it has or had."""
    agency_id, commune_id, month, public_kind, *facts, took = place
    for dimension, body_id in ((AGENCY, agency_id), (COMMUNE, commune_id)):
        tallies[(dimension, month, body_id, public_kind, *facts)] += by
        if took != NO_ANSWER:
            days[(dimension, month, body_id, public_kind, took)] += by


def _add(
    table: sa.Table,
    add: str,
    drop: sa.TextClause,
    names: Sequence[str],
    changes: Counter[Key],
    *before: Rows,
) -> None:
    moved = sorted((key, number) for key, number in changes.items() if number)
    named = [(dict(zip(names, key, strict=True)), number) for key, number in moved]
    rows = [{**key, "number": number} for key, number in named]
    put_together(db.session.connection(), *before, Rows(table, rows, add))
    _run(drop, [key for key, number in named if number < 0])


def _run(statement: sa.TextClause, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(statement, rows)
