"""What lies on the moderators' desk, and what they decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.models import Person
from feedback.comments.models import (
    AT_REST,
    COMMENT_STATES,
    PENDING,
    Comment,
    CommentDecision,
    CommentReport,
)
from feedback.core.db import db
from feedback.core.paging import Page, page_by_key
from feedback.plans.models import PlanItem

WITH_ITEM = (
    joinedload(Comment.item).joinedload(PlanItem.plan),
    joinedload(Comment.agency),
    joinedload(Comment.parent),
)


@dataclass
class Reports:
    """What people said who reported a comment: how often each reason, and their words."""

    reasons: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LastDecisions:
    """What a moderator decided last with one press of a button."""

    batch: str
    number: int
    at: datetime


def waiting(*, kind: int = AT_REST, after: str = "", size: int = 20) -> Page[Comment]:
    """What a moderator must read: reported, caught, to be read, unread; the oldest of each first.
    ``kind`` shows one of them alone."""
    shown = Comment.waits == kind if kind else Comment.waits > AT_REST
    query = sa.select(Comment).where(shown).options(*WITH_ITEM)
    keys = [Comment.waits, Comment.created_at, Comment.id]
    return page_by_key(query, keys, after=after, size=size)


def decided(*, after: str = "", size: int = 20) -> Page[Comment]:
    """What moderators decided, the last decision first."""
    query = (
        sa.select(Comment)
        .where(Comment.state != PENDING, Comment.screened_at.is_not(None))
        .options(*WITH_ITEM, joinedload(Comment.screened_by))
    )
    keys = [Comment.screened_at, Comment.id]
    return page_by_key(query, keys, after=after, size=size, descending=True)


def count() -> tuple[dict[str, int], dict[int, int]]:
    """How many comments there are in each state, and how many wait for each reason."""
    states = db.session.execute(sa.select(Comment.state, sa.func.count()).group_by(Comment.state))
    waits = db.session.execute(
        sa.select(Comment.waits, sa.func.count()).where(Comment.waits > 0).group_by(Comment.waits)
    )
    return (
        dict.fromkeys(COMMENT_STATES, 0) | {state: number for state, number in states},
        dict.fromkeys(range(1, 5), 0) | {kind: number for kind, number in waits},
    )


def comment(public_id: str) -> Comment | None:
    """One comment in any state, for a moderator."""
    return db.session.scalar(
        sa.select(Comment)
        .where(Comment.public_id == public_id)
        .options(*WITH_ITEM, joinedload(Comment.screened_by))
    )


def some(public_ids: Iterable[str]) -> Sequence[Comment]:
    """Those of the ids that exist, in the order of their keys."""
    return db.session.scalars(
        sa.select(Comment)
        .where(Comment.public_id.in_(list(public_ids)))
        .options(*WITH_ITEM)
        .order_by(Comment.id)
    ).all()


def reports_of(comments: Sequence[Comment]) -> dict[int, Reports]:
    """What was reported of these and not judged yet; one statement, none where nothing was."""
    reported = [comment.id for comment in comments if comment.reports]
    found = {comment_id: Reports() for comment_id in reported}
    if not reported:
        return found
    rows = db.session.execute(
        sa.select(CommentReport.comment_id, CommentReport.reason, CommentReport.words)
        .where(CommentReport.comment_id.in_(reported), CommentReport.decision_id.is_(None))
        .order_by(CommentReport.id)
    )
    for comment_id, reason, words in rows:
        said = found[comment_id]
        said.reasons[reason] = said.reasons.get(reason, 0) + 1
        if words:
            said.words.append(words)
    return found


def last_decisions(by: Person, *, since: datetime) -> LastDecisions | None:
    """What this moderator decided last and may take back."""
    mine = sa.select(CommentDecision.batch).where(
        CommentDecision.by_id == by.id,
        CommentDecision.undone_at.is_(None),
        CommentDecision.created_at > since,
    )
    newest = mine.order_by(CommentDecision.id.desc()).limit(1).scalar_subquery()
    row = db.session.execute(
        sa.select(CommentDecision.batch, sa.func.count(), sa.func.max(CommentDecision.created_at))
        .where(CommentDecision.by_id == by.id, CommentDecision.batch == newest)
        .group_by(CommentDecision.batch)
    ).one_or_none()
    return LastDecisions(*row) if row else None
