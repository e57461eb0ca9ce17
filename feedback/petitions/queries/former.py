"""Answers that a body gave before: what an officer may begin a new one with. Only what the public reads, so
that nothing of a private file is copied into another."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from feedback.core.db import db
from feedback.core.indexes import written
from feedback.core.text import fold
from feedback.petitions.models import Answer, AnswerVersion, Petition
from feedback.petitions.rules import likeness
from feedback.petitions.rules.references import write_reference
from feedback.search.models import SearchEntry

NEWEST, READ = 100, 700  # of each state and of the item; folded characters that are compared
SHOWN, SAME_ITEM, SAME_KIND, ALIKE = 3, 0.1, 0.03, 0.12


class Former(NamedTuple):
    """A published answer and what it answered."""

    public_id: str
    reference: str
    title: str
    answered_on: date
    text: str


def former_answers(petition: Petition) -> list[Former]:
    """The body's own published answers to what is most like this, best first; two bounded statements."""
    rows = db.session.execute(_candidates(petition)).all()
    typed = likeness.terms(fold(f"{petition.title} {petition.text[:2000]}"))
    shares = likeness.shares(typed, {str(row.id): f"{row.folded} " for row in rows})
    worth = {row.id: _worth(row, shares.get(str(row.id), 0.0), petition) for row in rows}
    best = sorted((key for key in worth if worth[key] >= ALIKE), key=lambda key: -worth[key])[
        :SHOWN
    ]
    found = {
        row.id: row for row in db.session.execute(_texts(petition).where(Petition.id.in_(best)))
    }
    return [_former(found[key]) for key in best if key in found]


def former_answer(petition: Petition, public_id: str) -> Former | None:
    """One of the body's own published answers; None for anything else."""
    row = db.session.execute(_texts(petition).where(Petition.public_id == public_id)).first()
    return _former(row) if row else None


def _former(row: Any) -> Former:
    reference = write_reference(row.id, row.submitted_on)
    return Former(row.public_id, reference, row.title, row.answered_on, row.text)


def _worth(row: Any, share: float, petition: Petition) -> float:
    same_item = SAME_ITEM if row.item_id and row.item_id == petition.item_id else 0.0
    return float(share) + same_item + (SAME_KIND if row.kind == petition.kind else 0.0)


def _candidates(petition: Petition) -> Any:
    """The newest answered and closed ones of the body, and the newest public ones of the item."""
    own = sa.and_(Petition.agency_id == written(petition.agency_id), Petition.is_public)
    parts = [
        sa.select(Petition.id)
        .where(own, Petition.state == sa.literal(state, literal_execute=True))
        .order_by(Petition.due_on.desc(), Petition.id.desc())
        .limit(NEWEST)
        for state in ("answered", "closed")
    ]
    if petition.item_id is not None:
        of_item = sa.select(Petition.id).where(
            Petition.is_public, Petition.item_id == petition.item_id
        )
        newest = of_item.order_by(Petition.submitted_on.desc(), Petition.id.desc())
        parts.append(newest.limit(NEWEST))
    chosen = sa.union(*(sa.select(part.subquery().c.id) for part in parts)).subquery()
    return (
        sa.select(
            Petition.id,
            Petition.kind,
            Petition.item_id,
            sa.func.substr(SearchEntry.folded, 1, READ).label("folded"),
        )
        .join(chosen, chosen.c.id == Petition.id)
        .join(SearchEntry, sa.and_(SearchEntry.kind == "petition", SearchEntry.ref == Petition.id))
        .where(own, Petition.id != petition.id, Petition.answered_on.is_not(None))
    )


def _texts(petition: Petition) -> Any:
    """The newest published text of each, as this body gave it."""
    return (
        sa.select(
            Petition.id,
            Petition.public_id,
            Petition.submitted_on,
            Petition.title,
            Petition.answered_on,
            AnswerVersion.text,
        )
        .join(Answer, Answer.petition_id == Petition.id)
        .join(AnswerVersion, AnswerVersion.answer_id == Answer.id)
        .where(
            Petition.is_public,
            Petition.answered_on.is_not(None),
            Answer.agency_id == petition.agency_id,
            AnswerVersion.state == "published",
        )
        .order_by(Answer.leg_number)
    )
