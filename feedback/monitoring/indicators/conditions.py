"""What indicators are made of: conditions over ``Petition``, the same for counts and for lists."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from feedback.petitions.kinds import KINDS
from feedback.petitions.models import InfoRequest, Petition

Condition = sa.ColumnElement[bool]
PUBLIC_KINDS = tuple(sorted(code for code, kind in KINDS.items() if kind.public))


def counted(*, public: bool) -> Condition:
    """Files that are in figures at all: never a sealed one; for the public only public kinds."""
    unsealed = Petition.state != "sealed"
    return sa.and_(unsealed, Petition.kind.in_(PUBLIC_KINDS)) if public else unsealed


def answered() -> Condition:
    """Answered at least once: a dispute does not undo the first answer, nor its flag."""
    return Petition.answered_on.is_not(None)


def unanswered() -> Condition:
    return sa.and_(Petition.answered_on.is_(None), Petition.is_open.is_(True))


def reopened() -> Condition:
    """Answered, disputed by the resident, and open again."""
    return sa.and_(Petition.answered_on.is_not(None), Petition.is_open.is_(True))


def past_due(on: date) -> Condition:
    """Past its day, and the clock is not resting.

    The clock rests while the resident is asked for more, but a question that was asked when the
    file was late already hides nothing: otherwise a question would be a way out of the figures.
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
    return sa.and_(Petition.due_on < on, sa.or_(Petition.state != "needs_info", asked_late))
