"""Fresh databases, copied from one that was migrated once: the record's tables refuse to be emptied.

What many stories begin with (bodies, a plan, the cast) is written once a worker as well: a folder's
``stage`` fixture names the function that writes it, and each test gets a copy (``Stages``).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from feedback.app import create_app
from feedback.core import clock, sqlite
from feedback.core.config import ROOT
from feedback.core.db import commit, db, set_reading
from tests.servers.applications import SECRET, Applications, settings_for
from tests.servers.postgresql import Cluster, in_memory

__all__ = ["SECRET", "settings_for"]  # of the applications, for whoever asks here
ENGINES = ("sqlite", "postgresql")
TEMPLATE = "migrated"


def migrate(url: str, folder: Path) -> None:
    app = create_app(settings_for(url, folder))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.engine.dispose()


def pytest_configure(config: pytest.Config) -> None:
    """The run's own process starts the cluster; workers find its port in the environment."""
    config.addinivalue_line("markers", "both_engines: the story is told on SQLite and PostgreSQL")
    config.addinivalue_line("markers", "no_worker: nothing of the story is done by the worker")
    if hasattr(config, "workerinput") or "FEEDBACK_TEST_PG" in os.environ:
        return
    cluster = Cluster(place=in_memory())
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


@sa.event.listens_for(sa.Engine, "connect")
def _without_fsync(connection: Any, _record: Any) -> None:
    """No test of this process cuts the power; the sites that run beside it keep SQLite's full care."""
    if isinstance(connection, sqlite.module().Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, made once a worker."""
    folder = tmp_path_factory.mktemp("migrated")
    path = folder / "feedback.db"
    migrate(f"sqlite:///{path}", folder)
    return path


@contextmanager
def _postgresql_copy(template: str) -> Iterator[str]:
    port, name = os.environ["FEEDBACK_TEST_PG"], f"t{uuid.uuid4().hex}"
    with psycopg.connect(_admin(port), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield f"postgresql+psycopg://feedback@127.0.0.1:{port}/{name}"
    with psycopg.connect(_admin(port), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


Stage = Callable[[], Any]


class Stages:
    """Databases on which a story begins, each written once a worker (and a day: dates count from it).

    A stage is a function that writes with the product's own verbs; what it returns, ids and codes,
    holds for every copy. ``None`` stands for a database that was only migrated.
    """

    def __init__(self, migrated: Path, folder: Path) -> None:
        self.migrated, self.folder = migrated, folder
        self._made: dict[tuple[str, Stage, object], tuple[str, Any]] = {}

    def told(self, engine: str, stage: Stage) -> Any:
        """What the stage returned when it was written."""
        return self._written(engine, stage)[1]

    def sqlite(self, stage: Stage | None) -> Path:
        """The file to copy."""
        return Path(self._written("sqlite", stage)[0]) if stage else self.migrated

    def postgresql(self, stage: Stage | None) -> str:
        """The name of the database to copy."""
        return self._written("postgresql", stage)[0] if stage else TEMPLATE

    def _written(self, engine: str, stage: Stage) -> tuple[str, Any]:
        key = engine, stage, clock.today()
        if key not in self._made:
            name = f"stage{uuid.uuid4().hex}"
            write = self._sqlite_stage if engine == "sqlite" else self._postgresql_stage
            self._made[key] = write(name, stage)
        return self._made[key]

    def _sqlite_stage(self, name: str, stage: Stage) -> tuple[str, Any]:
        path, whole = self.folder / f"{name}.writing", self.folder / f"{name}.db"
        shutil.copyfile(self.migrated, path)
        told = self._play(f"sqlite:///{path}", stage)
        source, target = sqlite3.connect(path), sqlite3.connect(whole)
        source.backup(target)  # with what still stands in its write-ahead log
        source.close()
        target.close()
        return str(whole), told

    def _postgresql_stage(self, name: str, stage: Stage) -> tuple[str, Any]:
        port = os.environ["FEEDBACK_TEST_PG"]
        with psycopg.connect(_admin(port), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
            told = self._play(f"postgresql+psycopg://feedback@127.0.0.1:{port}/{name}", stage)
            connection.execute(  # a template may have no visitors
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
        return name, told

    def _play(self, url: str, stage: Stage) -> Any:
        set_reading(False)  # an earlier test's GET in this thread may have left it on
        app = create_app(settings_for(url, self.folder))
        with app.app_context():
            told = stage()
            commit()
            db.session.remove()
            db.engine.dispose()
        return told


@pytest.fixture(scope="session")
def stages(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return Stages(migrated_sqlite, tmp_path_factory.mktemp("stages"))


# How something looks and reads does not depend on the engine: such stories are told on one of them.
on_sqlite = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
STAGES: dict[str, Stage] = {}  # of fixtures that several folders borrow


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage | None:
    """What the database of a test holds when it begins; a folder says so in its conftest."""
    return next((STAGES[name] for name in request.fixturenames if name in STAGES), None)


@pytest.fixture
def sqlite_url(stages: Stages, stage: Stage | None, tmp_path: Path) -> str:
    """A fresh SQLite file, migrated and with what the stage says."""
    path = tmp_path / "feedback.db"
    shutil.copyfile(stages.sqlite(stage), path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(stages: Stages, stage: Stage | None) -> Iterator[str]:
    """A fresh PostgreSQL database, migrated and with what the stage says."""
    with _postgresql_copy(stages.postgresql(stage)) as url:
        yield url


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest) -> str:
    """Each engine in turn, fresh and migrated."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def applications() -> Applications:
    return Applications()


@pytest.fixture
def site(applications: Applications, engine_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole application on each engine in turn."""
    with applications.on(engine_url, tmp_path) as app:
        yield app


@pytest.fixture
def app(applications: Applications, sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole application on SQLite."""
    with applications.on(sqlite_url, tmp_path) as app:
        yield app
