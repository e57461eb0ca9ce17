"""Somebody asks to be forgotten: her supports are nobody's from then on, and stay counted."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from feedback import audit
from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.audit.rules.roots import leaf
from feedback.core.db import db
from feedback.core.ids import keyed_hash, secret_token
from feedback.petitions.models import Petition
from feedback.supports import queries
from feedback.supports.actions.counting import put_number, write
from feedback.supports.models import Support, SupportEntry
from feedback.supports.rules.moves import COUNTED, GIVEN, TAKEN_BACK, bar


def forget_person(who: Proven, *, uncount: bool) -> int:
    """Take this person out of every support. The numbers stay: that somebody supported it remains true,
    only who did is not kept. ``uncount``: where a support can still be taken back, it is. Returns how
    many supports there were.

    In the book each of her lines keeps its hash in place of her pseudonym, so that what was sealed can
    still be verified.
    """
    hashed = contact_hash(who)
    keys = db.session.scalars(
        sa.select(Support.petition_id).where(Support.contact_hash == hashed)
    ).all()
    files = {petition.id: petition for petition in queries.lock(*keys)} if keys else {}
    rows = db.session.scalars(sa.select(Support).where(Support.contact_hash == hashed)).all()
    for row in rows:
        if uncount:
            _take_back(row, files[row.petition_id])
        row.contact_hash = keyed_hash(secret_token(), "support-nobody")
        row.network_hash = row.domain_hash = ""
    db.session.flush()
    if _close_book(hashed) or rows:
        fields = {"number": (str(len(rows)), "public")}
        audit.record("support:erased", subject=("supports", 0), by="clock", fields=fields)
    return len(rows)


def _take_back(row: Support, petition: Petition) -> None:
    if row.standing not in GIVEN or bar("take_back", petition.state, is_public=petition.is_public):
        return
    was_counted = row.standing == COUNTED
    row.standing = TAKEN_BACK
    write(petition, [row.contact_hash], TAKEN_BACK)
    if was_counted:
        put_number(petition, petition.supports - 1)


def _close_book(hashed: str) -> Sequence[SupportEntry]:
    """Put each line's hash in place of the pseudonym; what is not sealed yet is sealed with it."""
    lines = db.session.execute(
        sa.select(SupportEntry, Petition.public_id)
        .join(Petition, Petition.id == SupportEntry.petition_id)
        .where(SupportEntry.contact_hash == hashed)
    ).all()
    for entry, public_id in lines:
        told = leaf(public_id, hashed, entry.what, entry.created_at.isoformat())
        entry.leaf, entry.contact_hash = told.hex(), ""
    db.session.flush()
    return [entry for entry, _public_id in lines]
