"""Tables of the record. Nothing here is ever changed but the head, and a field that is erased.

Rows are written by ``actions.seal`` alone; ``ddl.py`` holds the triggers that refuse everything else.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Model, UTCDateTime


class Event(Model):
    """One happening. ``subject``, ``kind`` and ``event_id`` repeat what the header says, for finding."""

    # no sequence: a sequence leaves gaps, and a gap means that an event was removed
    seq: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(sa.String(16), unique=True)
    subject: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(60))
    header: Mapped[bytes] = mapped_column(sa.LargeBinary)
    leaf: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    prev: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    head: Mapped[bytes] = mapped_column(sa.LargeBinary(32))

    __table_args__ = (sa.Index("ix_event_subject", "subject", "seq"),)


class EventField(Model):
    """The words of an event: the only part that can be erased, with its salt."""

    seq: Mapped[int] = mapped_column(sa.ForeignKey("event.seq"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    salt: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    value: Mapped[str | None] = mapped_column(sa.Text)
    level: Mapped[str] = mapped_column(sa.String(10))
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erased_basis: Mapped[str | None] = mapped_column(sa.String(300))

    __table_args__ = ({"sqlite_with_rowid": False},)


class EventHead(Model):
    """One row: the end of the chain, and the lock that keeps writers in a line."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    log: Mapped[str] = mapped_column(sa.String(16))  # the log's random name
    synthetic: Mapped[bool]
    seq: Mapped[int]
    head: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    last_ts_ms: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)
