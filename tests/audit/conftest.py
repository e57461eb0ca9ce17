"""A bare application with the record's tables and triggers, on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from feedback.audit.ddl import create_triggers
from feedback.core.db import db, engine_options


def bare_app(url: str) -> Flask:
    app = Flask("record")
    app.config.update(
        SECRET_KEY="a secret for tests, long enough to pass",
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(url),
    )
    db.init_app(app)
    return app


@pytest.fixture
def record_app(engine_url: str) -> Iterator[Flask]:
    yield from opened(bare_app(engine_url))


@pytest.fixture
def sqlite_app(tmp_path: Path) -> Iterator[Flask]:
    yield from opened(bare_app(f"sqlite:///{tmp_path / 'log.db'}"))


def opened(app: Flask) -> Iterator[Flask]:
    tables = [db.metadata.tables[name] for name in ("event", "event_field", "event_head")]
    with app.app_context():
        db.metadata.create_all(db.engine, tables)
        with db.engine.begin() as connection:
            for statement in create_triggers(db.engine.dialect.name):
                connection.exec_driver_sql(statement)
        yield app
        db.session.remove()
        db.engine.dispose()
