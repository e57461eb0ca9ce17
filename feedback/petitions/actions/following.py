"""Who wants to hear how a petition goes on. A wish is no change of the file, so it is no event."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.core.db import db
from feedback.petitions.models import Follower, Petition


def follow(
    petition: Petition, *, who: Proven, locale: str, own: bool = False, steps: bool = False
) -> Follower:
    """Send word of this petition to a proved address from now on. The same address again: the same row.

    ``own``: the file was opened with its code, so its owner may open it from her list.
    ``steps``: she asked for the steps on the way as well.
    """
    found = _of(petition, who)
    if found is None:
        found = Follower(petition_id=petition.id, contact_hash=contact_hash(who))
        found.own = found.steps = False
        db.session.add(found)
    found.email, found.phone, found.locale = who.email, who.phone, locale
    found.own, found.steps = found.own or own, found.steps or steps
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


def move(petition: Petition, *, into: Petition) -> None:
    """Of a file that was joined to another one: its followers hear of that one from now on, and so does
    its sender, where she left an e-mail address. Whose own file it is keeps it in her list."""
    there = {row.contact_hash: row for row in _followers(into)}
    for row in _followers(petition):
        if not row.own and row.contact_hash not in there:
            row.petition_id = into.id
        elif not row.own:
            db.session.delete(row)
        elif row.contact_hash not in there:
            who = Proven(email=row.email, phone=row.phone)
            follow(into, who=who, locale=row.locale, steps=row.steps)
    contact = petition.contact
    if contact is not None and contact.email and petition.notices != "none":
        who, steps = Proven(email=contact.email), petition.notices == "progress"
        follow(into, who=who, locale=petition.locale, steps=steps)
    db.session.flush()


def quieten(petition: Petition) -> None:
    """Its sender wants no word of it any more: it stays in her list, and nothing is sent there."""
    db.session.execute(
        sa.update(Follower)
        .where(Follower.petition_id == petition.id, Follower.own)
        .values(email="", phone="")
        .execution_options(synchronize_session=False)
    )


def forget(petition: Petition) -> None:
    """The file is at rest: no word of it will ever go out again, so no address is needed any more."""
    db.session.execute(
        sa.delete(Follower).where(Follower.petition_id == petition.id, Follower.own.is_(False))
    )


def _followers(petition: Petition) -> Sequence[Follower]:
    rows = sa.select(Follower).where(Follower.petition_id == petition.id)
    return db.session.scalars(rows.order_by(Follower.id)).all()


def _of(petition: Petition, who: Proven) -> Follower | None:
    return db.session.scalar(
        sa.select(Follower).where(
            Follower.petition_id == petition.id, Follower.contact_hash == contact_hash(who)
        )
    )
