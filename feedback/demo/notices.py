"""What the sample's files told people while they were loaded: into their inboxes, never into the mail."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

import sqlalchemy as sa

from feedback.core import clock
from feedback.core.db import db
from feedback.notifications.channels import inbox
from feedback.notifications.channels.parcel import Parcel
from feedback.notifications.models import SENT, OutboxMessage

SHOWN = timedelta(days=30)  # older notices would only fill the page
UNREAD = timedelta(days=4)


def settle(now: datetime) -> int:
    """Empty the outbox: e-mails go nowhere, recent notices lie in the inboxes. Returns their number."""
    db.session.flush()
    db.session.execute(sa.delete(OutboxMessage).where(OutboxMessage.channel != "inbox"))
    queued = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).all()
    put = 0
    for message in queued:
        if message.created_at > now - SHOWN:
            _put(message, now)
            put += 1
        # the key stays, so that the same thing is not told a second time
        message.state, message.sent_at, message.params = SENT, message.created_at, {}
    return put


def _put(message: OutboxMessage, now: datetime) -> None:
    parcel = Parcel(**{part.name: getattr(message, part.name) for part in fields(Parcel)})
    with clock.travel(message.created_at):
        for item in inbox.deliver(parcel):
            item.created_at = message.created_at
            if item.created_at < now - UNREAD:
                item.read_at = item.created_at + timedelta(hours=2)
            db.session.add(item)
