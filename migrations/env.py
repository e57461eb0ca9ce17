"""Alembic's entry: one connection, foreign keys off on SQLite while tables move, checked at the end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.engine import Connection

from feedback.core.db import db, set_reading
from feedback.search.commands import walk
from feedback.search.ddl import is_ours


def _foreign_keys(connection: Connection, state: str) -> None:
    # A batch change with foreign_keys ON silently deletes the children of ON DELETE CASCADE.
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute(f"PRAGMA foreign_keys={state}")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that point nowhere after the migration: {broken[:5]}")


def _is_compared(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name and is_ours(name))


def _fill_the_index() -> None:
    """What everybody may find is made of the other tables; a migration that had to leave it empty need
    not know how."""
    script = ScriptDirectory.from_config(context.config)
    with db.engine.connect() as connection:
        at = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
        if set(at) != set(script.get_heads()):
            return
        if connection.scalar(sa.text("SELECT EXISTS (SELECT 1 FROM search_entry)")):
            return
    walk()
    db.session.remove()


def run() -> None:
    set_reading(False)
    with db.engine.connect() as connection:
        _foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            compare_type=True,
            render_as_batch=False,
            include_name=_is_compared,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            _check_foreign_keys(connection)
        _foreign_keys(connection, "ON")
    _fill_the_index()


if context.is_offline_mode():
    raise RuntimeError("migrations run against a database, not as a script")
current_app.logger.disabled = True
run()
