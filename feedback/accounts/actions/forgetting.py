"""What is not needed any more goes: sessions, codes and counters hold personal data or traces of it."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from feedback.accounts.models import (
    ContactCode,
    Invitation,
    ResidentSession,
    StaffSession,
    Throttle,
)
from feedback.accounts.queries import email_hash
from feedback.accounts.rules.addresses import Proven
from feedback.core import clock
from feedback.core.db import db

KEPT = timedelta(days=1)


def forget_expired(*, on: date) -> int:
    """Drop what ended over a day ago. Returns how many rows. (Daily job; harmless to repeat.)"""
    limit = clock.now() - KEPT
    count = 0
    for model in (StaffSession, ResidentSession, Invitation, ContactCode):
        done = db.session.execute(sa.delete(model).where(model.expires_at < limit))
        count += done.rowcount  # type: ignore[attr-defined]
    done = db.session.execute(sa.delete(Throttle).where(Throttle.window_started_at < limit))
    return count + done.rowcount  # type: ignore[attr-defined]


def forget_address(who: Proven) -> None:
    """Sessions and codes of a resident's address or number: nothing opens with it any more."""
    mine = ResidentSession.phone == who.phone if who.phone else ResidentSession.email == who.email
    db.session.execute(sa.delete(ResidentSession).where(mine))
    hashed = email_hash(who.phone or who.email)
    db.session.execute(sa.delete(ContactCode).where(ContactCode.email_hash == hashed))
