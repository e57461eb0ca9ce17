"""Fresh databases, copied from one that was migrated once: the record's tables refuse to be emptied."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade

from feedback.app import create_app
from feedback.core.config import ROOT, Settings
from feedback.core.db import db
from tests.servers.postgresql import Cluster

ENGINES = ("sqlite", "postgresql")
SECRET = "a secret for tests, long enough to pass"
TEMPLATE = "migrated"


def settings_for(url: str, folder: Path, **changes: Any) -> Settings:
    values = {"secret_key": SECRET, "testing": True, "log_level": "ERROR", **changes}
    return Settings(database_url=url, instance_dir=folder, **values)


def migrate(url: str, folder: Path) -> None:
    app = create_app(settings_for(url, folder))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.engine.dispose()


def pytest_configure(config: pytest.Config) -> None:
    """The run's own process starts the cluster; workers find its port in the environment."""
    config.addinivalue_line("markers", "both_engines: the story is told on SQLite and PostgreSQL")
    if hasattr(config, "workerinput") or "FEEDBACK_TEST_PG" in os.environ:
        return
    cluster = Cluster()
    cluster.start()
    config.stash[CLUSTER] = cluster
    with psycopg.connect(_admin(cluster.port), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    migrate(cluster.url(TEMPLATE), cluster.folder / "instance")
    os.environ["FEEDBACK_TEST_PG"] = str(cluster.port)


CLUSTER: pytest.StashKey[Cluster] = pytest.StashKey()


def pytest_unconfigure(config: pytest.Config) -> None:
    cluster = config.stash.get(CLUSTER, None)
    if cluster is not None:
        cluster.stop()
        os.environ.pop("FEEDBACK_TEST_PG", None)


def _admin(port: int | str) -> str:
    return f"postgresql://feedback@127.0.0.1:{port}/postgres"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, made once a worker."""
    folder = tmp_path_factory.mktemp("migrated")
    path = folder / "feedback.db"
    migrate(f"sqlite:///{path}", folder)
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A fresh migrated SQLite file."""
    path = tmp_path / "feedback.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A fresh migrated PostgreSQL database."""
    port, name = os.environ["FEEDBACK_TEST_PG"], f"t{uuid.uuid4().hex}"
    with psycopg.connect(_admin(port), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield f"postgresql+psycopg://feedback@127.0.0.1:{port}/{name}"
    with psycopg.connect(_admin(port), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest) -> str:
    """Each engine in turn, fresh and migrated."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def site(engine_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole application on each engine in turn."""
    yield from _opened(create_app(settings_for(engine_url, tmp_path)))


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole application on SQLite."""
    yield from _opened(create_app(settings_for(sqlite_url, tmp_path)))


def _opened(app: Flask) -> Iterator[Flask]:
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
