"""What is to be sent, what was sent, and what waits in a person's inbox on the site."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Created, Model, PublicId, UTCDateTime
from feedback.core.indexes import index_where

QUEUED, CLAIMED, SENT, DEAD = "queued", "claimed", "sent", "dead"
TEXTS = sa.text("channel = 'sms'")  # in these very words, so that the index of them is found


class OutboxMessage(Created, Model):
    """One message to one recipient, written in the transaction that caused it, sent by the worker."""

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(sa.String(10))  # a key of CHANNELS
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(sa.String(254), default="")
    template: Mapped[str] = mapped_column(sa.String(80))  # "petitions/receipt"
    locale: Mapped[str] = mapped_column(sa.String(5), default="vi")
    params: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    dedupe_key: Mapped[str] = mapped_column(sa.String(160), unique=True)
    state: Mapped[str] = mapped_column(sa.String(10), default=QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claimed_by: Mapped[str | None] = mapped_column(sa.String(60))
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_error: Mapped[str | None] = mapped_column(sa.String(300))

    __table_args__ = (
        sa.Index("ix_outbox_message_due", "state", "next_attempt_at", "id"),
        sa.Index(
            "ix_outbox_message_texts",
            "address",
            "created_at",
            sqlite_where=TEXTS,
            postgresql_where=TEXTS,
        ),
    )


class InboxItem(PublicId, Created, Model):
    """A notice in a staff member's inbox on the site."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    link: Mapped[str] = mapped_column(sa.String(300), default="")  # a path on this site
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # waits for the mail of the morning
    for_digest: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    __table_args__ = (
        sa.Index("ix_inbox_item_person", "person_id", "read_at", "id"),
        index_where("for_digest", "ix_inbox_item_digest", "person_id", "id"),
    )


WORKER, LEAPT = "worker", "leap"


class WorkerHeartbeat(Model):
    """When a worker was last seen alive, and when one saw the time leap; readiness looks here."""

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    beat_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ClockJob(Model):
    """When a job of the clock last ran, so that two workers run it once."""

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    last_run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_error: Mapped[str | None] = mapped_column(sa.String(300))
