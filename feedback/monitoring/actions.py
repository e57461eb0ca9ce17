"""Keeping the roll-up true: file by file in the transaction that changes it, or all of it anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.audit.models import EventHead
from feedback.core.db import db, table_of
from feedback.monitoring.indicators.facts import NAMES, in_figures, of_petitions
from feedback.monitoring.models import Tally, TallyPlace
from feedback.petitions.models import Petition

PREFIX = "petition:"
CHUNK = 500  # within every engine's limit of parameters

Key = tuple[Any, ...]  # the values of NAMES

_TYPES = {name: table_of(Tally).c[name].type for name in NAMES}
# the same on both engines; NAMES spelled out
_ADD = sa.text(
    "INSERT INTO tally (agency_id, month, public_kind, outcome, is_open, clock_on, number)"
    " VALUES (:agency_id, :month, :public_kind, :outcome, :is_open, :clock_on, :number)"
    " ON CONFLICT (agency_id, month, public_kind, outcome, is_open, clock_on)"
    " DO UPDATE SET number = tally.number + excluded.number"
).bindparams(*(sa.bindparam(name, type_=_TYPES[name]) for name in NAMES))
_PUT = sa.text(
    "INSERT INTO tally_place"
    " (petition_id, agency_id, month, public_kind, outcome, is_open, clock_on) VALUES"
    " (:petition_id, :agency_id, :month, :public_kind, :outcome, :is_open, :clock_on)"
    " ON CONFLICT (petition_id) DO UPDATE SET agency_id = excluded.agency_id,"
    " month = excluded.month, public_kind = excluded.public_kind, outcome = excluded.outcome,"
    " is_open = excluded.is_open, clock_on = excluded.clock_on"
).bindparams(*(sa.bindparam(name, type_=_TYPES[name]) for name in NAMES))
_DROP_EMPTY = sa.delete(table_of(Tally)).where(
    Tally.number == 0,
    *(getattr(Tally, name) == sa.bindparam(f"at_{name}") for name in NAMES),
)
_TAKE_OUT = sa.delete(table_of(TallyPlace)).where(
    TallyPlace.petition_id == sa.bindparam("at_petition")
)


def keep(happening: audit.Happening) -> None:
    """Follow ``petition:`` events: bring the roll-up up to date within the same transaction.

    All files of one commit are moved together, when the last of their events is told: rows of the
    roll-up are locked in one order, so that two transactions never wait for each other.
    """
    last = next(h for h in reversed(audit.pending()) if h.tag.startswith(PREFIX))
    if last is not happening:
        return
    subjects = {h.subject for h in audit.pending() if h.tag.startswith(PREFIX)}
    public_ids = sorted(subject.partition(":")[2] for subject in subjects)
    for start in range(0, len(public_ids), CHUNK):
        _move(public_ids[start : start + CHUNK])


def _move(public_ids: Sequence[str]) -> None:
    facts = of_petitions()
    places = [getattr(TallyPlace, name) for name in NAMES]
    rows = db.session.execute(
        sa.select(Petition.id, in_figures(), TallyPlace.petition_id, *facts.columns, *places)
        .outerjoin(TallyPlace, TallyPlace.petition_id == Petition.id)
        .where(Petition.public_id.in_(public_ids))
    ).all()
    changes: Counter[Key] = Counter()
    puts, outs = [], []
    for number, counts, placed, *keys in rows:
        now, before = tuple(keys[: len(NAMES)]), tuple(keys[len(NAMES) :])
        if placed is not None:
            changes[before] -= 1
        if counts:
            changes[now] += 1
            if placed is None or now != before:
                puts.append({"petition_id": number, **_named(now)})
        elif placed is not None:
            outs.append({"at_petition": number})
    _run(_PUT, puts)
    _run(_TAKE_OUT, outs)
    _add(changes)


def _add(changes: Counter[Key]) -> None:
    moved = sorted((key, number) for key, number in changes.items() if number)
    _run(_ADD, [{**_named(key), "number": number} for key, number in moved])
    emptied = [key for key, number in moved if number < 0]
    _run(_DROP_EMPTY, [{f"at_{k}": v for k, v in _named(key).items()} for key in emptied])


def _named(key: Key) -> dict[str, Any]:
    return dict(zip(NAMES, key, strict=True))


def _run(statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(statement, rows)


# --- all of it anew --------------------------------------------------------------------------


@dataclass(frozen=True)
class Recount:
    """What ``recount`` found: rows of the roll-up, files, and how many of each were wrong."""

    rows: int
    files: int
    wrong_rows: int
    wrong_files: int

    @property
    def differed(self) -> bool:
        return bool(self.wrong_rows or self.wrong_files)


def recount() -> Recount:
    """Count everything again and put right what differs; whoever writes meanwhile waits.

    Locks in the order of every writer: rows of the roll-up, then the head of the record.
    """
    keys = [getattr(Tally, name) for name in NAMES]
    db.session.execute(sa.select(Tally.number).order_by(*keys).with_for_update()).all()
    db.session.execute(sa.select(EventHead.id).with_for_update()).all()
    counted, kept = _counted(), _kept()
    wrong = {key for key in counted.keys() | kept.keys() if counted.get(key) != kept.get(key)}
    wrong_files = _wrong_files()
    if wrong:
        db.session.execute(sa.delete(Tally))
        _add(Counter(counted))
    if wrong_files:
        _place_all()
    return Recount(len(counted), sum(counted.values()), len(wrong), wrong_files)


def _counted() -> dict[Key, int]:
    facts = of_petitions()
    each = sa.select(*facts.columns).where(in_figures()).subquery()
    columns = [each.c[name] for name in NAMES]
    return _as_numbers(db.session.execute(sa.select(*columns, sa.func.count()).group_by(*columns)))


def _kept() -> dict[Key, int]:
    columns = [getattr(Tally, name) for name in NAMES]
    return _as_numbers(db.session.execute(sa.select(*columns, Tally.number)))


def _as_numbers(rows: Iterable[Any]) -> dict[Key, int]:
    return {tuple(key): number for *key, number in rows}


def _wrong_files() -> int:
    """Files counted in a wrong place, in none, or although they are sealed."""
    each = sa.select(Petition.id, in_figures().label("counts"), *of_petitions().columns).subquery()
    same = sa.and_(*(getattr(TallyPlace, name) == each.c[name] for name in NAMES))
    wrong = sa.case(
        (sa.and_(each.c.counts, TallyPlace.petition_id.is_(None)), 1),
        (sa.and_(each.c.counts, sa.not_(same)), 1),
        (sa.and_(sa.not_(each.c.counts), TallyPlace.petition_id.is_not(None)), 1),
        else_=0,
    )
    found = db.session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(wrong), 0)).select_from(
            each.outerjoin(TallyPlace, TallyPlace.petition_id == each.c.id)
        )
    )
    return found or 0


def _place_all() -> None:
    db.session.execute(sa.delete(TallyPlace))
    rows = sa.select(Petition.id, *of_petitions().columns).where(in_figures())
    db.session.execute(sa.insert(table_of(TallyPlace)).from_select(["petition_id", *NAMES], rows))
