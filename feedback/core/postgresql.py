"""PostgreSQL's connections: how many are kept, how long they wait, and that one which lay idle is asked
whether it lives."""

from __future__ import annotations

from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import Pool

# Nobody is waited for without end: a transaction that somebody left open, a server that is gone without a
# word. Else eight such requests would hold all threads of the site.
WAITS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "tcp_user_timeout": 15000,
    "options": "-c lock_timeout=15000",  # as long as SQLite waits for its one writer
}
OPTIONS: dict[str, Any] = {"pool_size": 10, "connect_args": WAITS, "hide_parameters": True}
IDLE_S = 0.5  # a connection that lay longer is asked whether it still lives
RETURNED = "feedback.returned"  # on the connection: when it was last given back


@event.listens_for(Pool, "checkout")
def _ask_whether_it_lives(connection: Any, record: Any, _fairy: Any) -> None:
    """Only what lay idle: SQLAlchemy's own question before each use is a turn on every request."""
    returned = record.info.get(RETURNED)
    if returned is None or monotonic() - returned < IDLE_S:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as error:
        raise InvalidatePoolError from error  # the others are as old


@event.listens_for(Pool, "checkin")
def _note_when(connection: Any, record: Any) -> None:
    if isinstance(connection, psycopg.Connection):
        record.info[RETURNED] = monotonic()
