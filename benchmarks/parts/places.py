"""Where databases lie by name: files of SQLite, or a PostgreSQL server of the benchmark's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

from tests.servers.postgresql import Cluster

# What docs/operations.md advises; what is committed is on the disk.
DURABLE = (
    "-c max_connections=50 -c shared_buffers=1GB -c max_wal_size=4GB -c wal_compression=lz4"
    " -c random_page_cost=1.1"
)
DATABASE_CORE = 1  # PostgreSQL is a server of its own; the site's one core is the first


class Place(Protocol):
    """Databases by name. What an earlier run kept in the folder is there again."""

    engine: str
    folder: Path

    def url(self, name: str) -> str: ...

    def has(self, name: str) -> bool: ...

    def create(self, name: str, *, like: str = "") -> None:
        """An empty database, or one ``like`` another that nobody is connected to."""


class Files:
    engine = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"sqlite:///{self._file(name)}"

    def has(self, name: str) -> bool:
        return self._file(name).exists()

    def create(self, name: str, *, like: str = "") -> None:
        if like:
            shutil.copyfile(self._file(like), self._file(name))

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.db"


class Server:
    engine = "PostgreSQL"

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.folder, self._cluster = folder, cluster

    def url(self, name: str) -> str:
        return self._cluster.socket_url(name)

    def has(self, name: str) -> bool:
        with self._admin() as connection:
            asked = "SELECT 1 FROM pg_database WHERE datname = %s"
            return connection.execute(asked, [name]).fetchone() is not None

    def create(self, name: str, *, like: str = "") -> None:
        like = f" TEMPLATE {like} STRATEGY FILE_COPY" if like else ""
        with self._admin() as connection:
            connection.execute(f"CREATE DATABASE {name}{like}".encode())

    def _admin(self) -> psycopg.Connection[tuple[object, ...]]:
        address = f"postgresql://feedback@127.0.0.1:{self._cluster.port}/postgres"
        return psycopg.connect(address, autocommit=True)


@contextmanager
def place(engine: str, folder: Path, *, kept: bool) -> Iterator[Place]:
    """The databases of one engine in a folder, until the block ends; ``kept``: also afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        yield Files(folder)
        return
    cluster = Cluster(options=DURABLE, kept=folder / "cluster" if kept else None)
    cluster.start()
    cluster.keep_on(DATABASE_CORE)
    try:
        yield Server(folder, cluster)
    finally:
        cluster.stop()
