"""A petition is joined to another one: its supporters go along, each counted once."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from feedback import audit
from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.core.db import db, table_of
from feedback.petitions import queries as files
from feedback.petitions.models import Petition
from feedback.supports import queries
from feedback.supports.actions.counting import put_number, write
from feedback.supports.actions.crossing import cross
from feedback.supports.models import Support
from feedback.supports.rules.moves import COUNTED, GIVEN, JOINED, SUSPECT

MOVED = "moved"
_SUPPORTS = table_of(Support)


def join(happening: audit.Happening) -> None:
    """Follow ``petition:merged``, in its transaction: move the supports of the file that ends to the one
    that goes on. Whoever supported both is counted there once; its sender too, if her address is
    proved. What was left out or taken back stays where it is."""
    source: Petition = happening.thing
    outcome = files.outcome_of(source)
    assert outcome is not None and outcome.other is not None
    target = outcome.other
    queries.lock(source.id, target.id)
    rows = {row.contact_hash: row for row in _given(source)}
    there = {row.contact_hash: row for row in _among(target, rows)}
    _settle_doubles(rows, there)
    moving = [hashed for hashed in rows if hashed not in there]
    _move(source, target, moving)
    sender = _sender_of(source)
    if sender and sender not in there and sender not in rows:
        db.session.add(Support(petition_id=target.id, contact_hash=sender, standing=COUNTED))
        moving.append(sender)
    db.session.flush()
    write(target, moving, MOVED)
    write(source, [hashed for hashed in rows if hashed in there], JOINED)
    for petition in (source, target):
        put_number(petition, queries.counted(petition.id))
    cross(target)


def _given(petition: Petition) -> list[Support]:
    rows = sa.select(Support).where(
        Support.petition_id == petition.id, Support.standing.in_([COUNTED, SUSPECT])
    )
    return list(db.session.scalars(rows.order_by(Support.id)))


def _among(target: Petition, hashes: Collection[str]) -> list[Support]:
    """Who of them has said something about the other file as well. Both files are locked."""
    rows = sa.select(Support).where(Support.petition_id == target.id)
    return [row for row in db.session.scalars(rows) if row.contact_hash in hashes]


def _settle_doubles(rows: dict[str, Support], there: dict[str, Support]) -> None:
    """One person, two supports: the better standing holds at the target, the other row says so."""
    for hashed, other in there.items():
        own = rows[hashed]
        if other.standing not in GIVEN or (other.standing, own.standing) == (SUSPECT, COUNTED):
            other.standing = own.standing
        own.standing = JOINED


def _move(source: Petition, target: Petition, hashes: list[str]) -> None:
    db.session.flush()
    moving = sa.update(_SUPPORTS).where(
        _SUPPORTS.c.petition_id == source.id,
        _SUPPORTS.c.standing.in_([COUNTED, SUSPECT]),
    )
    if hashes:
        db.session.connection().execute(moving.values(petition_id=target.id))


def _sender_of(petition: Petition) -> str:
    """The pseudonym of whoever sent it, if she has proved the address that she left."""
    contact = petition.contact
    if contact is None or contact.verified_at is None or not contact.email:
        return ""
    return contact_hash(Proven(email=contact.email))
