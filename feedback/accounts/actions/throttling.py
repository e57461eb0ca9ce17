"""Count failures in SQL, so that two processes count as one; see rules/delays.py for what they cost."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from feedback.accounts.models import Throttle
from feedback.accounts.rules.delays import LIMITS, seconds_after
from feedback.core import clock
from feedback.core.db import db
from feedback.core.ids import keyed_hash


def gates(**values: str) -> dict[str, Throttle]:
    """The counters of these limits for these values, locked until the end of the transaction.

    Locked before the password is looked at: a hundred guesses sent in one moment come one by one.
    Always ask in the same order of names, so that two requests never wait for each other.
    """
    return {name: _locked(name, value) for name, value in values.items() if value}


def count(held: dict[str, Throttle]) -> None:
    """One more failure at each of these counters."""
    now = clock.now()
    for name, row in held.items():
        row.failures += 1
        delay = seconds_after(row.failures, LIMITS[name])
        row.wait_until = now + timedelta(seconds=delay) if delay else None


def clear(row: Throttle) -> None:
    """Forget the failures of one counter."""
    row.failures, row.wait_until, row.window_started_at = 0, None, clock.now()


def _locked(name: str, value: str) -> Throttle:
    key = keyed_hash(f"{name}\0{value}", "throttle")
    row = _find(key)
    if row is None:
        try:
            with db.session.begin_nested():
                db.session.add(Throttle(key=key, failures=0, window_started_at=clock.now()))
        except IntegrityError:
            pass  # another process was first: take its row
        row = _find(key)
        assert row is not None
    now, limit = clock.now(), LIMITS[name]
    is_over = (
        abs(now - row.window_started_at) >= limit.window
    )  # begun in the future it is over, too
    # longer than any wait lasts: counted while the clock was ahead, which was set right meanwhile
    beyond = bool(row.wait_until and row.wait_until > now + timedelta(seconds=limit.most))
    if beyond or (is_over and not (row.wait_until and row.wait_until > now)):
        clear(row)
    return row


def _find(key: str) -> Throttle | None:
    return db.session.scalar(
        sa.select(Throttle)
        .where(Throttle.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
