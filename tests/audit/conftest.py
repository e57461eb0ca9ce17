"""A bare application with the record's tables and triggers, on both engines or on SQLite alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.bare import bare_app, opened

TABLES = ("event", "event_field", "event_head")


@pytest.fixture
def record_app(engine_url: str, tmp_path: Path) -> Iterator[Flask]:
    yield from opened(bare_app(engine_url, tmp_path), TABLES)


@pytest.fixture
def sqlite_app(tmp_path: Path) -> Iterator[Flask]:
    yield from opened(bare_app(f"sqlite:///{tmp_path / 'log.db'}", tmp_path), TABLES)
