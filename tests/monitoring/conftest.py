"""The whole application on a fresh database with its reference data."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from feedback.app import create_app
from feedback.audit.ddl import create_triggers
from feedback.core.config import Settings
from feedback.core.db import db
from tests import make


@pytest.fixture
def engine_url(tmp_path: Path) -> str:
    """A file of the test's own, or the PostgreSQL that FEEDBACK_TEST_URL names (it is emptied)."""
    return os.environ.get("FEEDBACK_TEST_URL") or f"sqlite:///{tmp_path / 'site.db'}"


@pytest.fixture
def site(engine_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        Settings(
            secret_key="a secret for tests, long enough to pass",
            database_url=engine_url,
            instance_dir=tmp_path,
            log_level="ERROR",
            testing=True,
        )
    )
    with app.app_context():
        _build()
        make.reference_data()
        make.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def _build() -> None:
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        db.metadata.create_all(connection)
        for statement in create_triggers(connection.dialect.name):
            connection.exec_driver_sql(statement)
