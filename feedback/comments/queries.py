"""Comments for the item's page and for the moderators' desk; every list is cut by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.models import Person, RoleGrant
from feedback.accounts.roles import PERMISSIONS
from feedback.comments.models import COMMENT_STATES, PENDING, VISIBLE, Comment
from feedback.core.db import db
from feedback.core.ids import keyed_hash
from feedback.core.paging import Listing, Page, page_by_key
from feedback.plans.models import PlanItem

WITH_ITEM = joinedload(Comment.item).joinedload(PlanItem.plan)


@dataclass(frozen=True, slots=True)
class CommentLine:
    """What everybody reads of a comment; the columns of ``_VISIBLE`` in their order."""

    id: int
    created_at: datetime
    author_name: str
    text: str


_VISIBLE = Listing(
    sa.select(Comment.id, Comment.created_at, Comment.author_name, Comment.text).where(
        Comment.item_id == sa.bindparam("item_id"), Comment.state == VISIBLE
    ),
    [Comment.created_at, Comment.id],
    CommentLine,
    descending=True,
)


def visible_of_item(item_id: int, *, after: str = "") -> Page[CommentLine]:
    """What the public reads under an item, newest first, twenty a page."""
    return _VISIBLE.page(after=after, item_id=item_id)


def pending(*, after: str = "", size: int = 20) -> Page[Comment]:
    """What waits to be read by a moderator, oldest first."""
    query = sa.select(Comment).where(Comment.state == PENDING).options(WITH_ITEM)
    return page_by_key(query, [Comment.created_at, Comment.id], after=after, size=size)


def decided(*, after: str = "", size: int = 20) -> Page[Comment]:
    """What moderators decided, the last decision first."""
    query = (
        sa.select(Comment)
        .where(Comment.state != PENDING, Comment.screened_at.is_not(None))
        .options(WITH_ITEM, joinedload(Comment.screened_by))
    )
    keys = [Comment.screened_at, Comment.id]
    return page_by_key(query, keys, after=after, size=size, descending=True)


def count() -> dict[str, int]:
    """How many comments there are in each state; for the moderators' desk only."""
    rows = db.session.execute(sa.select(Comment.state, sa.func.count()).group_by(Comment.state))
    return dict.fromkeys(COMMENT_STATES, 0) | {state: number for state, number in rows}


def something_pending() -> bool:
    """Does any comment wait?"""
    found = sa.select(Comment.id).where(Comment.state == PENDING).limit(1)
    return db.session.scalar(found) is not None


def comment(public_id: str) -> Comment | None:
    """One comment in any state, for a moderator."""
    return db.session.scalar(
        sa.select(Comment)
        .where(Comment.public_id == public_id)
        .options(WITH_ITEM, joinedload(Comment.screened_by))
    )


def state_now(comment_id: int) -> str:
    """The state as the database has it at this moment, whatever the session remembers."""
    return db.session.scalars(sa.select(Comment.state).where(Comment.id == comment_id)).one()


def by_submission_key(key: str) -> Comment | None:
    hashed = keyed_hash(key, "comment")
    return db.session.scalar(sa.select(Comment).where(Comment.submission_key == hashed))


def moderators() -> Sequence[Person]:
    """Everybody who may decide on comments."""
    roles = [role for role, allowed in PERMISSIONS.items() if "comments:moderate" in allowed]
    granted = sa.select(RoleGrant.person_id).where(RoleGrant.role.in_(roles))
    return db.session.scalars(
        sa.select(Person).where(Person.enabled, Person.id.in_(granted)).order_by(Person.id)
    ).all()
