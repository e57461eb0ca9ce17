"""Verbs about people: invite, join."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts import events, notices, queries
from feedback.accounts.actions import sign_in
from feedback.accounts.models import Invitation, Person, RoleGrant
from feedback.accounts.roles import ROLES
from feedback.accounts.rules import hashing, passwords, totp
from feedback.accounts.rules.addresses import tidy_email
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.core.ids import secret_token
from feedback.core.text import clean_line
from feedback.notifications.rules import one_address

INVITATION = timedelta(days=3)

FAULTS = {
    "short": _l("Use at least 12 characters: four or five words are easy to keep in mind."),
    "long": _l("At most 200 characters, please."),
    "simple": _l("This password repeats itself or follows the keyboard. Choose another."),
    "common": _l("This password is on the lists that thieves try first. Choose another."),
    "own": _l("Do not use your own name or e-mail address as the password."),
}


def invite(
    *,
    email: str,
    name: str,
    roles: Collection[str],
    agency_id: int | None = None,
    by: Person | None,
) -> str:
    """Let somebody in, or let her in anew (lost phone or password). Returns the one-use token.

    Earlier open invitations of hers end. What she signs in with today holds until she accepts.
    Raises Refused for an unknown role, an unusable address, or no name.
    """
    email, name = _checked(email, name, roles)
    person = queries.person_by_email(email) or Person(email=email)
    person.name, person.agency_id = name, agency_id
    kept = {grant.role: grant for grant in person.grants}
    person.grants = [kept.get(role) or RoleGrant(role=role) for role in sorted(set(roles))]
    db.session.add(person)
    db.session.flush()
    token = _invitation(person)
    fields = {
        "name": (name, "sealed"),
        "email": (email, "sealed"),
        "roles": (" ".join(sorted(set(roles))), "party"),
    }
    audit.record(events.INVITED, subject=person, by=by, fields=fields)
    notices.tell_person_invited(person, token)
    return token


def accept(invitation: Invitation, *, password: str, seed: str, code: str) -> str:
    """Set password and second factor, use the invitation up, sign in. Returns the cookie's token.

    ``seed`` is what the page made the QR code of. Raises Refused: field ``password`` or ``code``.
    """
    person = invitation.person
    fault = passwords.fault(password, email=person.email, name=person.name)
    if fault:
        raise Refused(FAULTS[fault], field="password", code=fault)
    step = totp.accepted_step(queries.secret_from(seed), code, clock.now(), None)
    if step is None:
        raise Refused(
            _l("The code does not fit. Type the six digits that the app shows right now."),
            field="code",
            code="wrong_code",
        )
    _use_up(invitation)
    person.password_hash = hashing.hash_password(password)
    person.totp_seed, person.totp_last_step = seed, step
    person.enabled = True
    sign_in.end_all_sessions(person)
    audit.record(events.JOINED, subject=person, by=person)
    return sign_in.begin_whole(person)


def shut_out(person: Person, *, by: Person | None) -> None:
    """Close an account, at once: every session of hers ends, no invitation of hers opens it again. What
    she did stays under her name; a new invitation lets her in anew. Raises Refused if it is closed."""
    if not person.enabled:
        raise Refused(_l("This account is closed already."), code="closed")
    person.enabled = False
    sign_in.end_all_sessions(person)
    _end_invitations(person)
    audit.record(events.SHUT_OUT, subject=person, by=by)


def equip(person: Person, *, password_hash: str, seed: str) -> None:
    """Password and second factor without an invitation: for the people of the sample and of tests."""
    person.password_hash, person.totp_seed, person.totp_last_step = password_hash, seed, None


def _checked(email: str, name: str, roles: Collection[str]) -> tuple[str, str]:
    try:
        email = one_address(tidy_email(email))
    except ValueError:
        raise Refused(_l("This is not an e-mail address."), field="email") from None
    name = clean_line(name)
    if not name:
        raise Refused(_l("Give the person's name."), field="name")
    if not roles or set(roles) - set(ROLES):
        raise Refused(_l("There is no such role."), field="roles")
    return email, name


def _invitation(person: Person) -> str:
    now, token = clock.now(), secret_token()
    _end_invitations(person)
    row = Invitation(
        token_hash=queries.token_hash(token), person_id=person.id, expires_at=now + INVITATION
    )
    db.session.add(row)
    return token


def _end_invitations(person: Person) -> None:
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.person_id == person.id, Invitation.used_at.is_(None))
        .values(used_at=clock.now())
    )


def _use_up(invitation: Invitation) -> None:
    """By a guarded update: of two browsers with the same link one wins."""
    done = db.session.execute(
        sa.update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None))
        .values(used_at=clock.now())
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Refused(_l("This invitation has been used already."), code="used")
