"""Petitions in a flood: past a number an hour, whoever sends from one network or under one address waits.

Few at a time are counted in this process's memory alone, so that an ordinary submission asks the database
nothing more; past what is free they are counted in SQL, so that two processes then count as one. Nobody is
locked out: waits are short, and what was written stays (rules/delays.py of the accounts).
"""

from __future__ import annotations

from threading import Lock
from time import monotonic

from cachetools import TTLCache
from flask import current_app, request
from flask_babel import lazy_ngettext

from feedback.accounts.actions import throttling
from feedback.accounts.queries import wait_of
from feedback.accounts.rules.addresses import canonical_email, canonical_phone
from feedback.accounts.rules.delays import LIMITS
from feedback.accounts.session import network
from feedback.core import clock
from feedback.core.db import commit, settle
from feedback.core.errors import Refused
from feedback.core.logs import log
from feedback.petitions import queries
from feedback.petitions.actions.submit import Receipt, Submission, submit

HERE = {"127.0.0.0/24", "::/48"}  # networks of 127.0.0.1 and ::1
AN_HOUR_S, KEPT = 3600, 20_000
EXTENSION = "feedback.petitions_sent"


class TooMany(Refused):
    """Many petitions came from there just now; the same form may be sent again after ``wait`` seconds."""

    status = 429

    def __init__(self, wait: int) -> None:
        self.wait = wait
        sentence = lazy_ngettext(
            "Many petitions came from this network, or under this address, just now. Wait %(num)s second,"
            " then send again; what you wrote is still here.",
            "Many petitions came from this network, or under this address, just now. Wait %(num)s seconds,"
            " then send again; what you wrote is still here.",
            wait,
        )
        super().__init__(sentence, code="too_many_petitions")


class Sent:
    """How many this process took in within the hour, from where. The oldest leave first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers: TTLCache[tuple[str, str], list[int]] = TTLCache(KEPT, AN_HOUR_S, monotonic)

    def add(self, whence: dict[str, str]) -> None:
        with self._lock:
            for one in whence.items():
                self._numbers.setdefault(one, [0])[0] += 1  # kept by the first of the hour

    def many(self, whence: dict[str, str]) -> dict[str, str]:
        """Those of which as many came as are free."""
        with self._lock:
            return {
                name: value
                for name, value in whence.items()
                if self._numbers.get((name, value), [0])[0] >= LIMITS[name].free
            }


def take_in(sent: Submission) -> Receipt:
    """``submit`` and commit. Raises TooMany, and whatever ``submit`` raises."""
    whence, taken = _whence(sent), current_app.extensions.setdefault(EXTENSION, Sent())
    many = taken.many(whence)
    wait = _wait(many, sent.key) if many else 0
    if wait:
        raise TooMany(wait)
    receipt = settle(lambda: submit(sent, on=clock.today()))
    if not receipt.again:
        taken.add(whence)
    return receipt


def _whence(sent: Submission) -> dict[str, str]:
    """Which limits hold for it, always in the same order. None for this machine itself; behind a proxy whose
    hops nobody configured everybody would be one network, so there only the address counts."""
    passed_on = "X-Forwarded-For" in request.headers
    whence = network()
    if whence in HERE and not passed_on:
        return {}
    address = canonical_email(sent.email) if sent.email else canonical_phone(sent.phone)
    lines = {"petition_contact": address, "petition_network": "" if whence in HERE else whence}
    return {name: value for name, value in lines.items() if value}


def _wait(many: dict[str, str], key: str) -> int:
    """Seconds to wait; if none, this one is counted. What was taken in already waits for nothing."""
    if queries.key_known(key)[0] is not None:
        return 0
    held = throttling.gates(**many)
    wait = wait_of(held.values())
    if not wait:
        for name, row in held.items():
            row.failures = max(row.failures, LIMITS[name].free)
        throttling.count(held)
    commit()
    if wait:
        log.warning("petitions_slowed", by=sorted(many), wait=wait)
    return wait
