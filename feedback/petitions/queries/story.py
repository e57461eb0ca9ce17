"""What happened to a file, and why its date is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from feedback.audit.queries import Said, events_of
from feedback.core.db import db
from feedback.petitions.models import Leg, Petition, TermRule
from feedback.petitions.queries.files import pauses
from feedback.petitions.rules import deadlines
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import Explanation, explain, working_days_between

TOLD_TO_RESIDENTS = (
    "petition:submitted",
    "petition:received",
    "petition:assigned",
    "petition:transferred",
    "petition:asked",
    "petition:supplied",
    "petition:resumed",
    "petition:part_asked",
    "petition:part_given",
    "petition:sent_for_approval",
    "petition:answered",
    "petition:extended",
    "petition:declined",
    "petition:guided",
    "petition:merged",
    "petition:withdrawn",
    "petition:rated",
    "petition:disputed",
    "petition:late",
    "petition:closed",
)


def timeline(petition: Petition, *, levels: Sequence[str], all_kinds: bool = False) -> list[Said]:
    """The record's events about this file, newest first; residents see the steps that are theirs."""
    events = events_of(petition.subject, levels=tuple(levels))
    shown = [e for e in events if all_kinds or e.kind in TOLD_TO_RESIDENTS]
    return list(reversed(shown))


@dataclass(frozen=True)
class Due:
    """The due date with its reason: the counted calendar and the dated rule behind it.

    ``days_left`` counts working days; negative when the day is past.
    """

    due_on: date
    first_due_on: date
    days_left: int
    overdue: bool
    rule: TermRule
    explanation: Explanation

    @property
    def moved(self) -> bool:
        return self.due_on != self.first_due_on


def due_explanation(petition: Petition, today: date) -> Due:
    """Count the petition's days again, by the calendar and the rule that it was given."""
    rule = db.session.get_one(TermRule, petition.term_rule_id)
    calendar = load_calendar()
    return Due(
        due_on=petition.due_on,
        first_due_on=petition.first_due_on,
        days_left=deadlines.days_left(petition.due_on, today, calendar),
        overdue=petition.is_overdue(today),
        rule=rule,
        explanation=explain(petition.submitted_on, rule.as_rule().term, calendar, today),
    )


@dataclass(frozen=True)
class LegDays:
    """One leg, and how many working days it has taken so far."""

    leg: Leg
    days: int


def legs_of(petition: Petition, today: date) -> list[LegDays]:
    """Whose hands the file went through, and for how long."""
    calendar = load_calendar()
    return [
        LegDays(leg, working_days_between(leg.started_on, leg.ended_on or today, calendar))
        for leg in petition.legs
    ]


@dataclass(frozen=True)
class Wait:
    """How long a question asked today may rest the clock: working days left in all, the last day of
    rest (none when nothing is left), and whether the file is late, which no wait mends."""

    days: int
    until: date | None
    late: bool


def wait_left(petition: Petition, today: date) -> Wait:
    """What the officer should know before she asks the resident."""
    calendar = load_calendar()
    days = deadlines.pause_left(pauses(petition), calendar, today=today)
    until = deadlines.pause_bound(today, days, calendar) if days else None
    return Wait(days, until, late=petition.due_on < today)
