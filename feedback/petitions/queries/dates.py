"""What moved a due date, read in one question, as the plain values that the rules count with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from feedback.core import clock
from feedback.core.db import db
from feedback.petitions.models import Extension, InfoRequest, Petition, TermRule
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.recounting import Cause, Extended, Reopened, Waited


@dataclass(frozen=True)
class Waiting:
    """The clock rests: asked on ``since``, running again after ``bound_on`` at the latest."""

    since: date
    bound_on: date


def terms_of(petition: Petition) -> Sequence[TermRule]:
    """Every dated row of the petition's term: the one of day zero and those of later legs."""
    query = sa.select(TermRule).where(TermRule.code == petition.term_code)
    return db.session.scalars(query.order_by(TermRule.id)).all()


def causes_of(petition: Petition, terms: Sequence[TermRule]) -> tuple[list[Cause], Waiting | None]:
    """What moved the date so far, and the wait that is still going on."""
    rows = db.session.execute(_moves(petition)).all()
    causes = [_cause(row) for row in rows if row.ended_on or row.kind == "extension"]
    resting = petition.state == "needs_info"
    open_waits = [
        Waiting(row.first_on, row.last_on)
        for row in rows
        if row.kind == "wait" and not row.ended_on
    ]
    rules = [row.as_rule() for row in terms]
    for leg in petition.legs:
        if leg.reason_kind == "reopened":
            rule = deadlines.rule_on(rules, petition.term_code, leg.started_on)
            causes.append(Reopened(leg.started_on, rule, leg.created_at))
    return causes, open_waits[-1] if resting and open_waits else None


def _moves(petition: Petition) -> Any:
    """Waits and approved extensions as one statement: kind, two days, the end of a wait, words, moment."""
    waits = sa.select(
        sa.literal("wait").label("kind"),
        InfoRequest.asked_on.label("first_on"),
        InfoRequest.bound_on.label("last_on"),
        InfoRequest.ended_on.label("ended_on"),
        InfoRequest.reply.label("words"),
        InfoRequest.replied_at.label("at"),
    ).where(InfoRequest.petition_id == petition.id)
    extensions = sa.select(
        sa.literal("extension"),
        Extension.from_on,
        Extension.to_on,
        sa.cast(sa.null(), sa.Date),
        Extension.reason,
        Extension.approved_at,
    ).where(Extension.petition_id == petition.id, Extension.approved_at.is_not(None))
    return sa.union_all(waits, extensions)


def _cause(row: Any) -> Cause:
    if row.kind == "extension":
        return Extended(clock.day_of(row.at), row.last_on, row.at, row.words)
    return Waited(row.first_on, min(row.ended_on, row.last_on), answered=bool(row.words))
