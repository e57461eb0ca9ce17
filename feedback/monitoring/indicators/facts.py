"""What indicators are made of, over one file (``of_petitions``) or over the roll-up (``of_tally``).

An indicator's condition is written once, over ``Facts``; the count asks it of the roll-up, the list
behind the count asks it of the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from feedback.monitoring.models import (
    AGENCY,
    COMMUNE,
    NO_ANSWER,
    NO_CLOCK,
    NO_PLACE,
    Tally,
)
from feedback.monitoring.rules.medians import MOST
from feedback.petitions.kinds import KINDS
from feedback.petitions.models import Dispute, InfoRequest, Petition

Condition = sa.ColumnElement[bool]
PUBLIC_KINDS = tuple(sorted(code for code, kind in KINDS.items() if kind.public))
FACTS = ("body_id", "month", "public_kind", "outcome", "is_open", "disputed", "clock_on")
# what TallyPlace keeps of a file
PLACE = ("agency_id", "commune_id", *FACTS[1:], "days")


@dataclass(frozen=True)
class Facts:
    """What is known of a file within one dimension, as expressions over some table."""

    body_id: sa.SQLColumnExpression[int]
    month: sa.SQLColumnExpression[int]
    public_kind: sa.SQLColumnExpression[bool]
    outcome: sa.SQLColumnExpression[str]
    is_open: sa.SQLColumnExpression[bool]
    disputed: sa.SQLColumnExpression[bool]
    clock_on: sa.SQLColumnExpression[date]

    @property
    def answered(self) -> Condition:
        """Answered at least once: a dispute does not undo the first answer, nor its flag."""
        return self.outcome != "none"

    @property
    def unanswered(self) -> Condition:
        """Open, and never answered."""
        return sa.and_(self.outcome == "none", self.is_open)

    @property
    def reopened(self) -> Condition:
        """Answered, disputed by the resident, and open again."""
        return sa.and_(self.outcome != "none", self.is_open)

    def past_due(self, on: date) -> Condition:
        return self.clock_on < on


def in_figures() -> Condition:
    """A sealed file is in no figure and in no list."""
    return Petition.state != "sealed"


def of_tally() -> Facts:
    return Facts(*(getattr(Tally, name) for name in FACTS))


def of_petitions(dimension: str = AGENCY) -> Facts:
    """The facts of each file, to select or to filter by. Only for files in ``in_figures``."""
    sent = Petition.submitted_on
    return Facts(
        body_id=_commune() if dimension == COMMUNE else Petition.agency_id,
        month=_whole(sa.extract("year", sent)) * 12 + _whole(sa.extract("month", sent)) - 1,
        public_kind=Petition.kind.in_(PUBLIC_KINDS),
        outcome=sa.case(
            (Petition.answered_on.is_(None), "none"),
            (Petition.on_time.is_(True), "on_time"),
            else_="late",
        ),
        is_open=Petition.is_open,
        disputed=_disputed(),
        clock_on=sa.case((_clock_runs(), Petition.due_on), else_=sa.literal(NO_CLOCK, sa.Date())),
    )


def places() -> list[sa.ColumnElement[Any]]:
    """Where each file of Petition belongs: the columns of PLACE."""
    facts = of_petitions()
    found = {name: getattr(facts, name) for name in FACTS[1:]}
    found |= {"agency_id": facts.body_id, "commune_id": _commune(), "days": _days()}
    return [found[name].label(name) for name in PLACE]


def _commune() -> sa.ColumnElement[int]:
    return sa.func.coalesce(Petition.commune_id, NO_PLACE)


def _days() -> sa.ColumnElement[int]:
    return sa.case(
        (Petition.answer_days.is_(None), NO_ANSWER),
        (Petition.answer_days > MOST, MOST),
        else_=Petition.answer_days,
    )


def _disputed() -> Condition:
    return (
        sa.select(Dispute.id).where(Dispute.petition_id == Petition.id).correlate(Petition).exists()
    )


def _whole(number: Any) -> sa.ColumnElement[int]:
    return sa.cast(number, sa.Integer)


def _clock_runs() -> Condition:
    """Open, and not waiting for the resident.

    A question that was asked when the file was late already stops nothing: otherwise asking would
    be a way out of the figures.
    """
    asked_late = (
        sa.select(InfoRequest.id)
        .where(
            InfoRequest.petition_id == Petition.id,
            InfoRequest.ended_on.is_(None),
            InfoRequest.asked_on > Petition.due_on,
        )
        .correlate(Petition)
        .exists()
    )
    return sa.and_(Petition.is_open, sa.or_(Petition.state != "needs_info", asked_late))
