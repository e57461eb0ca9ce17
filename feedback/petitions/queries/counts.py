"""How many files lie under each heading of a desk. Counting ends where nobody would read on: a page of
a queue of 100,000 costs what one of 1,000 costs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from feedback.accounts.models import Person
from feedback.core.db import db
from feedback.petitions.models import Petition
from feedback.petitions.queries.desk import TABS, on_desk, on_tab
from feedback.petitions.queries.pending import awaiting
from feedback.petitions.rules.filters import Filter

MOST = 999  # a tab says "999+" beyond it
MOST_A_DAY = 99


def queue_counts(person: Person, *, today: date, soon: date) -> dict[str, int]:
    """How many open files each tab holds, at most one more than MOST; one statement."""
    numbers = {
        tab: _up_to(MOST, _files(on_tab(tab, person, today=today, soon=soon)))
        for tab in TABS
        if tab not in ("answered", "approval")
    }
    parts = {f"approval{at}": _up_to(MOST, rows) for at, rows in enumerate(awaiting(person))}
    columns = [number.label(name) for name, number in (numbers | parts).items()]
    row = db.session.execute(sa.select(*columns)).one()._mapping
    approval = sum(row[name] for name in parts)
    return {tab: row[tab] for tab in numbers} | {"approval": min(approval, MOST + 1)}


def number_found(person: Person, asked: Filter, *, today: date, soon: date) -> int:
    """How many files a narrowed list holds, at most one more than MOST."""
    conditions = on_desk(person, asked, tab="open", today=today, soon=soon)
    if not asked.whole:
        return db.session.scalar(sa.select(_up_to(MOST, _files(conditions)))) or 0
    arms = (Petition.is_open.is_(True), Petition.is_open.is_(False))  # either has its indexes
    numbers = [_up_to(MOST, _files([*conditions, arm])) for arm in arms]
    return min(db.session.scalar(sa.select(numbers[0] + numbers[1])) or 0, MOST + 1)


def due_strip(person: Person, days: Sequence[date]) -> dict[date, int]:
    """How many open files are due on each of the given days, at most one more than MOST_A_DAY."""
    open_files = on_tab("open", person, today=days[0], soon=days[0])
    numbers = [_up_to(MOST_A_DAY, _files([*open_files, Petition.due_on == day])) for day in days]
    row = db.session.execute(sa.select(*(n.label(f"d{at}") for at, n in enumerate(numbers)))).one()
    return dict(zip(days, row, strict=True))


def _files(conditions: list[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    return sa.select(sa.literal(1).label("one")).select_from(Petition).where(*conditions)


def _up_to(most: int, rows: sa.Select[Any]) -> sa.ScalarSelect[int]:
    """Counts along an index and stops one past ``most``."""
    some = rows.limit(most + 1).subquery()
    return sa.select(sa.func.count()).select_from(some).scalar_subquery()
