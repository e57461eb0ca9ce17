"""What pages and verbs ask about supports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.core.db import db
from feedback.petitions.models import Petition
from feedback.supports.models import Support
from feedback.supports.rules.moves import COUNTED, SUSPECT


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


def _number(*where: sa.ColumnElement[bool]) -> int:
    found = sa.select(sa.func.count()).select_from(Support).where(*where)
    return db.session.scalar(found) or 0
