"""What happened to a file, and why its date is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from feedback.audit.queries import Said, events_of
from feedback.core.logs import log
from feedback.petitions.models import Leg, Petition, TermRule
from feedback.petitions.queries.dates import Waiting, causes_of, terms_of
from feedback.petitions.queries.files import pauses
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.recounting import Movement, Recount, Reopened, recount
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import Explanation, explain, working_days_between

# the steps that are the residents', each with the fields that they may read of it
TOLD_TO_RESIDENTS: dict[str, tuple[str, ...]] = {
    "petition:submitted": ("held", "day_zero"),
    "petition:received": ("public",),
    "petition:assigned": (),
    "petition:transferred": ("leg_due", "reason"),
    "petition:succeeded": ("body", "leg_due"),
    "petition:asked": ("question", "waits_until"),
    "petition:supplied": ("reply",),
    "petition:resumed": (),
    "petition:part_asked": ("body", "part_due"),
    "petition:part_given": ("body",),
    "petition:sent_for_approval": (),
    "petition:answered": ("on_time",),
    "petition:extended": ("reason",),
    "petition:declined": ("reason",),
    "petition:guided": (),
    "petition:merged": (),
    "petition:withdrawn": ("words",),
    "petition:rated": ("words",),
    "petition:disputed": ("reason",),
    "petition:late": (),
    "petition:supports_reached": ("threshold",),
    "petition:closed": (),
}
DAYS = ("waits_until", "leg_due", "part_due", "day_zero")  # fields that hold a day


def timeline(petition: Petition, *, levels: Sequence[str], all_kinds: bool = False) -> list[Said]:
    """The record's events about this file, newest first; residents see the steps that are theirs."""
    events = events_of(petition.subject, levels=tuple(levels))
    shown = [e for e in events if all_kinds or e.kind in TOLD_TO_RESIDENTS]
    return list(reversed(shown))


@dataclass(frozen=True)
class Told:
    """One step as residents read it: which agency, what was said, until when. Days come as dates;
    no officer and no internal note is in it."""

    kind: str
    at: datetime
    agency: str
    due: date | None
    fields: dict[str, str]
    days: dict[str, date]


def tale(petition: Petition, *, levels: Sequence[str]) -> list[Told]:
    """The steps that are the residents', newest first, with the names of the agencies of each leg."""
    names = {leg.agency.code: leg.agency.name for leg in petition.legs}
    return [_told(event, names) for event in timeline(petition, levels=levels)]


def _told(event: Said, names: dict[str, str]) -> Told:
    known = TOLD_TO_RESIDENTS[event.kind]
    fields = {name: value for name, value in event.fields.items() if value and name in known}
    days = {name: date.fromisoformat(fields[name]) for name in DAYS if name in fields}
    due = date.fromisoformat(event.due) if event.due else None
    agency = names.get(event.agency, "")
    return Told(event.kind, event.at, agency, due, fields, days)


@dataclass(frozen=True)
class Due:
    """The due date with its reason: the counted calendar, the dated rule behind it, what moved it.

    ``days_left`` counts working days; negative when the day is past. ``counted``: counted again from
    the rows, the dates come out as stored; where they do not, a page shows no reckoning at all.
    ``passed_on``: legs that a transfer began; they have dates of their own and never move this one.
    """

    due_on: date
    first_due_on: date
    days_left: int
    overdue: bool
    rule: TermRule
    explanation: Explanation
    counted: bool
    movements: tuple[Movement, ...]
    reopened: Explanation | None
    waiting: Waiting | None
    passed_on: tuple[Leg, ...]

    @property
    def moved(self) -> bool:
        return self.due_on != self.first_due_on


def due_explanation(petition: Petition, today: date) -> Due:
    """Count the petition's days again, by the calendar, the rules that it was given and what moved it."""
    calendar, terms = load_calendar(), terms_of(petition)
    rule = next(row for row in terms if row.id == petition.term_rule_id)
    causes, waiting = causes_of(petition, terms)
    found = recount(petition.submitted_on, rule.as_rule(), causes, calendar)
    again = next((m.cause for m in found.movements if isinstance(m.cause, Reopened)), None)
    return Due(
        due_on=petition.due_on,
        first_due_on=petition.first_due_on,
        days_left=deadlines.days_left(petition.due_on, today, calendar),
        overdue=petition.is_overdue(today),
        rule=rule,
        explanation=explain(petition.submitted_on, rule.as_rule().term, calendar, today),
        counted=_same(petition, found),
        movements=found.movements,
        reopened=explain(again.on, again.rule.term, calendar, today) if again else None,
        waiting=waiting,
        passed_on=tuple(leg for leg in petition.legs if leg.reason_kind == "transfer"),
    )


def _same(petition: Petition, found: Recount) -> bool:
    """Is the stored date the counted one? A difference leaves one line in the log: days off were
    announced since, or a row was changed behind the program's back."""
    stored = petition.first_due_on, petition.due_on
    counted = found.first_due_on, found.due_on
    if stored != counted:
        names = ("stored_first", "stored", "counted_first", "counted")
        days = {name: day.isoformat() for name, day in zip(names, stored + counted, strict=True)}
        log.warning("due_date_differs", petition=petition.public_id, **days)
    return stored == counted


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
