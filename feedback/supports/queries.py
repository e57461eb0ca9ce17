"""What pages and verbs ask about supports."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.pagecache.memory import remembered
from feedback.petitions.models import Petition
from feedback.petitions.rules.references import write_reference
from feedback.supports.models import Support, SupportCrossing, SupportThreshold
from feedback.supports.rules.moves import COUNTED, MOVES, SUSPECT
from feedback.supports.rules.thresholds import Threshold, next_number, that_hold

DEFAULTS = Path(__file__).with_name("data") / "thresholds.csv"


def public_file(public_id: str) -> Petition | None:
    """The petition as a supporter meets it: one that everybody may read."""
    return db.session.scalar(
        sa.select(Petition)
        .where(Petition.public_id == public_id, Petition.is_public, Petition.state != "sealed")
        .options(joinedload(Petition.agency), joinedload(Petition.contact))
    )


def lock(*petition_ids: int) -> Sequence[Petition]:
    """Hold these files until the end of the transaction and see them as they are now; in the order of
    their keys, so that two transactions never wait for each other."""
    return db.session.scalars(
        sa.select(Petition)
        .where(Petition.id.in_(petition_ids))
        .order_by(Petition.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def support_of(petition_id: int, hashed: str) -> Support | None:
    """What whoever is behind this pseudonym said about the petition."""
    return db.session.scalar(
        sa.select(Support).where(Support.petition_id == petition_id, Support.contact_hash == hashed)
    )


def standing_of(petition: Petition, who: Proven | None) -> str:
    """How the support of this person stands; empty for none."""
    if who is None:
        return ""
    found = support_of(petition.id, contact_hash(who))
    return found.standing if found else ""


def lately_from(petition_id: int, column: str, hashed: str, *, since: datetime) -> int:
    """How many people supported this petition from one place since then, whatever became of it."""
    return _number(
        Support.petition_id == petition_id,
        getattr(Support, column) == hashed,
        Support.created_at > since,
    )


def counted(petition_id: int) -> int:
    """The number as the rows say it."""
    return _number(Support.petition_id == petition_id, Support.standing == COUNTED)


def doubtful(petition_id: int) -> Sequence[Support]:
    """Supports that a moderator has to look at, oldest first."""
    return db.session.scalars(
        sa.select(Support)
        .where(Support.petition_id == petition_id, Support.standing == SUSPECT)
        .order_by(Support.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A petition whose supports came too many at once from one place."""

    public_id: str
    title: str
    state: str
    counted: int
    suspect: int
    places: int  # networks that they came from
    first_at: datetime
    last_at: datetime


def doubts(*, most: int = 100) -> Sequence[Doubt]:
    """Petitions with supports that are not counted yet, the most of them first; one statement."""
    number = sa.func.count(Support.id)
    rows = db.session.execute(
        sa.select(
            Petition.public_id,
            Petition.title,
            Petition.state,
            Petition.supports,
            number,
            sa.func.count(sa.distinct(Support.network_hash)),
            sa.func.min(Support.created_at),
            sa.func.max(Support.created_at),
        )
        .join(Petition, Petition.id == Support.petition_id)
        .where(Support.standing == SUSPECT, Petition.state != "sealed")
        .group_by(Petition.id)
        .order_by(number.desc(), Petition.id)
        .limit(most)
    )
    return [Doubt(*row) for row in rows]


# --- thresholds ------------------------------------------------------------------------------


def thresholds() -> tuple[Threshold, ...]:
    """The operator's rows; what is shipped, while she has set none. From memory."""
    return remembered("supports.thresholds", _thresholds)


def thresholds_of(petition: Petition) -> dict[str, Threshold]:
    """For each effect the row that holds for this petition."""
    return that_hold(thresholds(), kind=petition.kind, level=petition.agency.level)


def next_threshold(petition: Petition) -> int:
    """The next number at which something happens; 0 where nothing is ahead."""
    return next_number(thresholds_of(petition), petition.supports_reached)


def agency_levels() -> Sequence[str]:
    """The levels that bodies of the registry have."""
    return db.session.scalars(sa.select(Agency.level).distinct().order_by(Agency.level)).all()


def effects_reached(petition_id: int) -> set[str]:
    """What the supports of this petition have brought about so far."""
    rows = sa.select(SupportCrossing.effect).where(SupportCrossing.petition_id == petition_id)
    return set(db.session.scalars(rows))


def supported_open() -> Sequence[Petition]:
    """Every petition that may still be supported and is."""
    return db.session.scalars(
        sa.select(Petition)
        .where(Petition.is_open, Petition.is_public, Petition.supports > 0)
        .where(Petition.state.in_(MOVES["support"]))
        .order_by(Petition.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Reached:
    """A petition that many people ask about."""

    public_id: str
    title: str
    agency: str
    state: str
    supports: int
    threshold: int
    reached_at: datetime
    due_on: date
    is_open: bool
    id: int
    submitted_on: date
    answered_on: date | None
    on_time: bool | None

    @property
    def reference(self) -> str:
        return write_reference(self.id, self.submitted_on)


def reached(*, most: int = 50) -> Sequence[Reached]:
    """Petitions that reached a threshold, the ones without an answer first, then the newest; one
    statement. Of one that reached two the larger is told."""
    top = sa.func.max(SupportCrossing.number)
    rows: Any = db.session.execute(
        sa.select(
            Petition.public_id,
            Petition.title,
            Agency.name,
            Petition.state,
            Petition.supports,
            top,
            sa.func.max(SupportCrossing.created_at),
            Petition.due_on,
            Petition.is_open,
            Petition.id,
            Petition.submitted_on,
            Petition.answered_on,
            Petition.on_time,
        )
        .join(Petition, Petition.id == SupportCrossing.petition_id)
        .join(Agency, Agency.id == Petition.agency_id)
        .where(Petition.is_public, Petition.state != "sealed")
        .group_by(Petition.id, Agency.name)
        .order_by(
            Petition.is_open.desc(),
            sa.func.max(SupportCrossing.created_at).desc(),
            Petition.id.desc(),
        )
        .limit(most)
    )
    return [Reached(*row) for row in rows]


def _thresholds() -> tuple[Threshold, ...]:
    rows = db.session.scalars(sa.select(SupportThreshold).order_by(SupportThreshold.id))
    found = tuple(Threshold(r.kind, r.level, r.effect, r.number, r.tell) for r in rows)
    return found or _shipped()


def _shipped() -> tuple[Threshold, ...]:
    with DEFAULTS.open(encoding="utf-8", newline="") as source:
        return tuple(
            Threshold(r["kind"], r["level"], r["effect"], int(r["number"]), r["tell"])
            for r in csv.DictReader(source)
        )


def _number(*where: sa.ColumnElement[bool]) -> int:
    found = sa.select(sa.func.count()).select_from(Support).where(*where)
    return db.session.scalar(found) or 0
