"""The list of a desk, narrowed down. Each condition alone has its index in the order of the due days, so
that a page costs the same over many files; of two the database walks the rarer one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.agencies.queries import commune_ids_on
from feedback.core.db import db
from feedback.core.indexes import beside, written
from feedback.petitions.models import Petition
from feedback.petitions.rules.filters import ME, NOBODY, Filter, week_ends
from feedback.petitions.rules.looking import holding
from feedback.petitions.rules.references import parse_number, write_reference
from feedback.petitions.rules.states import OPEN_STATES
from feedback.plans.models import PlanItem
from feedback.plans.models.plan import Named

AT_ONCE = 1000  # rows of a table, read at a time
Conditions = list[sa.ColumnElement[bool]]


def narrowed(asked: Filter, *, person: Person, today: date, soon: date) -> Conditions:
    """What a file must be, beside being one of the person's body."""
    if asked.number:
        return numbered(asked.number)
    return [
        *_in_state(asked),
        *_by_clock(asked, today=today, soon=soon),
        *([Petition.kind == _as_written(asked.kind)] if asked.kind else []),
        *_given_to(asked.officer, person),
        *_about(asked.commune, today),
    ]


def numbered(typed: str) -> Conditions:
    """The one file of that number, whatever the year where none was typed."""
    number = parse_number(typed)
    if number is None:
        return [sa.false()]
    found: Conditions = [Petition.id == number.count]
    if number.year:
        first = date(2000 + number.year, 1, 1)
        found += [
            Petition.submitted_on >= first,
            Petition.submitted_on < first.replace(year=first.year + 1),
        ]
    return found


def _in_state(asked: Filter) -> Conditions:
    """An ended file stands in no heading but "answered": its state finds it, or whoever looks at all."""
    if asked.whole:
        return []
    state = asked.state or ("needs_info" if asked.rests else "")
    is_open: sa.ColumnElement[bool] = Petition.is_open.expression
    if state and not (asked.kind or asked.officer or asked.commune):
        is_open = beside(is_open)  # the state says it already, and finds fewer
    still_open = is_open.is_(not state or state in OPEN_STATES)
    return [still_open, Petition.state == _as_written(state)] if state else [still_open]


def _by_clock(asked: Filter, *, today: date, soon: date) -> Conditions:
    runs = Petition.state != "needs_info"
    if asked.due_on is not None:
        return [Petition.due_on == asked.due_on]
    known: dict[str, Conditions] = {
        "late": [Petition.due_on < today, runs],
        "soon": [Petition.due_on >= today, Petition.due_on <= soon],
        "week": [Petition.due_on >= today, Petition.due_on <= week_ends(today)],
        "rests": [Petition.state == "needs_info"],  # for whoever asks for another state as well
    }
    return known.get(asked.clock, [])


def _given_to(officer: str, person: Person) -> Conditions:
    if not officer:
        return []
    if officer == NOBODY:
        return [Petition.assignee_id.is_(None)]
    if officer == ME:
        return [Petition.assignee_id == person.id]
    key = sa.select(Person.id).where(
        Person.public_id == officer, Person.agency_id == person.agency_id
    )
    return [Petition.assignee_id == key.scalar_subquery()]


def _about(commune: str, today: date) -> Conditions:
    if not commune:
        return []
    return [Petition.commune_id == written(commune_ids_on(today).get(commune))]


def _as_written(code: str) -> sa.BindParameter[str]:
    """In the statement itself, so that the planner knows how rare it is; one of our own codes."""
    return sa.bindparam(None, code, type_=sa.String(), literal_execute=True)


# --- as a table ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Item(Named):
    path: str | None
    label: str | None
    title: str | None


class FileRow(NamedTuple):
    """One file as a line of a table. Who sent it is not in it. ``said``: place and text, where words are
    looked for."""

    id: int
    due_on: date
    submitted_on: date
    title: str
    kind: str
    state: str
    is_open: bool
    answered_on: date | None
    commune: str | None
    path: str | None
    label: str | None
    item_title: str | None
    officer: str | None
    said: str

    @property
    def reference(self) -> str:
        return write_reference(self.id, self.submitted_on)

    @property
    def item(self) -> str:
        """Number and everyday title of its plan item; empty without one."""
        return _Item(self.path, self.label, self.item_title).called if self.path else ""


_commune = aliased(Agency)
_COLUMNS = (
    Petition.id,
    Petition.due_on,
    Petition.submitted_on,
    Petition.title,
    Petition.kind,
    Petition.state,
    Petition.is_open,
    Petition.answered_on,
    sa.func.coalesce(_commune.place_name, _commune.name),
    PlanItem.path,
    PlanItem.label,
    PlanItem.title,
    Person.name,
)


def table_of(
    conditions: Conditions, words: str = "", *, ended_too: bool = False
) -> Iterator[FileRow]:
    """Every file that fits, due first, a thousand at a time: memory stays bounded. Of open and ended ones
    the open ones come first, for either have an index of their own."""
    if not ended_too:
        return _table_of(conditions, words)
    arms = (Petition.is_open.is_(True), Petition.is_open.is_(False))
    return chain.from_iterable(_table_of([*conditions, arm], words) for arm in arms)


def _table_of(conditions: Conditions, words: str) -> Iterator[FileRow]:
    holds, said = holding(words), Petition.place + "\n" + Petition.text
    rows = (
        sa.select(*_COLUMNS, said if words else sa.literal(""))
        .outerjoin(_commune, _commune.id == Petition.commune_id)
        .outerjoin(PlanItem, PlanItem.id == Petition.item_id)
        .outerjoin(Person, Person.id == Petition.assignee_id)
        .where(*conditions)
        .order_by(Petition.due_on, Petition.id)
        .limit(AT_ONCE)
    )
    last: FileRow | None = None
    while True:
        query = rows
        if last is not None:
            position = sa.tuple_(sa.literal(last.due_on, sa.Date), sa.literal(last.id, sa.Integer))
            query = rows.where(sa.tuple_(Petition.due_on, Petition.id) > position)
        found = [FileRow._make(row) for row in db.session.execute(query)]
        yield from (row for row in found if not words or holds(f"{row.title}\n{row.said}"))
        if len(found) < AT_ONCE:
            return
        last = found[-1]
