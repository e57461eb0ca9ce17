"""What a day brings, found by index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from feedback.core.db import db
from feedback.petitions.models import InfoRequest, Leg, Petition

BATCH = 500  # one transaction stays short; the next run takes the rest
NEEDED = (
    joinedload(Petition.agency),
    joinedload(Petition.contact),
    joinedload(Petition.assignee),
    selectinload(Petition.legs),
)


def waits_that_end(on: date) -> Sequence[Petition]:
    """Files whose wait for the resident has reached its bound."""
    return db.session.scalars(
        sa.select(Petition)
        .join(InfoRequest, InfoRequest.petition_id == Petition.id)
        .where(
            Petition.state == "needs_info",
            InfoRequest.ended_on.is_(None),
            InfoRequest.bound_on < on,
        )
        .options(*NEEDED)
        .order_by(Petition.id)
        .limit(BATCH)
    ).all()


def newly_late(on: date) -> Sequence[Petition]:
    """Open files past their day and not yet marked."""
    return db.session.scalars(
        sa.select(Petition)
        .where(
            Petition.is_open,
            Petition.due_on < on,
            Petition.state != "needs_info",
            Petition.late_marked_on.is_(None),
        )
        .options(*NEEDED)
        .order_by(Petition.due_on, Petition.id)
        .limit(BATCH)
    ).all()


def settled(answered_before: date) -> Sequence[Petition]:
    """Answered files whose days for a word on the last answer are over. ``answered_on`` is the first
    answer's day; a reopened file was answered again on the day on which its last leg ended."""
    return db.session.scalars(
        sa.select(Petition)
        .join(Leg, sa.and_(Leg.petition_id == Petition.id, Leg.number == Petition.leg_number))
        .where(
            Petition.state == "answered",
            Petition.answered_on < answered_before,
            Leg.ended_on < answered_before,
        )
        .options(*NEEDED)
        .order_by(Petition.id)
        .limit(BATCH)
    ).all()
