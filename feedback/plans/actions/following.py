"""Who wants to hear how an item or a plan goes on. A wish is no change of the plan, so it is no event."""

from __future__ import annotations

import sqlalchemy as sa

from feedback.accounts.models import Person
from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.core.db import db
from feedback.plans.models import PlanFollower


def follow(
    plan_id: int, item_id: int | None, *, who: Proven | Person, locale: str = "vi"
) -> PlanFollower:
    """Send word to a proved e-mail address, or into the inbox of a member of staff. The same wish again
    is the same row."""
    subject, name = f"item:{item_id}" if item_id else f"plan:{plan_id}", follower_name(who)
    found = db.session.scalar(
        sa.select(PlanFollower).where(PlanFollower.subject == subject, PlanFollower.who == name)
    )
    if found is None:
        found = PlanFollower(plan_id=plan_id, item_id=item_id, subject=subject, who=name)
        db.session.add(found)
    if isinstance(who, Person):
        found.person_id, found.locale = who.id, who.locale
    else:
        found.email, found.locale = who.email, locale
    db.session.flush()
    return found


def unfollow(follower: PlanFollower) -> None:
    """Send no more word, and keep the address no longer."""
    db.session.delete(follower)
    db.session.flush()


def follower_name(who: Proven | Person) -> str:
    """What makes one wish the same as another."""
    return f"person:{who.id}" if isinstance(who, Person) else contact_hash(who)
