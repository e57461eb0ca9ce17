"""Connections: PostgreSQL's for reading without transactions, asked whether they live; SQLite's settings."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.agencies.models import Agency
from feedback.app import create_app
from feedback.core import postgresql, sqlite
from feedback.core.db import (
    commit,
    connection,
    db,
    engine_options,
    reading,
    reading_engine,
    set_reading,
)
from feedback.core.sqlite import PRAGMAS
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.pages.test_submission import GOOD
from tests.servers.databases import settings_for


@pytest.fixture
def site(postgresql_url: str, tmp_path: Path) -> Flask:
    return create_app(settings_for(postgresql_url, tmp_path))


def cut_all_lines() -> None:
    """What a restart of the database does to every connection but this one; they are gone when it returns."""
    with sa.create_engine(db.engine.url).connect() as admin:
        admin.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_lines_that_were_cut_while_they_lay_idle_are_replaced(site: Flask) -> None:
    client = site.test_client()
    assert client.get("/plans").status_code == 200
    with site.app_context():
        cut_all_lines()
    time.sleep(postgresql.IDLE_S)
    assert [client.get("/plans").status_code for _ in range(3)] == [200, 200, 200]


def test_what_only_reads_holds_no_transaction_and_may_not_commit(site: Flask) -> None:
    with site.app_context(), reading():
        db.session.execute(sa.text("SELECT 1"))
        own = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
        with sa.create_engine(db.engine.url).connect() as other:
            state = sa.text("SELECT state FROM pg_stat_activity WHERE pid = :pid")
            assert other.scalar(state, {"pid": own}) == "idle"
        with pytest.raises(RuntimeError, match="only reads"):
            commit()


def test_a_row_that_somebody_holds_is_not_waited_for_without_end(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgresql.WAITS, "options", "-c lock_timeout=200")
    site = create_app(settings_for(postgresql_url, tmp_path))
    phone = Browser(site)
    with site.app_context():
        make.reference_data()
        commit()
        db.session.remove()
        with sa.create_engine(db.engine.url).begin() as forgotten:
            forgotten.exec_driver_sql("SELECT * FROM event_head FOR UPDATE")
            answer = phone.send("/submit", page="/submit", **GOOD)
            assert answer.status_code == 503
            assert "Hiện chưa lưu được" in answer.text
            assert phone.get("/plans").status_code == 200
        assert phone.send("/submit", page="/submit", **GOOD).status_code == 303
        db.session.remove()
        db.engine.dispose()


def test_a_file_that_somebody_holds_is_waited_for_once(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PRAGMAS", (*PRAGMAS, "busy_timeout=50"))
    site = create_app(settings_for(sqlite_url, tmp_path))
    phone, begun = Browser(site), []
    with site.app_context():
        make.reference_data()
        commit()
        db.session.remove()
        page = phone.get("/submit")

        @sa.event.listens_for(db.engine, "before_cursor_execute")
        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            begun.append(statement)

        forgotten = sqlite.module().connect(tmp_path / "feedback.db", isolation_level=None)
        forgotten.execute("BEGIN IMMEDIATE")
        fields = {"csrf_token": TOKEN.search(page.text)[1], **GOOD}  # type: ignore[index]
        answer = phone.client.post("/submit", data=fields)
        assert answer.status_code == 503
        assert "Hiện chưa lưu được" in answer.text
        assert begun == ["BEGIN IMMEDIATE"]
        assert phone.get("/plans").status_code == 200
        forgotten.close()
        assert phone.send("/submit", page="/submit", **GOOD).status_code == 303
        db.session.remove()
        db.engine.dispose()


def test_they_are_closed_together(site: Flask) -> None:
    with site.app_context():
        reader = reading_engine(db.engine)
        with reader.connect():
            pass
        assert reader.pool.checkedin() == 1
        db.engine.dispose()
        assert reader.pool.checkedin() == 0


def test_a_page_asks_on_one_connection_whether_it_asks_for_rows_or_for_objects(site: Flask) -> None:
    taken: list[object] = []
    with site.app_context(), site.test_request_context("/"):
        set_reading(True)
        reader = reading_engine(db.engine)
        sa.event.listen(reader, "checkout", lambda *given: taken.append(given[0]))
        own = connection().scalar(sa.text("SELECT pg_backend_pid()"))
        assert db.session.scalar(sa.text("SELECT pg_backend_pid()")) == own
        assert db.session.scalars(sa.select(Agency)).all() == []
        assert connection().scalar(sa.text("SELECT pg_backend_pid()")) == own
        set_reading(False)
        assert len(taken) == 1
        assert reader.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_sqlite_reads_its_file_through_the_kernel_and_gives_no_safety_away(tmp_path: Path) -> None:
    with sa.create_engine(
        f"sqlite:///{tmp_path / 'a.db'}", **engine_options("sqlite:")
    ).connect() as made:
        asked = ("journal_mode", "foreign_keys", "mmap_size")
        found = {name: made.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked}
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "mmap_size": 2**30}
    assert "synchronous=FULL" in PRAGMAS  # which the tests' own connections put off
