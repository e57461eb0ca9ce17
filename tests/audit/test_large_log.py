"""Five attacks on copies of a large log, as its administrator could make them: each is found, and named.

A small log in ``make test``, a million events in ``make drill``, which also says how long finding took.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from feedback import audit
from feedback.audit.rules import chain
from feedback.core.db import commit, db
from tests.audit.test_attacks import verified

EVENTS = 1_000_000 if os.environ.get("FEEDBACK_DRILL") else 600
A_COMMIT = 1_000
AT = EVENTS // 2
TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

audit.declare(audit.Tag("tale:grown", announced=True, title="A tale grown"))


def relinked(shell: sqlite3.Connection, start: int, change: Callable[[bytes], bytes]) -> None:
    """What somebody does who may write every table: change one header, link everything after it anew."""
    rows = shell.execute(
        "SELECT seq, header, prev FROM event WHERE seq >= ? ORDER BY seq", (start,)
    )
    new, prev = [], b""
    for seq, header, old_prev in rows.fetchall():
        prev = prev or old_prev
        raw = (change(header) if seq == start else header).replace(
            old_prev.hex().encode(), prev.hex().encode()
        )
        leaf = chain.leaf_hash(raw)
        head = chain.head_hash(prev, leaf)
        new.append((raw, leaf, prev, head, seq))
        prev = head
    shell.executemany("UPDATE event SET header=?, leaf=?, prev=?, head=? WHERE seq=?", new)
    shell.execute("UPDATE event_head SET head = ?", (prev,))


def edited(shell: sqlite3.Connection) -> None:
    shell.execute("UPDATE event_field SET value = value || '0' WHERE seq = ?", (AT,))


def back_dated(shell: sqlite3.Connection) -> None:
    relinked(shell, AT, lambda header: re.sub(rb'"ts":\d+', b'"ts":1600000000000', header))


def deleted(shell: sqlite3.Connection) -> None:
    shell.execute("DELETE FROM event_field WHERE seq = ?", (AT,))
    shell.execute("DELETE FROM event WHERE seq = ?", (AT,))


def truncated(shell: sqlite3.Connection) -> None:
    shell.execute("DELETE FROM event_field WHERE seq >= ?", (AT,))
    shell.execute("DELETE FROM event WHERE seq >= ?", (AT,))


def rewritten(shell: sqlite3.Connection) -> None:
    """Whole in itself, head row too: only a head that somebody noted tells."""
    relinked(shell, 2, lambda header: header.replace(b'"subject":"tale:', b'"subject":"tals:'))
    shell.execute("UPDATE event SET subject = 'tals:one' WHERE seq = 2")


ATTACKS = {edited: AT, back_dated: AT, deleted: AT, truncated: AT, rewritten: EVENTS}


def test_each_attack_on_a_large_log_is_found(sqlite_app: Flask, tmp_path: Path) -> None:
    for start in range(1, EVENTS, A_COMMIT):  # the first event of all is log:created
        for number in range(start, min(start + A_COMMIT, EVENTS)):
            audit.record(
                "tale:grown", subject="tale:one", by="clock", fields={"n": (number, "public")}
            )
        commit()
    db.session.remove()
    whole = Path(str(db.engine.url.database))
    code, said = verified(sqlite_app, whole)
    noted = said.split("head ")[-1].strip()
    assert (code, noted.partition(":")[0]) == (0, str(EVENTS))
    for attack, seq in ATTACKS.items():
        copy = tmp_path / f"{attack.__name__}.db"
        with sqlite3.connect(whole) as original, sqlite3.connect(copy) as shell:
            original.backup(shell)
            for (trigger,) in shell.execute(TRIGGERS).fetchall():
                shell.execute(f"DROP TRIGGER {trigger}")
            attack(shell)
        shell.close()
        began = time.monotonic()
        code, said = verified(sqlite_app, copy, noted)
        copy.unlink()
        assert (code, said.split(":")[0]) == (1, f"event {seq}"), attack.__name__
        print(f"{attack.__name__}: {said.strip()} ({time.monotonic() - began:.0f} s)")
