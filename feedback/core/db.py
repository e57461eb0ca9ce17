"""The database: one declarative base, one commit, and what SQLite and PostgreSQL need to act alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import WeakKeyDictionary

import psycopg
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from feedback.core import clock, ids, postgresql, sqlite

Made = TypeVar("Made")


class Base(DeclarativeBase):
    """Tables are singular snake_case; constraints get names, so that migrations can find them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class ReadingSession(FlaskSession):
    """A request that only reads needs no transaction: on PostgreSQL each statement sees what is committed
    either way (READ COMMITTED), and BEGIN and ROLLBACK are two turns for nothing. SQLite then does alike:
    see ``_begin_sqlite``."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        asked = _asked.get()
        if asked is not None and asked.connection is not None and _mode.get() == EACH:
            return asked.connection
        bind = super().get_bind(*args, **kwargs)
        if (
            _mode.get() != WRITING
            and isinstance(bind, Engine)
            and bind.dialect.name == "postgresql"
        ):
            return reading_engine(bind)
        return bind


class Asked:
    """What a request that only reads asks with before it needs objects: to make a session, let it begin
    and end costs as much as a short question does. ``notes`` are kept as long as the request."""

    def __init__(self) -> None:
        self.connection: Connection | None = None
        self.notes: dict[str, Any] = {}


_asked: ContextVar[Asked | None] = ContextVar("asked", default=None)
WRITING, SNAPSHOT, EACH = "writing", "snapshot", "each"  # what a transaction is begun for
_mode: ContextVar[str] = ContextVar("mode", default=WRITING)
db = SQLAlchemy(
    model_class=Base, session_options={"expire_on_commit": False, "class_": ReadingSession}
)
if TYPE_CHECKING:  # the checker cannot follow Flask-SQLAlchemy's made-up base
    Model = Base
else:
    Model = db.Model


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment. SQLite keeps no zone, so it is stored as UTC and given back as UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """A decorated type names none of its own accord; pages that are cut by a moment ask."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PublicId:
    """Mixin: a random name for addresses (80 bits), apart from the key."""

    public_id: Mapped[str] = mapped_column(sa.String(16), unique=True, default=ids.public_id)


class Created:
    """Mixin: when the row was made."""

    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


def table_of(model: type[Base]) -> sa.Table:
    """The table behind a model, for statements in bulk that need no objects."""
    return cast(sa.Table, model.__table__)


# --- one commit ------------------------------------------------------------------------------

Last = Callable[[], None]
Hook = Callable[[Session], Last | None]
_before_commit: list[Hook] = []


def before_commit(hook: Hook) -> Hook:
    """Run ``hook`` just before each commit: the record seals its queued events there. It may return what
    is to be written at the very end, and whose answer nobody waits for but the commit itself."""
    if hook not in _before_commit:
        _before_commit.append(hook)
    return hook


def commit() -> None:
    """Seal and commit. Only the edge (a view, a command, a task) calls this, once, at its end."""
    if _mode.get() != WRITING:
        raise RuntimeError("this request only reads: it holds no transaction to commit")
    session = db.session()
    session.flush()
    last = [write for hook in _before_commit if (write := hook(session)) is not None]
    if last:
        _end(session.connection(), last)
    session.commit()


def _end(connection: Connection, last: Sequence[Last]) -> None:
    """PostgreSQL gets the last words and COMMIT in one turn, for others wait until it has both; that the
    session commits after it is then no turn at all. SQLite is in this process."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection) or connection.in_nested_transaction():
        for write in last:
            write()
        return
    try:
        with driver.pipeline():
            for write in last:
                write()
            driver.commit()
    except psycopg.Error as error:
        raise DBAPIError.instance("COMMIT", None, error, psycopg.Error) from error


def settle(write: Callable[[], Made]) -> Made:
    """Run ``write`` and commit, for the edge. Where another transaction took a unique key in the
    meantime (two taps on one button), run it once more: it then finds what the other one wrote."""
    try:
        made = write()
        commit()
    except IntegrityError:
        db.session.rollback()
        made = write()
        commit()
    return made


# --- SQLite ----------------------------------------------------------------------------------

_WAIT_BRIEFLY = {
    "sqlite": ("PRAGMA busy_timeout=250",),
    "postgresql": ("SET LOCAL lock_timeout = '250ms'",),
}


@contextmanager
def reading() -> Iterator[None]:
    """Within this block transactions begin without the write lock; on SQLite they see one moment."""
    token = _mode.set(SNAPSHOT)
    try:
        yield
    finally:
        _mode.reset(token)


def set_reading(value: bool) -> None:
    """Say whether this request only reads; a request that may write takes SQLite's lock at once.

    A SQLite transaction that reads and then writes fails with a busy error that no wait helps.
    """
    _mode.set(EACH if value else WRITING)
    asked = _asked.get()
    _asked.set(Asked() if value else None)
    if asked is not None and asked.connection is not None:
        asked.connection.close()


def connection() -> Connection:
    """Where plain rows are asked for. A session that comes later in a request that only reads asks there too."""
    asked = _asked.get()
    if asked is None or _mode.get() != EACH:
        return db.session.connection()
    if asked.connection is None:
        if db.session.registry.has():
            return db.session.connection()
        asked.connection = reading_engine(db.engine).connect()
    return asked.connection


def notes() -> dict[Any, Any]:
    """What this request or transaction has found out."""
    asked = _asked.get()
    return db.session().info if asked is None or _mode.get() != EACH else asked.notes


@contextmanager
def aside() -> Iterator[Connection]:
    """A short transaction apart from the request's own, for a note that may as well be lost.

    It waits for other writers a quarter of a second at most; a DBAPIError then means "not noted".
    Never while this request's own transaction may write: SQLite has one writer.
    """
    with reading(), db.engine.connect() as connection, connection.begin():
        for statement in _WAIT_BRIEFLY[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        try:
            yield connection
        finally:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA busy_timeout={sqlite.WAIT_MS}")


def engine_options(url: str) -> dict[str, Any]:
    """How to connect. Errors never show what was typed: they go into the log."""
    if url.startswith("sqlite"):
        connect = {"timeout": 15}
        return {"module": sqlite.module(), "connect_args": connect, "hide_parameters": True}
    return dict(postgresql.OPTIONS)


# --- PostgreSQL ------------------------------------------------------------------------------

_readers: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()
_making_reader = Lock()


def reading_engine(engine: Engine) -> Engine:
    """Connections that only read: each statement by itself, so no turn to begin and none to roll back.
    They are closed together with the ordinary ones. SQLite's need nothing of the kind."""
    if engine.dialect.name == "sqlite":
        return engine
    with _making_reader:
        if engine not in _readers:
            _readers[engine] = reader = sa.create_engine(
                engine.url,
                isolation_level="AUTOCOMMIT",
                pool_reset_on_return=None,
                **engine_options(str(engine.url)),
            )
            event.listen(engine, "engine_disposed", lambda _engine: reader.dispose())
        return _readers[engine]


_BEGIN = {WRITING: "BEGIN IMMEDIATE", SNAPSHOT: "BEGIN", EACH: ""}  # EACH: a statement by itself


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and (begin := _BEGIN[_mode.get()]):
        connection.exec_driver_sql(begin)
