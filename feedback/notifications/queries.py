"""What waits in an inbox, how the outbox stands, and when a worker was last seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from feedback.core import clock
from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.notifications.models import (
    CLAIMED,
    DEAD,
    LEAPT,
    QUEUED,
    SENT,
    TEXTS,
    WORKER,
    InboxItem,
    OutboxMessage,
    WorkerHeartbeat,
)
from feedback.notifications.rules import CALM

AGAIN = 3  # tries, over six minutes at least


def inbox_of(person: Any) -> sa.Select[InboxItem]:
    """A person's notices, newest first."""
    return sa.select(InboxItem).filter_by(person_id=person.id).order_by(InboxItem.id.desc())


def inbox_page(person: Any, *, after: str, size: int) -> Page[InboxItem]:
    """So many of them, older ones by the key of the last."""
    mine = sa.select(InboxItem).filter_by(person_id=person.id)
    return page_by_key(mine, [InboxItem.id], after=after, size=size, descending=True)


def inbox_item(person: Any, public_id: str) -> InboxItem | None:
    """One notice, if it is this person's."""
    return db.session.scalars(inbox_of(person).filter_by(public_id=public_id)).one_or_none()


def unread(person: Any) -> list[InboxItem]:
    return list(db.session.scalars(inbox_of(person).where(InboxItem.read_at.is_(None))))


def unread_count(person: Any) -> int:
    wanted = sa.select(sa.func.count()).select_from(InboxItem)
    wanted = wanted.where(InboxItem.person_id == person.id, InboxItem.read_at.is_(None))
    return db.session.scalar(wanted) or 0


def last_beat() -> datetime | None:
    """When any worker was last alive."""
    return db.session.scalar(sa.select(WorkerHeartbeat.beat_at).filter_by(name=WORKER))


def has_leapt() -> bool:
    """Did the time leap by days within the last hour? A leap that lies ahead was set right meanwhile."""
    leapt = db.session.scalar(sa.select(WorkerHeartbeat.beat_at).filter_by(name=LEAPT))
    return leapt is not None and timedelta(0) <= clock.now() - leapt < CALM


def texts_since(numbers: Collection[str], about: str, *, since: datetime) -> dict[str, int]:
    """How many text messages went, or will go, to each of these numbers: those whose template begins
    with ``about``. Numbers without any are left out."""
    if not numbers:
        return {}
    rows = db.session.execute(
        sa.select(OutboxMessage.address, sa.func.count())
        .where(TEXTS, OutboxMessage.address.in_(numbers), OutboxMessage.created_at > since)
        .where(OutboxMessage.template.startswith(about))
        .group_by(OutboxMessage.address)
    )
    return {address: number for address, number in rows}


def outbox_counts() -> dict[str, int]:
    """How many messages are in each state."""
    rows = db.session.execute(
        sa.select(OutboxMessage.state, sa.func.count()).group_by(OutboxMessage.state)
    )
    return dict.fromkeys((QUEUED, CLAIMED, SENT, DEAD), 0) | {state: n for state, n in rows}


def struggling() -> int:
    """How many messages were tried again and again and still wait: the mail server is away, or refuses."""
    wanted = sa.select(sa.func.count()).select_from(OutboxMessage)
    wanted = wanted.where(OutboxMessage.state == QUEUED, OutboxMessage.attempts >= AGAIN)
    return db.session.scalar(wanted) or 0


def waiting() -> dict[str, int]:
    """How many messages are not sent yet, and how many never will be unless somebody asks for it."""
    wanted = sa.select(OutboxMessage.state, sa.func.count()).group_by(OutboxMessage.state)
    rows = db.session.execute(wanted.where(OutboxMessage.state.in_((QUEUED, CLAIMED, DEAD))))
    return dict.fromkeys((QUEUED, CLAIMED, DEAD), 0) | {state: n for state, n in rows}


def something_due() -> bool:
    """Is there a message that can be tried now?"""
    return bool(
        db.session.scalar(
            sa.select(OutboxMessage.id)
            .where(OutboxMessage.state == QUEUED, OutboxMessage.next_attempt_at <= clock.now())
            .limit(1)
        )
    )
