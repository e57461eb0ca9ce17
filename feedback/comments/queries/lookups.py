"""What verbs and forms ask of the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.models import Person, RoleGrant
from feedback.accounts.roles import PERMISSIONS
from feedback.agencies.models import Agency
from feedback.agencies.queries import levels_of
from feedback.comments.models import (
    AT_REST,
    REPORTED,
    Comment,
    CommentDecision,
    CommentMark,
    CommentReport,
    CommentTrace,
)
from feedback.comments.rules import COMPARED
from feedback.core import clock
from feedback.core.db import db
from feedback.core.ids import keyed_hash
from feedback.plans import queries as plans
from feedback.plans.models import PlanItem

LATELY = timedelta(days=30)
A_MOMENT = timedelta(minutes=1)


def lock(comment_ids: Iterable[int]) -> None:
    """Hold these until the end of the transaction and see them as they are now; always in the order of
    their keys, so that two people never wait for each other."""
    db.session.scalars(
        sa.select(Comment)
        .where(Comment.id.in_(set(comment_ids)))
        .order_by(Comment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def by_submission_key(key: str) -> Comment | None:
    hashed = keyed_hash(key, "comment")
    return db.session.scalar(sa.select(Comment).where(Comment.submission_key == hashed))


def something_waits() -> bool:
    """Does anything lie on the moderators' desk?"""
    return _exists(Comment.waits > AT_REST)


def something_reported() -> bool:
    """Is there a report that no moderator has judged?"""
    return _exists(Comment.waits == REPORTED)


def has_listed_replies(comment: Comment) -> bool:
    """Would the public lose the beginning of a conversation if it were gone?"""
    hangs = sa.or_(Comment.thread_id == comment.id, Comment.branch_id == comment.id)
    return _exists(hangs, Comment.id != comment.id, Comment.listed)


def said_lately() -> Sequence[str]:
    """The last texts of the month, for finding the same one again."""
    since = clock.now() - LATELY
    return db.session.scalars(
        sa.select(Comment.text)
        .where(Comment.created_at > since)
        .order_by(Comment.id.desc())
        .limit(COMPARED)
    ).all()


def traces(key: str, *, since: datetime) -> int:
    """How often this was done since then. What lies ahead was written by a clock that was set right."""
    lately = CommentTrace.created_at.between(since, clock.now() + A_MOMENT)
    return _number(CommentTrace, CommentTrace.key == key, lately)


def has_reported(comment: Comment, visitor: str) -> bool:
    return _exists(CommentReport.comment_id == comment.id, CommentReport.visitor_hash == visitor)


def has_marked(comment: Comment, visitor: str) -> bool:
    return _exists(CommentMark.comment_id == comment.id, CommentMark.visitor_hash == visitor)


def open_reports(comment: Comment) -> int:
    """Reports of it that no moderator has judged."""
    return _number(
        CommentReport,
        CommentReport.comment_id == comment.id,
        CommentReport.decision_id.is_(None),
    )


def decisions_of(batch: str, *, by: Person, since: datetime) -> Sequence[CommentDecision]:
    """What this moderator decided in this batch and has not taken back."""
    return db.session.scalars(
        sa.select(CommentDecision)
        .where(CommentDecision.batch == batch, CommentDecision.by_id == by.id)
        .where(CommentDecision.undone_at.is_(None), CommentDecision.created_at > since)
        .options(joinedload(CommentDecision.comment).joinedload(Comment.item))
        .order_by(CommentDecision.id)
    ).all()


def moderators() -> Sequence[Person]:
    """Everybody who may decide on comments."""
    return _people("comments:moderate")


def heads_of(agency: Agency) -> Sequence[Person]:
    """Who leads this body."""
    return _people("petitions:approve", Person.agency_id == agency.id)


def named_by(item: PlanItem, agency: Agency, day: date) -> bool:
    """Does the item name this body, as it is on the day, as leading or coordinating? A group that it
    belongs to counts; so does a body that took over a function of a named one."""
    lines = plans.responsible(item, day)
    return any(_is(line, agency, day) for role in ("lead", "coordinating") for line in lines[role])


def _is(line: plans.Responsible, agency: Agency, day: date) -> bool:
    group = line.assignment.group
    if group is not None:
        return agency.level in levels_of(group, day)
    bodies = [line.now, *(body for _function, body, _mark in line.parts)]
    return any(body is not None and body.id == agency.id for body in bodies)


def _people(permission: str, *where: Any) -> Sequence[Person]:
    roles = [role for role, allowed in PERMISSIONS.items() if permission in allowed]
    granted = sa.select(RoleGrant.person_id).where(RoleGrant.role.in_(roles))
    return db.session.scalars(
        sa.select(Person).where(Person.enabled, Person.id.in_(granted), *where).order_by(Person.id)
    ).all()


def _exists(*where: Any) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(*where))))


def _number(model: type[Any], *where: Any) -> int:
    found = sa.select(sa.func.count()).select_from(model).where(*where)
    return db.session.scalar(found) or 0
