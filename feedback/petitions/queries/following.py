"""Who follows a petition, and what one person follows."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from feedback.accounts.models import Contact
from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven, spellings
from feedback.core.db import db
from feedback.petitions.models import Follower, Petition
from feedback.petitions.queries.files import WHOLE


def followers_of(petition: Petition) -> Sequence[Follower]:
    """Who is to hear of it: everybody while the public may read it, else only whose file it is."""
    rows = sa.select(Follower).where(Follower.petition_id == petition.id)
    if not petition.is_public:
        rows = rows.where(Follower.own)
    return db.session.scalars(rows.order_by(Follower.id)).all()


def follower(public_id: str) -> Follower | None:
    """One wish to hear more, with its petition: found by the address in each mail."""
    return db.session.scalar(
        sa.select(Follower)
        .where(Follower.public_id == public_id)
        .options(joinedload(Follower.petition))
    )


def followed_by(who: Proven) -> Sequence[Follower]:
    """What this person follows and may see, newest first."""
    return db.session.scalars(
        sa.select(Follower)
        .join(Follower.petition)
        .where(Follower.contact_hash == contact_hash(who), Petition.state != "sealed")
        .where(sa.or_(Follower.own, Petition.is_public))
        .options(contains_eager(Follower.petition).joinedload(Petition.agency))
        .order_by(Follower.id.desc())
        .limit(100)
    ).all()


def own_of(who: Proven, public_id: str) -> Petition | None:
    """One of a resident's own files: sent with this address, or opened by its code and added."""
    added = sa.exists().where(
        Follower.petition_id == Petition.id,
        Follower.contact_hash == contact_hash(who),
        Follower.own,
    )
    return db.session.scalar(
        sa.select(Petition)
        .outerjoin(Petition.contact)
        .where(Petition.public_id == public_id, sa.or_(_left(who), added))
        .options(*WHOLE)
    )


def _left(who: Proven) -> sa.ColumnElement[bool]:
    """She left this very address when she sent it."""
    if who.phone:
        return Contact.phone.in_(spellings(who.phone))
    return Contact.email == who.email
