"""A resident proves her e-mail address or number with a one-time code; no account, no password."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from feedback.accounts import notices, queries
from feedback.accounts.actions import throttling
from feedback.accounts.actions.sign_in import Attempt
from feedback.accounts.models import Contact, ContactCode, ResidentSession
from feedback.accounts.rules.addresses import Proven, canonical_email, spellings, tidy_email
from feedback.core import clock
from feedback.core.db import db
from feedback.core.ids import keyed_hash, secret_token

CODE_LIFE = timedelta(minutes=10)
TRIES = 5
SESSION = timedelta(hours=12)
Then = Callable[..., object]  # (who, *, on)
_then: list[Then] = []


def when_proved(act: Then) -> None:
    """What a feature above does as soon as somebody has proved her address, in the same transaction
    (``app.py`` says who)."""
    if act not in _then:
        _then.append(act)


def request_code(
    *,
    email: str = "",
    phone: str = "",
    network: str,
    locale: str = "vi",
    line: str = "mail_network",
) -> int:
    """Send a code of six digits to the address, or to the number (+84…) as a text message. Returns 0, or
    the seconds to wait before the next.

    ``line``: which limit holds for the network (rules/delays.py).
    Sent to any address, whether petitions stand under it or not: so nothing tells who has written.
    """
    to = phone or tidy_email(email)
    # every spelling of one mailbox counts together: a plus-tag is no way to flood it
    mailbox = {"mail": canonical_email(to), line: network}
    gates = {"sms": to, "sms_network": network} if phone else mailbox
    held = throttling.gates(**gates)
    wait = queries.wait_of(held.values())
    if wait:
        return wait
    throttling.count(held)
    code = f"{secrets.randbelow(1_000_000):06d}"
    now = clock.now()
    row = ContactCode(
        email_hash=queries.email_hash(to),
        code_hash=_code_hash(to, code),
        tries=0,
        expires_at=now + CODE_LIFE,
    )
    db.session.add(row)
    notices.tell_resident_code(to, code, locale, channel="sms" if phone else "email")
    return 0


def check_code(*, email: str = "", phone: str = "", code: str) -> Attempt:
    """Exchange a code for a resident's session; five tries a code. Commit in either case."""
    email = tidy_email(email)
    to = phone or email
    row = queries.newest_code(to)
    typed = _code_hash(to, "".join(code.split()))
    if row is None or row.tries >= TRIES or not hmac.compare_digest(row.code_hash, typed):
        if row is not None:
            row.tries += 1
        return Attempt()
    now, token = clock.now(), secret_token()
    row.used_at = now
    left = Contact.phone.in_(spellings(phone)) if phone else Contact.email == email
    db.session.execute(
        sa.update(Contact).where(left, Contact.verified_at.is_(None)).values(verified_at=now)
    )
    made = ResidentSession(token_hash=queries.token_hash(token), expires_at=now + SESSION)
    made.email, made.phone = email, phone
    db.session.add(made)
    for act in _then:
        act(Proven(email=email, phone=phone), on=clock.today())
    return Attempt(token=token)


def end_resident_session(token: str) -> None:
    """Close a resident's own list on this device; the cookie is worth nothing from here on."""
    if token:
        db.session.execute(
            sa.update(ResidentSession)
            .where(ResidentSession.token_hash == queries.token_hash(token))
            .where(ResidentSession.ended_at.is_(None))
            .values(ended_at=clock.now())
        )


def _code_hash(email: str, code: str) -> str:
    return keyed_hash(f"{email.strip().lower()}\0{code}", "contact-code")
