"""Which bodies exist, which one a wording means, and who is responsible today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import make_transient_to_detached

from feedback.agencies.models import Agency, AgencyGroup, Succession
from feedback.agencies.rules.succession import Body, Outcome, Step, today_of
from feedback.core.db import db, table_of
from feedback.core.text import fold
from feedback.pagecache.memory import remembered


def focal_agency() -> Agency:
    """The focal agency (in plan 2705 Sở Nội vụ). Raises NoResultFound on an empty registry."""
    return db.session.scalars(sa.select(Agency).where(Agency.is_focal)).one()


def by_code(code: str) -> Agency | None:
    return db.session.scalar(sa.select(Agency).where(Agency.code == code))


def by_id(agency_id: int) -> Agency | None:
    return db.session.get(Agency, agency_id)


def known(agency_id: int) -> Agency:
    """The body with this key, from memory. Raises NoResultFound where there is none."""
    return db.session.merge(
        remembered(("agency", agency_id), lambda: _apart(agency_id)),
        load=False,
    )


def _apart(agency_id: int) -> Agency:
    """A body that belongs to no session: one to copy from."""
    columns = table_of(Agency).c
    row = db.session.execute(sa.select(*columns).where(columns.id == agency_id)).one()
    agency = Agency(**row._mapping)
    make_transient_to_detached(agency)
    return agency


def exists(day: date) -> sa.ColumnElement[bool]:
    """Condition: the body is valid on that day."""
    return sa.and_(
        sa.or_(Agency.valid_from.is_(None), Agency.valid_from <= day),
        sa.or_(Agency.valid_to.is_(None), Agency.valid_to >= day),
    )


def bodies_on(day: date, *levels: str) -> Sequence[Agency]:
    """Bodies of the given levels on a day, by name."""
    return db.session.scalars(
        sa.select(Agency)
        .where(Agency.level.in_(levels), exists(day))
        .order_by(Agency.level.desc(), Agency.folded)
    ).all()


def bodies_around(day: date) -> Sequence[Agency]:
    """Every body that exists on a day or on its eve, by name: what an act of that day may be about."""
    return db.session.scalars(
        sa.select(Agency)
        .where(sa.or_(exists(day), exists(day - timedelta(days=1))))
        .where(Agency.level != "merged_district")
        .order_by(Agency.level.desc(), Agency.folded)
    ).all()


@dataclass(frozen=True)
class Registry:
    """The bodies and successions, read once, to ask about several bodies in one page."""

    agencies: dict[int, Agency]
    steps: Sequence[Step]

    def today_of(self, agency_id: int, day: date, text: str = "") -> Outcome:
        """Who has taken over by ``day``; ``text`` is the item's text, to notice a functional split."""
        return today_of(agency_id, day, fold(text), self.steps, self.bodies)

    @property
    def bodies(self) -> dict[int, Body]:
        return {a.id: Body(a.id, a.valid_from, a.valid_to) for a in self.agencies.values()}


def registry(agency_ids: Sequence[int] | set[int]) -> Registry:
    """Read what is needed to follow these bodies to today: two queries whatever the number.

    Successions of districts into ninety-six communes are not followed one by one: a district as a
    whole has no successor, its group has (see GroupTerm).
    """
    rows = db.session.scalars(
        sa.select(Succession).join(Succession.predecessor).where(Agency.level != "district")
    ).all()
    steps = [
        Step(
            predecessor_id=row.predecessor_id,
            successor_id=row.successor_id,
            effective_on=row.act.effective_on,
            function=row.function,
            keywords=tuple(k for k in row.keywords.split("|") if k),
            mark=row.mark,
            is_main=row.is_main,
        )
        for row in rows
    ]
    wanted = set(agency_ids) | {s.predecessor_id for s in steps} | {s.successor_id for s in steps}
    agencies = db.session.scalars(sa.select(Agency).where(Agency.id.in_(wanted))).all()
    return Registry({a.id: a for a in agencies}, steps)


def bodies_by_level(*days: date) -> list[dict[str, int]]:
    """For each day, how many bodies of each level there were: one query whatever the number of days."""
    counts = [sa.func.count().filter(exists(day)) for day in days]
    rows = db.session.execute(sa.select(Agency.level, *counts).group_by(Agency.level)).all()
    return [{str(row[0]): int(row[n]) for row in rows} for n in range(1, len(days) + 1)]


def levels_of(group: AgencyGroup, day: date) -> list[str]:
    """Which levels of bodies a collective phrase means on a day."""
    return [
        term.level
        for term in group.terms
        if (term.valid_from is None or term.valid_from <= day)
        and (term.valid_to is None or day <= term.valid_to)
    ]
