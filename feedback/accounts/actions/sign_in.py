"""Sign-in of staff: password, then the second factor; a new token at each step; ended on the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from feedback.accounts import queries
from feedback.accounts.actions import throttling
from feedback.accounts.models import Person, StaffSession
from feedback.accounts.rules import hashing, totp
from feedback.accounts.rules.addresses import tidy_email
from feedback.core import clock
from feedback.core.db import db
from feedback.core.ids import secret_token

HALF = timedelta(minutes=10)  # from the password to the code
WHOLE = timedelta(hours=8)  # a working day; an hour without a click ends it earlier (queries.IDLE)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a try: a token for the cookie, or none, and then maybe seconds to wait.

    Commit in either case: a failure counts.
    """

    token: str = ""
    wait: int = 0


def check_password(*, email: str, password: str, network: str, ending: str = "") -> Attempt:
    """Begin a session that opens only the page of the second factor; the session ``ending`` ends.

    An unknown, disabled or not yet joined address takes the same steps and the same time as a wrong
    password, and the answer does not tell them apart.
    """
    held = throttling.gates(password=tidy_email(email), password_network=network)
    wait = queries.wait_of(held.values())
    if wait:
        return Attempt(wait=wait)
    person = queries.person_by_email(email)
    usable = person is not None and person.enabled and person.totp_seed
    stored = person.password_hash if person and usable else None
    if not hashing.matches(stored, password) or person is None or stored is None:
        throttling.count(held)
        return Attempt()
    if hashing.is_outdated(stored):
        person.password_hash = hashing.hash_password(password)
    end_session(ending)
    return Attempt(token=_begin(person, lasting=HALF, whole=False))


def check_totp(half: StaffSession, *, code: str) -> Attempt:
    """The second factor: ends the half session and begins a whole one under a new token."""
    refused = _refused(half.person, code)
    if refused:
        return refused
    half.ended_at = clock.now()
    return Attempt(token=begin_whole(half.person))


def show_again(whole: StaffSession, *, code: str) -> Attempt:
    """The second factor once more, before what cannot be undone: the session goes on under a new token,
    and ends when it would have ended."""
    refused = _refused(whole.person, code)
    if refused:
        return refused
    now = clock.now()
    whole.ended_at = now
    return Attempt(token=_begin(whole.person, lasting=whole.expires_at - now, whole=True))


def _refused(person: Person, code: str) -> Attempt | None:
    """Why this code does not hold; None: it does, and is used up."""
    held = throttling.gates(totp=person.public_id)
    wait = queries.wait_of(held.values())
    if wait:
        return Attempt(wait=wait)
    db.session.refresh(person, ["totp_last_step", "totp_seed"], with_for_update=True)
    secret = queries.secret_from(person.totp_seed or "")
    step = totp.accepted_step(secret, code, clock.now(), person.totp_last_step)
    if step is None:
        throttling.count(held)
        return Attempt()
    person.totp_last_step = step
    throttling.clear(held["totp"])
    for row in throttling.gates(password=person.email).values():
        throttling.clear(row)
    return None


def begin_whole(person: Person) -> str:
    """A signed-in session of someone who has just shown both factors. Returns the cookie's token."""
    return _begin(person, lasting=WHOLE, whole=True)


def end_session(token: str) -> None:
    """End it on the server: whoever kept the cookie holds nothing. An unknown token is ignored."""
    if token:
        _end(StaffSession.token_hash == queries.token_hash(token))


def end_all_sessions(person: Person) -> None:
    """Sign a person out everywhere, at once."""
    _end(StaffSession.person_id == person.id)


def _end(which: sa.ColumnElement[bool]) -> None:
    db.session.execute(
        sa.update(StaffSession)
        .where(which, StaffSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def _begin(person: Person, *, lasting: timedelta, whole: bool) -> str:
    now, token = clock.now(), secret_token()
    row = StaffSession(
        token_hash=queries.token_hash(token),
        person_id=person.id,
        last_seen_at=now,
        expires_at=now + lasting,
        totp_passed=whole,
    )
    db.session.add(row)
    return token
