"""SQLite as this site uses it: which library, and how each connection is set."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

SAFE = (3, 51, 3)  # older ones can corrupt a WAL file that several processes share
WAIT_MS = 15000  # for another writer
# Read through the kernel's pages, which all connections share: with SQLite's usual 2 MB for each of its own
# a search over 100,000 texts fetched the index anew for each question (p95 33 ms, now 8). The mapping is
# read-only; what lies beyond it is kept by each connection.
MAPPED_BYTES, KEPT_KB = 2**30, 8000
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={WAIT_MS}",
    f"mmap_size={MAPPED_BYTES}",
    f"cache_size=-{KEPT_KB}",
)


def module() -> ModuleType:
    """pysqlite3 (a SQLite of our choice) where there is a wheel, else Python's own."""
    try:
        from pysqlite3 import dbapi2  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        import sqlite3 as dbapi2
    found: ModuleType = dbapi2
    return found


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, record: Any) -> None:
    if not type(connection).__module__.startswith(("pysqlite3", "sqlite3")):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
