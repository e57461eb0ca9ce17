"""PostgreSQL's connections: how many are kept, and that one which lay idle is asked whether it lives."""

from __future__ import annotations

from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import Pool

OPTIONS: dict[str, Any] = {"pool_size": 10, "hide_parameters": True}
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
