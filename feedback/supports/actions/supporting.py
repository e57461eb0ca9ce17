"""A resident supports a petition, or takes that back; counted once for each proved address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.core.ids import keyed_hash
from feedback.petitions.models import Petition
from feedback.supports import notices, queries
from feedback.supports.actions.counting import put_number, write
from feedback.supports.actions.crossing import cross
from feedback.supports.models import Support
from feedback.supports.rules import moves, pace
from feedback.supports.rules.moves import COUNTED, GIVEN, SUSPECT, TAKEN_BACK

PLACES_KEPT = timedelta(days=7)  # long enough to look into a doubt
SENTENCES = {
    "private": _l("The public cannot read this petition any more, so it cannot be supported."),
    "answered": _l("This petition is answered already, so nothing is counted any more."),
    "ended": _l("This petition has ended, so nothing is counted any more."),
}


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a support comes from, and how many the operator counts from one place in a while."""

    network: str = ""
    most: int = 30
    minutes: int = 60


def support(petition: Petition, *, who: Proven, whence: Whence) -> Support:
    """Count this person once. The same person again changes nothing and gets the same support.

    Past the pace of one place it is kept as suspect and not counted until somebody has looked.
    Raises Refused where the petition cannot be supported, and to its own sender.
    """
    check(petition, "support")
    hashed = contact_hash(who)
    found = queries.support_of(petition.id, hashed)
    if found is not None and found.standing in GIVEN:
        return found
    contact = petition.contact
    if contact is not None and who.covers(email=contact.email, phone=contact.phone):
        raise Refused(_l("You sent this petition yourself: you are counted already."), code="own")
    if found is None:
        found = Support(petition_id=petition.id, contact_hash=hashed)
    _place(found, petition, who, whence)
    db.session.add(found)
    db.session.flush()
    write(petition, [hashed], found.standing)
    if found.standing == COUNTED:
        put_number(petition, petition.supports + 1)
        cross(petition)
    else:
        notices.tell_doubt(petition)
    return found


def take_back(petition: Petition, *, who: Proven) -> bool:
    """Take one's own support back, until the file is closed. False if there was none to take back."""
    check(petition, "take_back")
    found = queries.support_of(petition.id, contact_hash(who))
    if found is None or found.standing not in GIVEN:
        return False
    was_counted = found.standing == COUNTED
    found.standing = TAKEN_BACK
    db.session.flush()
    write(petition, [found.contact_hash], TAKEN_BACK)
    if was_counted:
        put_number(petition, petition.supports - 1)
    return True


def check(petition: Petition, verb: str) -> None:
    """Lock the file; raises Refused when the table forbids this verb in its state."""
    queries.lock(petition.id)
    why = moves.bar(verb, petition.state, is_public=petition.is_public)
    if why:
        raise Refused(SENTENCES[why], code=why)


def forget_places(*, on: date) -> int:
    """Forget where supports came from, a week later. Returns how many. (Daily; harmless to repeat.)"""
    old = sa.update(Support).where(Support.created_at < clock.now() - PLACES_KEPT)
    told = old.where(sa.or_(Support.network_hash != "", Support.domain_hash != ""))
    done = db.session.execute(told.values(network_hash="", domain_hash=""))
    return cast("sa.CursorResult[Any]", done).rowcount


def _place(found: Support, petition: Petition, who: Proven, whence: Whence) -> None:
    """Where it comes from, and whether too many came from there already."""
    now = clock.now()
    found.created_at = now
    found.network_hash = _hash(petition, whence.network)
    found.domain_hash = _hash(petition, pace.telling_domain(who.email))
    since = now - timedelta(minutes=whence.minutes)
    suspect = any(
        hashed
        and pace.is_suspect(
            queries.lately_from(petition.id, column, hashed, since=since), whence.most
        )
        for column, hashed in (
            ("network_hash", found.network_hash),
            ("domain_hash", found.domain_hash),
        )
    )
    found.standing = SUSPECT if suspect else COUNTED


def _hash(petition: Petition, place: str) -> str:
    """Another one for each petition: nobody can tell from the rows who else was there."""
    return keyed_hash(f"{petition.id}\0{place}", "support-place") if place else ""
