"""What a desk clerk wrote down for residents today."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.models import Person
from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.petitions.models import Petition


def _own(person: Person, day: date) -> sa.Select[Petition]:
    return (
        sa.select(Petition)
        .where(
            Petition.submitted_on == day,
            Petition.entered_by_id == person.id,
            Petition.state != "sealed",
        )
        .options(joinedload(Petition.agency))
    )


def entries_of(person: Person, day: date, *, after: str = "", size: int = 20) -> Page[Petition]:
    """A clerk's own entries of one day, newest first."""
    keys = [Petition.submitted_at, Petition.id]
    return page_by_key(_own(person, day), keys, after=after, size=size, descending=True)


def entry_of(person: Person, day: date, public_id: str) -> Petition | None:
    """One of a clerk's own entries of one day."""
    return db.session.scalar(_own(person, day).where(Petition.public_id == public_id))
