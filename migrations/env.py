"""Alembic's entry: one connection, foreign keys off on SQLite while tables move, checked at the end."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from feedback.core.db import db, set_reading


def _foreign_keys(connection: Connection, state: str) -> None:
    # A batch change with foreign_keys ON silently deletes the children of ON DELETE CASCADE.
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute(f"PRAGMA foreign_keys={state}")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that point nowhere after the migration: {broken[:5]}")


def run() -> None:
    set_reading(False)
    with db.engine.connect() as connection:
        _foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            compare_type=True,
            render_as_batch=False,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            _check_foreign_keys(connection)
        _foreign_keys(connection, "ON")


if context.is_offline_mode():
    raise RuntimeError("migrations run against a database, not as a script")
current_app.logger.disabled = True
run()
