"""Questions about people, their sessions and their codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, lazyload

from feedback.accounts.models import (
    ContactCode,
    Invitation,
    Person,
    ResidentSession,
    RoleGrant,
    StaffSession,
    Throttle,
)
from feedback.accounts.rules import totp
from feedback.accounts.rules.addresses import Proven, tidy_email
from feedback.core import clock
from feedback.core.db import db
from feedback.core.ids import keyed_hash
from feedback.notifications.models import InboxItem
from feedback.notifications.rules import AHEAD

IDLE = timedelta(hours=1)
DEMO_DOMAIN = "@demo.example"

# The resident's cookie of the request under way; set at the edge, so that queries know no request.
shown_by_resident: ContextVar[str] = ContextVar("shown_by_resident", default="")


# --- people ----------------------------------------------------------------------------------


def person_by_email(email: str) -> Person | None:
    """Without the roles, which follow when asked for: a known address costs no query more."""
    query = sa.select(Person).where(Person.email == tidy_email(email))
    return db.session.scalar(query.options(lazyload(Person.grants)))


def people() -> Sequence[Person]:
    """Everybody, by name."""
    return db.session.scalars(sa.select(Person).order_by(Person.name, Person.id)).all()


def demo_people() -> Sequence[Person]:
    """Who signs in to the demonstration, in the order in which they were made."""
    query = sa.select(Person).where(Person.email.endswith(DEMO_DOMAIN), Person.enabled)
    return db.session.scalars(query.order_by(Person.id)).all()


def agency_id_of(code: str) -> int | None:
    """The key of a body by its code; by table name, for bodies belong to a feature above this one."""
    agency = db.metadata.tables["agency"]
    return db.session.scalar(sa.select(agency.c.id).where(agency.c.code == code))


class Told(NamedTuple):
    """Of a person, what it takes to tell her something."""

    id: int
    public_id: str
    email: str
    locale: str
    notice_ways: dict[str, str] | None = None


TOLD = (Person.id, Person.public_id, Person.email, Person.locale, Person.notice_ways)
# enabled people who hold one of the roles; built once, for nearly every change asks
_HOLDERS = (
    sa.select(*TOLD)
    .where(
        Person.enabled,
        Person.id.in_(
            sa.select(RoleGrant.person_id).where(
                RoleGrant.role.in_(sa.bindparam("roles", expanding=True))
            )
        ),
    )
    .order_by(Person.id)
)
_HOLDERS_AT = _HOLDERS.where(Person.agency_id == sa.bindparam("agency_id"))


def holders(*roles: str, agency_id: int | None = None) -> Sequence[Told]:
    """Who holds one of these roles, anywhere or at one body."""
    if agency_id is None:
        found = db.session.connection().execute(_HOLDERS, {"roles": roles})
    else:
        found = db.session.connection().execute(
            _HOLDERS_AT, {"roles": roles, "agency_id": agency_id}
        )
    return [Told(*row) for row in found]


class Digest(NamedTuple):
    """What waits for somebody's mail of the morning: unread notices, oldest first, as subject and link."""

    person: Person
    lines: list[tuple[str, str]]
    last_id: int


def digests() -> list[Digest]:
    """Everybody for whom something waits; whoever has read all of it on the site has no lines."""
    waiting = sa.select(
        InboxItem.person_id, InboxItem.id, InboxItem.subject, InboxItem.link, InboxItem.read_at
    ).where(InboxItem.for_digest)
    rows = db.session.execute(waiting.order_by(InboxItem.person_id, InboxItem.id)).all()
    found = db.session.scalars(sa.select(Person).where(Person.id.in_({r.person_id for r in rows})))
    made = {person.id: Digest(person, [], 0) for person in found}
    for row in rows:
        digest = made[row.person_id]
        made[row.person_id] = digest._replace(last_id=row.id)
        if row.read_at is None:
            digest.lines.append((row.subject, row.link))
    return list(made.values())


# --- sessions --------------------------------------------------------------------------------


def staff_session(token: str) -> StaffSession | None:
    """A session that still holds, with its person: two queries. Half of one may still hold (see model)."""
    if not token:
        return None
    now = clock.now()
    found = db.session.scalar(
        sa.select(StaffSession).where(StaffSession.token_hash == token_hash(token))
    )
    if found is None or found.ended_at or found.expires_at <= now or found.created_at > now + AHEAD:
        return None
    if found.last_seen_at <= now - IDLE or not found.person.enabled:
        return None
    return found


def resident_email(token: str | None = None) -> str | None:
    """The e-mail address that this browser has proved with a one-time code, or None."""
    who = proven(token)
    return who.email or None if who else None


def proven(token: str | None = None) -> Proven | None:
    """The address or number that this browser has proved with a one-time code, or None."""
    token = shown_by_resident.get() if token is None else token
    if not token:
        return None
    row = db.session.execute(
        sa.select(ResidentSession.email, ResidentSession.phone).where(
            ResidentSession.token_hash == token_hash(token),
            ResidentSession.ended_at.is_(None),
            ResidentSession.expires_at > clock.now(),
            _made_in_its_time(ResidentSession.created_at),
        )
    ).one_or_none()
    return Proven(*row) if row else None


def contact_hash(who: Proven) -> str:
    """The pseudonym of whoever proved an address: the same for every spelling of it."""
    return keyed_hash(who.canonical, "proven-contact")


def _made_in_its_time(created_at: InstrumentedAttribute[datetime]) -> sa.ColumnElement[bool]:
    """Not while the clock was ahead: its end would be as far away."""
    return created_at <= clock.now() + AHEAD


def token_hash(token: str) -> str:
    """What is stored in place of a token of a cookie or a link."""
    return keyed_hash(token, "token")


# --- second factor ---------------------------------------------------------------------------


def secret_from(seed: str) -> str:
    """The authenticator's secret: the seed alone, say from a stolen backup, does not give it."""
    return totp.secret_of(keyed_hash(seed, "totp"))


def demo_code(person: Person) -> str:
    """A code that works now, for the demonstration's sign-in page and for tests; empty: wait a moment."""
    step = totp.next_unused_step(clock.now(), person.totp_last_step)
    if step is None or not person.totp_seed:
        return ""
    return totp.code_at(secret_from(person.totp_seed), step)


def code_now(secret: str) -> str:
    """The code of this very moment."""
    return totp.code_at(secret, totp.step_of(clock.now()))


# --- invitations, codes, delays --------------------------------------------------------------


def open_invitation(token: str) -> Invitation | None:
    """An invitation that is neither used nor out of date."""
    return db.session.scalar(
        sa.select(Invitation).where(
            Invitation.token_hash == token_hash(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > clock.now(),
            _made_in_its_time(Invitation.created_at),
        )
    )


def newest_code(email: str) -> ContactCode | None:
    """The newest one-time code of an address or number that is neither used nor out of date, locked."""
    return db.session.scalar(
        sa.select(ContactCode)
        .where(
            ContactCode.email_hash == email_hash(email),
            ContactCode.used_at.is_(None),
            ContactCode.expires_at > clock.now(),
            _made_in_its_time(ContactCode.created_at),
        )
        .order_by(ContactCode.id.desc())
        .limit(1)
        .with_for_update()
    )


def email_hash(email: str) -> str:
    return keyed_hash(tidy_email(email), "contact-email")


def wait_of(rows: Iterable[Throttle]) -> int:
    """Whole seconds until the next try is heard; 0: at once."""
    now = clock.now()
    waits = [(row.wait_until - now).total_seconds() for row in rows if row.wait_until]
    return max([0, *(int(w) + 1 for w in waits if w > 0)])
