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
from feedback.core.indexes import written
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
from feedback.petitions.policy import AS_HEAD
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


Case = tuple[list[sa.ColumnElement[bool]], type[Outcome] | type[Extension] | None]


def awaits(person: Person) -> sa.ColumnElement[bool]:
    """Condition on Petition: something on the file waits for this person's decision.

    Whoever decides nothing sees instead what waits for somebody else. Nobody's own text or proposal
    waits for herself; what lies in the dispatch queue is the dispatchers', and the focal head's.
    """
    mine = _decider(person)
    return sa.or_(
        *(
            sa.and_(*conditions, *([_open_rows(model, mine)] if model else []))
            for conditions, model in _cases(person)
        )
    )


def awaiting(person: Person) -> list[sa.Select[Any]]:
    """One row for each file of the person's body that ``awaits`` finds, to be counted.

    Each statement begins where few rows are: at the answers sent, the refusals proposed, the extensions
    asked, and not at the files that are open.
    """
    mine, here = _decider(person), Petition.agency_id == written(person.agency_id)
    one, found = sa.literal(1).label("one"), []
    for conditions, model in _cases(person):
        if model is None:
            found.append(sa.select(one).select_from(Petition).where(here, *conditions))
            continue
        of_leg = sa.and_(Leg.petition_id == Petition.id, Leg.number == Petition.leg_number)
        file = sa.select(Petition.id).join(Leg, of_leg).where(here, *conditions)
        file = file.where(Petition.id == model.petition_id, model.created_at >= Leg.created_at)
        rows = sa.select(one).select_from(model).where(*_undecided_rows(model, mine))
        found.append(rows.where(file.correlate(model).exists()))
    return found


def _decider(person: Person) -> int | None:
    """Who decides does not decide on what she wrote herself."""
    decides = person.may("petitions:approve") or person.may("petitions:dispatch")
    return person.id if decides else None


def _cases(person: Person) -> list[Case]:
    """What may wait, each in states of its own, so that no file is found twice."""
    head, dispatcher = person.may("petitions:approve"), person.may("petitions:dispatch")
    here: sa.ColumnElement[bool] = Petition.in_dispatch.is_(False)
    refusable = Petition.state.in_(REFUSABLE)
    if dispatcher and not head:
        return [([Petition.in_dispatch.expression, refusable], Outcome)]
    sent = [here, Petition.state == "awaiting_approval", ~_own_answer(_decider(person))]
    if not person.may(AS_HEAD):
        sent.append(Petition.head_answers.is_(False))
    return [
        (sent, None),
        ([refusable] if head else [here, refusable], Outcome),
        ([here, Petition.state.in_(EXTENDABLE)], Extension),
    ]


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
    rows = (
        sa.select(model.id)
        .join(Leg, leg)
        .where(
            model.petition_id == Petition.id,
            model.created_at >= Leg.created_at,
            *_undecided_rows(model, not_by),
        )
    )
    return rows.correlate(Petition).exists()


def _undecided_rows(
    model: type[Outcome] | type[Extension], not_by: int | None
) -> list[sa.ColumnElement[bool]]:
    """Rows that nobody has confirmed or turned down, those of one person left out."""
    if issubclass(model, Outcome):
        conditions = [Outcome.kind == "declined", Outcome.confirmed_at.is_(None)]
        author, turned = Outcome.by_id, TurnDown.outcome_id
    else:
        conditions = [Extension.approved_at.is_(None)]
        author, turned = Extension.asked_by_id, TurnDown.extension_id
    conditions.append(~sa.exists().where(turned == model.id))
    return conditions if not_by is None else [*conditions, author != not_by]


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
