"""What was proposed, asked or decided on a file, and what still waits for somebody's word.

A proposal belongs to the leg in which it was made: once the file is passed on or opened anew, nobody is
asked to decide it any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.models import Person
from feedback.core.db import db
from feedback.petitions.models import (
    Answer,
    AnswerVersion,
    Extension,
    InfoRequest,
    Leg,
    Outcome,
    Petition,
    TurnDown,
)
from feedback.petitions.rules.states import MOVES

REFUSABLE, EXTENDABLE = MOVES["decline"].sources, MOVES["extend"].sources


@dataclass(frozen=True)
class Decisions:
    """All that was proposed and asked on one file, oldest first, and what is open of it now."""

    questions: Sequence[InfoRequest]
    refusals: Sequence[Outcome]
    extensions: Sequence[Extension]
    question: InfoRequest | None
    refusal: Outcome | None
    extension: Extension | None


def decisions(petition: Petition) -> Decisions:
    """Three questions to the database, whatever the number of rows."""
    questions = db.session.scalars(
        sa.select(InfoRequest)
        .where(InfoRequest.petition_id == petition.id)
        .options(joinedload(InfoRequest.asked_by))
        .order_by(InfoRequest.id)
    ).all()
    refusals = db.session.scalars(_refusals(petition)).all()
    extensions = db.session.scalars(_extensions(petition)).all()
    return Decisions(
        questions,
        refusals,
        extensions,
        next((row for row in questions if row.ended_on is None), None),
        _undecided(petition, refusals, REFUSABLE),
        _undecided(petition, extensions, EXTENDABLE),
    )


def open_refusal(petition: Petition) -> Outcome | None:
    """The proposed refusal that waits for a second person."""
    return _undecided(petition, db.session.scalars(_refusals(petition)).all(), REFUSABLE)


def open_extension(petition: Petition) -> Extension | None:
    """The request for more time that waits for the head."""
    return _undecided(petition, db.session.scalars(_extensions(petition)).all(), EXTENDABLE)


def _refusals(petition: Petition) -> sa.Select[Outcome]:
    return (
        sa.select(Outcome)
        .where(Outcome.petition_id == petition.id, Outcome.kind == "declined")
        .options(
            joinedload(Outcome.by),
            joinedload(Outcome.confirmed_by),
            joinedload(Outcome.turn_down).joinedload(TurnDown.by),
        )
        .order_by(Outcome.id)
    )


def _extensions(petition: Petition) -> sa.Select[Extension]:
    return (
        sa.select(Extension)
        .where(Extension.petition_id == petition.id)
        .options(
            joinedload(Extension.asked_by),
            joinedload(Extension.approved_by),
            joinedload(Extension.turn_down).joinedload(TurnDown.by),
        )
        .order_by(Extension.id)
    )


def _undecided(petition: Petition, rows: Sequence[Any], states: frozenset[str]) -> Any:
    """The newest row, if nobody has decided it and the file is still where it can be decided."""
    if not rows or petition.state not in states:
        return None
    row = rows[-1]
    decided = row.confirmed_at if isinstance(row, Outcome) else row.approved_at
    if decided or row.turn_down or row.created_at < petition.leg.created_at:
        return None
    return row


# --- many files at once ------------------------------------------------------------------------


def awaits(person: Person) -> sa.ColumnElement[bool]:
    """Condition on Petition: something on the file waits for this person's decision.

    Whoever decides nothing sees instead what waits for somebody else. Nobody's own text or proposal
    waits for herself; what lies in the dispatch queue is the dispatchers', and the focal head's.
    """
    head, dispatcher = person.may("petitions:approve"), person.may("petitions:dispatch")
    mine = person.id if head or dispatcher else None
    here: sa.ColumnElement[bool] = Petition.in_dispatch.is_(False)
    refusal = sa.and_(Petition.state.in_(REFUSABLE), _open_rows(Outcome, mine))
    if dispatcher and not head:
        return sa.and_(Petition.in_dispatch, refusal)
    if not head:
        refusal = sa.and_(here, refusal)
    sent = sa.and_(here, Petition.state == "awaiting_approval", ~_own_answer(mine))
    more = sa.and_(here, Petition.state.in_(EXTENDABLE), _open_rows(Extension, mine))
    return sa.or_(sent, refusal, more)


def waiting_on(petitions: Sequence[Petition]) -> dict[int, str]:
    """What each of these files waits for: an answer, a refusal or an extension to be decided."""
    ids = [petition.id for petition in petitions]
    found = {p.id: "answer" for p in petitions if p.state == "awaiting_approval"}
    for model, kind, states in (
        (Outcome, "refusal", REFUSABLE),
        (Extension, "extension", EXTENDABLE),
    ):
        rows = sa.select(Petition.id).where(
            Petition.id.in_(ids), Petition.state.in_(states), _open_rows(model, None)
        )
        found |= dict.fromkeys(db.session.scalars(rows), kind)
    return found


def _open_rows(model: type[Outcome] | type[Extension], not_by: int | None) -> sa.Exists:
    """An undecided row of the present leg exists; found by petition_id, on both sides by index."""
    leg = sa.and_(Leg.petition_id == Petition.id, Leg.number == Petition.leg_number)
    if issubclass(model, Outcome):
        author, decided, turned = Outcome.by_id, Outcome.confirmed_at, TurnDown.outcome_id
    else:
        author, decided, turned = (
            Extension.asked_by_id,
            Extension.approved_at,
            TurnDown.extension_id,
        )
    rows = (
        sa.select(model.id)
        .join(Leg, leg)
        .where(
            model.petition_id == Petition.id,
            decided.is_(None),
            model.created_at >= Leg.created_at,
            ~sa.exists().where(turned == model.id),
        )
    )
    if issubclass(model, Outcome):
        rows = rows.where(Outcome.kind == "declined")
    if not_by is not None:
        rows = rows.where(author != not_by)
    return rows.correlate(Petition).exists()


def _own_answer(person_id: int | None) -> sa.ColumnElement[bool]:
    if person_id is None:
        return sa.false()
    return (
        sa.select(Answer.id)
        .join(AnswerVersion)
        .where(
            Answer.petition_id == Petition.id,
            AnswerVersion.state == "sent",
            AnswerVersion.author_id == person_id,
        )
        .correlate(Petition)
        .exists()
    )
