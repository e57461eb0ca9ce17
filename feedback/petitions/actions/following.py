"""Who wants to hear how a petition goes on. A wish is no change of the file, so it is no event."""

from __future__ import annotations

import sqlalchemy as sa

from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.core.db import db
from feedback.petitions.models import Follower, Petition


def follow(petition: Petition, *, who: Proven, locale: str, own: bool = False) -> Follower:
    """Send word of this petition to a proved address from now on. The same address again: the same row.

    ``own``: the file was opened with its code, so its owner may open it from her list.
    """
    found = _of(petition, who)
    if found is None:
        found = Follower(petition_id=petition.id, contact_hash=contact_hash(who), own=False)
        db.session.add(found)
    found.email, found.phone, found.locale = who.email, who.phone, locale
    found.own = found.own or own
    db.session.flush()
    return found


def unfollow(petition: Petition, *, who: Proven) -> bool:
    """Send no more word, and keep the address no longer. False if there was nothing to end.

    A file of her own stays in her list.
    """
    found = _of(petition, who)
    if found is None or found.own:
        return False
    end(found)
    return True


def end(follower: Follower) -> None:
    """Forget this address at this petition."""
    db.session.delete(follower)
    db.session.flush()


def _of(petition: Petition, who: Proven) -> Follower | None:
    return db.session.scalar(
        sa.select(Follower).where(
            Follower.petition_id == petition.id, Follower.contact_hash == contact_hash(who)
        )
    )
