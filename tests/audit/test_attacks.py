"""Attacks on a copy of the log, as an administrator of the database could make them: all are named."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from feedback import audit
from feedback.audit.commands import log
from feedback.core.db import commit, db

COUNT = 60
AT = 37

audit.declare(audit.Tag("tale:told", announced=True, title="A tale told"))

ATTACKS = {
    "header": "UPDATE event SET header = replace(header, 'tale:told', 'tale:tolt') WHERE seq = 37",
    "one byte": "UPDATE event SET header = CAST(substr(header, 1, 9) || 'X' || substr(header, 11)"
    " AS BLOB) WHERE seq = 37",
    "not utf-8": "UPDATE event SET header = x'ff00fe' WHERE seq = 37",
    "leaf": "UPDATE event SET leaf = zeroblob(32) WHERE seq = 37",
    "prev": "UPDATE event SET prev = randomblob(32) WHERE seq = 37",
    "head": "UPDATE event SET head = randomblob(32) WHERE seq = 37",
    "subject": "UPDATE event SET subject = 'tale:other' WHERE seq = 37",
    "value": "UPDATE event_field SET value = value || ' ' WHERE seq = 37",
    "value of no text": "UPDATE event_field SET value = x'ff' WHERE seq = 37",
    "level": "UPDATE event_field SET level = 'sealed' WHERE seq = 37",
    "salt": "UPDATE event_field SET salt = randomblob(32) WHERE seq = 37",
    "field removed": "DELETE FROM event_field WHERE seq = 37",
    "field added": "INSERT INTO event_field VALUES (37, 'x', x'00', 'y', 'public', NULL, NULL)",
    "deleted": "DELETE FROM event WHERE seq = 37",
    "deleted tail": "DELETE FROM event WHERE seq >= 37",
    "moved": "UPDATE event SET seq = 1000 WHERE seq = 37",
    # without its first digit: by decades, in whatever year this is told
    "back-dated": "UPDATE event SET header = replace(header, '\"ts\":1', '\"ts\":') WHERE seq = 37",
    "head row": "UPDATE event_head SET seq = 36, head = (SELECT head FROM event WHERE seq = 36)",
}


@pytest.fixture
def copy(sqlite_app: Flask, tmp_path: Path) -> Iterator[Callable[[str], tuple[int, str]]]:
    """A log of sixty events; calling it runs one statement on a copy and verifies that copy."""
    for number in range(1, COUNT):
        audit.record("tale:told", subject="tale:one", by="clock", fields={"n": (number, "public")})
    commit()
    db.session.remove()
    source, target = Path(str(db.engine.url.database)), tmp_path / "copy.db"
    with sqlite3.connect(source) as original, sqlite3.connect(target) as other:
        original.backup(other)

    def attack(statement: str) -> tuple[int, str]:
        with sqlite3.connect(target) as shell:
            for (trigger,) in shell.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
                shell.execute(f"DROP TRIGGER {trigger}")
            shell.executescript(statement)
        shell.close()
        return verified(sqlite_app, target)

    yield attack


def verified(app: Flask, target: Path, *noted: str) -> tuple[int, str]:
    """Exit code and output of ``log verify`` on another file."""
    engines = db._app_engines[app]
    own = engines[None]
    engines[None] = db._make_engine(None, {"url": f"sqlite:///{target}"}, app)
    try:
        heads = [word for head in noted for word in ("--head", head)]
        result = app.test_cli_runner().invoke(log, ["verify", *heads])
    finally:
        engines[None].dispose()
        engines[None] = own
    return result.exit_code, result.output


def test_an_untouched_copy_verifies(copy: Callable[[str], tuple[int, str]]) -> None:
    code, output = copy("SELECT 1")
    assert (code, output.startswith(f"{COUNT} events verified, head {COUNT}:")) == (0, True)


@pytest.mark.parametrize("name", ATTACKS)
def test_each_attack_on_a_copy_is_found_and_named(
    name: str, copy: Callable[[str], tuple[int, str]]
) -> None:
    code, output = copy(ATTACKS[name])
    assert (code, output.split(":")[0]) == (1, f"event {AT}")


def test_stray_words_after_the_end_are_found(copy: Callable[[str], tuple[int, str]]) -> None:
    code, output = copy("INSERT INTO event_field VALUES (99, 'x', x'00', 'y', 'public', 0, '')")
    assert (code, output.split(":")[0]) == (1, "event 99")
