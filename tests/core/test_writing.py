"""Writing: several rows at once, a key that somebody else took, and SQLite's one writer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from feedback.accounts.models import Contact
from feedback.core.db import commit, db, reading, settle, table_of
from feedback.core.rows import AT_ONCE, New, Rows, insert_now, put_rows, put_together
from feedback.notifications.models import WorkerHeartbeat
from tests.bare import bare_app, opened
from tests.servers.patience import PATIENCE_S

BEATS = table_of(WorkerHeartbeat)
NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
TABLES = ("worker_heartbeat", "contact")


@pytest.fixture
def app(engine_url: str, tmp_path: Path) -> Iterator[Flask]:
    yield from opened(bare_app(engine_url, tmp_path), TABLES)


def beats() -> dict[str, datetime]:
    return {name: at for name, at in db.session.execute(sa.select(BEATS.c.name, BEATS.c.beat_at))}


def test_rows_of_several_statements_arrive_whole_and_typed(app: Flask) -> None:
    names = [f"worker {n}" for n in range(2 * AT_ONCE + 1)]
    put_rows(db.session.connection(), BEATS, [{"name": n, "beat_at": NOON} for n in names])
    commit()
    assert beats() == dict.fromkeys(names, NOON)


def test_a_row_that_is_there_is_left_or_changed_as_the_conflict_says(app: Flask) -> None:
    later = NOON.replace(hour=6)
    first, second = {"name": "a", "beat_at": NOON}, {"name": "a", "beat_at": later}
    put_rows(db.session.connection(), BEATS, [first])
    put_rows(db.session.connection(), BEATS, [second], conflict="(name) DO NOTHING")
    assert beats() == {"a": NOON}
    change = "(name) DO UPDATE SET beat_at = excluded.beat_at"
    put_rows(db.session.connection(), BEATS, [second], conflict=change)
    assert beats() == {"a": later}


def test_parts_that_go_together_arrive_whole_however_many(app: Flask) -> None:
    """In one statement on PostgreSQL, and one after another where that would be too long."""
    contacts = table_of(Contact)
    person = {"public_id": "0" * 16, "created_at": NOON, "locale": "vi"}
    for number in (1, AT_ONCE + 1):
        beats_now = [{"name": f"{number} of {n}", "beat_at": NOON} for n in range(number)]
        put_together(
            db.session.connection(),
            Rows(BEATS, beats_now),
            Rows(contacts, [{**person, "public_id": f"{number:016}"}]),
            Rows(contacts, []),
        )
    commit()
    assert len(beats()) == AT_ONCE + 2
    count = sa.select(sa.func.count()).select_from(contacts)
    assert db.session.scalar(count) == 2


def test_an_object_put_in_at_once_is_as_if_it_had_been_flushed(app: Flask) -> None:
    contact = Contact(email="hoa@example.vn")
    insert_now(db.session(), New(contact))
    assert contact in db.session and not db.session.dirty
    assert (contact.phone, contact.locale, contact.verified_at) == (None, "vi", None)
    contact.phone = "0912345678"
    commit()
    db.session.expire_all()
    assert (contact.email, contact.phone) == ("hoa@example.vn", "0912345678")


def test_a_key_that_was_rolled_back_serves_again(app: Flask) -> None:
    first = Contact(email="hoa@example.vn")
    insert_now(db.session(), New(first))
    key = first.id
    db.session.rollback()
    second = Contact(email="an@example.vn", id=key)
    insert_now(db.session(), New(second))
    commit()
    assert db.session.get(Contact, key) is second and first not in db.session


def test_no_rows_are_no_statement(app: Flask) -> None:
    put_rows(db.session.connection(), BEATS, [])
    assert beats() == {}


def test_who_finds_the_key_taken_begins_again_and_sees_what_the_other_wrote(
    postgresql_url: str, tmp_path: Path
) -> None:
    """Only there: nobody commits while SQLite's one writer writes."""
    seen: list[list[str]] = []
    for app in opened(bare_app(postgresql_url, tmp_path), TABLES):

        def write(app: Flask = app) -> str:
            seen.append(list(beats()))
            if seen[-1]:
                return "theirs"
            other = Thread(target=lambda: _write_elsewhere(app))
            other.start()
            other.join(PATIENCE_S)
            db.session.add(WorkerHeartbeat(name="a", beat_at=NOON))
            db.session.flush()
            return "mine"

        assert settle(write) == "theirs"
        assert seen == [[], ["a"]]


def _write_elsewhere(app: Flask) -> None:
    with app.app_context():
        db.session.add(WorkerHeartbeat(name="a", beat_at=NOON))
        commit()


def test_a_key_that_is_taken_twice_is_told(app: Flask) -> None:
    db.session.add(WorkerHeartbeat(name="a", beat_at=NOON))
    commit()
    db.session.expunge_all()
    turns: list[int] = []

    def write() -> None:
        turns.append(len(turns))
        db.session.execute(sa.insert(BEATS), [{"name": "a", "beat_at": NOON}])

    with pytest.raises(IntegrityError):
        settle(write)
    assert turns == [0, 1]
    db.session.rollback()


def test_the_next_writer_is_let_in_when_the_one_before_is_done(app: Flask) -> None:
    """Also when that one failed: whatever ends a transaction ends its turn."""
    order: list[str] = []
    inside, go_on = Event(), Event()

    def first() -> None:
        with app.app_context():
            db.session.execute(sa.insert(BEATS), [{"name": "first", "beat_at": NOON}])
            inside.set()
            go_on.wait(PATIENCE_S)
            order.append("first")
            db.session.rollback()

    def second() -> None:
        inside.wait(PATIENCE_S)
        with app.app_context():
            go_on.set()
            db.session.execute(sa.insert(BEATS), [{"name": "second", "beat_at": NOON}])
            order.append("second")
            commit()

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert sorted(order) == ["first", "second"]
    assert list(beats()) == ["second"]


def test_a_reader_does_not_wait_for_the_writer(app: Flask) -> None:
    db.session.execute(sa.insert(BEATS), [{"name": "held", "beat_at": NOON}])  # and not committed
    found: list[dict[str, datetime]] = []

    def read() -> None:
        with app.app_context(), reading():
            found.append(beats())

    reader = Thread(target=read)
    reader.start()
    reader.join(PATIENCE_S)
    assert found == [{}]
    db.session.rollback()
