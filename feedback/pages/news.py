"""What is new about an item or a plan, for feed readers: reports of agencies, answers to petitions."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from feedback.core.db import db
from feedback.petitions.models import Answer, Petition
from feedback.plans.models import PlanItem, ProgressReport

MOST = 40


class Entry(NamedTuple):
    """One entry; ``id`` stays the same whatever the site is called."""

    id: str
    title: str
    path: str
    at: datetime
    author: str
    text: str


def news(which: sa.ColumnElement[bool]) -> list[Entry]:
    """The newest first. ``which``: the condition that the items fulfil."""
    found = [*_reports(which), *_answers(which)]
    return sorted(found, key=lambda entry: (entry.at, entry.id), reverse=True)[:MOST]


def _reports(which: sa.ColumnElement[bool]) -> list[Entry]:
    rows = db.session.scalars(
        sa.select(ProgressReport)
        .join(ProgressReport.item)
        .where(which)
        .options(contains_eager(ProgressReport.item), joinedload(ProgressReport.agency))
        .order_by(ProgressReport.id.desc())
        .limit(MOST)
    )
    return [
        Entry(
            _id(f"progress/{row.public_id}"),
            f"{row.item.called}: {row.agency.name}"
            + (f", {row.percent} %" if row.percent is not None else ""),
            f"/items/{row.item_id}/progress#r-{row.public_id}",
            row.created_at,
            row.agency.name,
            row.text,
        )
        for row in rows
    ]


def _answers(which: sa.ColumnElement[bool]) -> list[Entry]:
    rows = db.session.scalars(
        sa.select(Answer)
        .join(Answer.petition)
        .join(PlanItem, PlanItem.id == Petition.item_id)
        .where(which, Answer.published_at.is_not(None))
        .where(Petition.is_public, Petition.state != "sealed")
        .options(contains_eager(Answer.petition), joinedload(Answer.agency))
        .options(joinedload(Answer.versions))
        .order_by(Answer.published_at.desc(), Answer.id.desc())
        .limit(MOST)
    ).unique()
    return [
        Entry(
            _id(f"answer/{row.public_id}"),
            row.petition.title,
            f"/petitions/{row.petition.public_id}",
            row.published_at,
            row.agency.name,
            row.published.text,
        )
        for row in rows
        if row.published_at and row.published
    ]


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
