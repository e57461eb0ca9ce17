"""Every name of the registry in memory, and what a document's wording means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.agencies.models import (
    Agency,
    AgencyAlias,
    AgencyGroup,
    GroupAlias,
    Wording,
)
from feedback.agencies.rules.resolving import Candidate, Found, Meaning, Names, look_up
from feedback.agencies.rules.succession import Body
from feedback.core.db import db
from feedback.pagecache.memory import remembered


@dataclass(frozen=True)
class Resolved:
    """What a wording means: one body, one group, or nothing (a person must say), and ``how`` that was
    found (see rules.resolving)."""

    agency: Agency | None = None
    group: AgencyGroup | None = None
    how: str = "unknown"
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()


def names() -> Names:
    """All names, kept in memory until the registry changes; for many wordings at once."""
    return remembered("names of bodies", _names)


def _names() -> Names:
    bodies = db.session.execute(
        sa.select(
            Agency.id, Agency.valid_from, Agency.valid_to, Agency.name, Agency.short_name
        ).order_by(Agency.id)
    ).all()
    found = Names({row.id: Body(row.id, row.valid_from, row.valid_to) for row in bodies})
    for row in bodies:
        found.body(row.id, row.name)
        found.body(row.id, row.short_name, is_alias=True)
    for agency_id, name in db.session.execute(sa.select(AgencyAlias.agency_id, AgencyAlias.name)):
        found.body(agency_id, name, is_alias=True)
    for group_id, name in db.session.execute(
        sa.union_all(
            sa.select(AgencyGroup.id, AgencyGroup.name),
            sa.select(GroupAlias.group_id, GroupAlias.name),
        )
    ):
        found.group(group_id, name)
    decided = sa.select(Wording.folded, Wording.agency_id, Wording.group_id)
    for known in db.session.execute(decided.where(Wording.state != "open")):
        found.decided[known.folded] = Meaning(known.agency_id, known.group_id)
    return found


def look_up_now(wording: str, day: date) -> Found:
    """What a wording means, as plain values."""
    return look_up(wording, day, names())


def resolve(wording: str, day: date) -> Resolved:
    """What a wording means in a document of ``day``, as rows of the registry."""
    return resolve_all([wording], day)[wording]


def resolve_all(wordings: Iterable[str], day: date) -> dict[str, Resolved]:
    """The same for many: the names once, then two queries whatever the number."""
    known = names()
    found = {wording: look_up(wording, day, known) for wording in wordings}
    meanings = [one.meaning for one in found.values()]
    bodies = _rows(Agency, {m.body_id for m in meanings if m.body_id})
    groups_ = _rows(AgencyGroup, {m.group_id for m in meanings if m.group_id})
    return {
        wording: Resolved(
            agency=bodies.get(one.meaning.body_id),
            group=groups_.get(one.meaning.group_id),
            how=one.how,
            score=one.score,
            candidates=one.candidates,
        )
        for wording, one in found.items()
    }


def _rows(model: Any, ids: set[int]) -> dict[int | None, Any]:
    rows = db.session.scalars(sa.select(model).where(model.id.in_(ids))) if ids else ()
    return {row.id: row for row in rows}


def open_wordings() -> Sequence[Wording]:
    """What waits for a person, oldest first."""
    query = sa.select(Wording).where(Wording.state == "open").order_by(Wording.id)
    return db.session.scalars(query).all()


def waiting_wordings(folded: Iterable[str]) -> Sequence[Wording]:
    """Those of these that wait for a person."""
    wanted = list(folded)
    waits = (Wording.state == "open", Wording.folded.in_(wanted))
    return db.session.scalars(sa.select(Wording).where(*waits)).all() if wanted else ()


def wordings_by_key(keys: Iterable[int]) -> Sequence[Wording]:
    wanted = list(keys)
    return (
        db.session.scalars(sa.select(Wording).where(Wording.id.in_(wanted))).all() if wanted else ()
    )


def decided_wordings(limit: int = 50) -> Sequence[Wording]:
    """What was decided, last first."""
    return db.session.scalars(
        sa.select(Wording)
        .where(Wording.state != "open")
        .options(joinedload(Wording.agency), joinedload(Wording.group))
        .order_by(Wording.decided_at.desc(), Wording.id.desc())
        .limit(limit)
    ).all()


def wording(wording_id: int) -> Wording | None:
    return db.session.get(Wording, wording_id)


def groups() -> Sequence[AgencyGroup]:
    return db.session.scalars(sa.select(AgencyGroup).order_by(AgencyGroup.id)).all()


def every_body() -> Sequence[Agency]:
    """All bodies, those of today first, by name."""
    return db.session.scalars(
        sa.select(Agency).order_by(Agency.valid_to.is_not(None), Agency.level.desc(), Agency.folded)
    ).all()
