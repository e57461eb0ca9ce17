"""Readings for pages: what waits, one with all that was read, the last edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer

from feedback.core import clock
from feedback.core.db import db
from feedback.core.text import fold
from feedback.importer.models import DRAFT, PUBLISHED, WAITING, Reading, ReadingStep, Upload
from feedback.importer.rules.publishing import day_of
from feedback.importer.rules.tree import Tree, places, tree_of
from feedback.plans.models import Plan


def drafts() -> Sequence[Reading]:
    """What waits to be corrected and published, the newest first."""
    return db.session.scalars(
        sa.select(Reading)
        .where(Reading.state == DRAFT)
        .options(joinedload(Reading.by), joinedload(Reading.plan))
        .order_by(Reading.id.desc())
    ).all()


def waiting_drafts() -> Sequence[Reading]:
    """Drafts in which something is still to be looked at, with their trees."""
    return db.session.scalars(
        sa.select(Reading)
        .where(Reading.state == DRAFT, Reading.open_places > 0)
        .options(undefer(Reading.tree))
        .order_by(Reading.id)
    ).all()


def reading(reading_id: int) -> Reading | None:
    """One draft with all that was read."""
    return db.session.scalar(
        sa.select(Reading)
        .where(Reading.id == reading_id, Reading.state == DRAFT)
        .options(*map(undefer, (Reading.lines, Reading.tree, Reading.said)))
        .options(joinedload(Reading.plan))
    )


SILENT = timedelta(seconds=100)  # much longer than one page of pictures takes
QUEUED = timedelta(minutes=15)  # before its first page it waits for its turn behind others


def upload(public_id: str) -> Upload | None:
    """A file that is, or was, being read."""
    return db.session.scalar(
        sa.select(Upload).where(Upload.public_id == public_id).options(joinedload(Upload.plan))
    )


def uploads() -> Sequence[Upload]:
    """What is being read now, the newest first."""
    since = clock.now() - QUEUED
    found = db.session.scalars(
        sa.select(Upload)
        .where(Upload.state == WAITING, Upload.told_at > since)
        .order_by(Upload.id.desc())
    )
    return [one for one in found if not is_silent(one)]


def is_silent(upload: Upload) -> bool:
    """Whether the reading has given no sign for so long that it will give none: its process ended."""
    patience = SILENT if upload.pages else QUEUED
    return upload.is_waiting and clock.now() - upload.told_at > patience


def published(plan_id: int) -> Plan | None:
    """A published plan without its tree."""
    public = Plan.published_at.is_not(None)
    return db.session.scalar(sa.select(Plan).where(Plan.id == plan_id, public))


def same_document(reading: Reading, tree: Tree) -> Plan | None:
    """The published plan that has this reading's number, day and issuer already; a newer version of a plan
    may keep them."""
    number, issuer = tree.head["number"].text, fold(tree.head["issuer"].text)
    if not number or (reading.plan and reading.plan.is_public):
        return None
    found = db.session.scalars(
        sa.select(Plan).where(
            Plan.number == number,
            Plan.issued_on == day_of(tree),
            Plan.published_at.is_not(None),
        )
    )
    return next((plan for plan in found if fold(plan.issuer) == issuer), None)


def last_step(reading: Reading) -> ReadingStep | None:
    """The edit that can be undone now."""
    return db.session.scalar(
        sa.select(ReadingStep)
        .where(ReadingStep.reading_id == reading.id)
        .order_by(ReadingStep.id.desc())
        .limit(1)
        .options(undefer(ReadingStep.back))
    )


def published_last(plan: Plan) -> Reading | None:
    """The reading that became the plan's newest version."""
    return db.session.scalar(
        sa.select(Reading)
        .where(Reading.plan_id == plan.id, Reading.state == PUBLISHED)
        .order_by(Reading.published_at.desc(), Reading.id.desc())
        .limit(1)
        .options(undefer(Reading.before))
    )


def may_take_back(reading: Reading | None, minutes: int) -> bool:
    """Whether the publication is so young that it can still be undone."""
    if reading is None or reading.published_at is None:
        return False
    return clock.now() - reading.published_at <= timedelta(minutes=minutes)


def tree(reading: Reading) -> Tree:
    """What was read, as values."""
    return tree_of(reading.tree)


def next_open(reading: Reading, key: str) -> str | None:
    """Where the eye goes after an edit of this node: itself, if more is open there, else the next."""
    keys = list(dict.fromkeys(place.key for place in places(tree(reading))))
    if key not in keys:
        return keys[0] if keys else None
    return key
