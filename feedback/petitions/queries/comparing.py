"""Every file beside its record, as plain values, a few hundred at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from feedback.agencies.models import Agency
from feedback.audit.models import Event
from feedback.audit.queries import EVERY_LEVEL, events_of, of_subjects, snapshot
from feedback.audit.rules.canonical import nfc
from feedback.core.clock import day_of
from feedback.core.db import db
from feedback.petitions.models import Answer, AnswerVersion, Petition, Rating, TermRule
from feedback.petitions.rules.comparing import Difference, Step, differences, table_mark
from feedback.petitions.rules.references import write_reference

AT_ONCE = 500
AROUND = timedelta(minutes=10)
_FILES = (
    sa.select(
        Petition.id,
        Petition.public_id,
        Petition.state,
        Petition.kind,
        Petition.title,
        Petition.text,
        Petition.place,
        Petition.channel,
        Petition.submitted_on,
        Petition.first_due_on,
        Petition.due_on,
        Petition.is_public,
        Petition.answered_on,
        Petition.on_time,
        Agency.code.label("agency"),
    )
    .join(Agency, Agency.id == Petition.agency_id)
    .order_by(Petition.id)
    .limit(AT_ONCE)
)
_ANSWERS = (
    sa.select(Answer.petition_id, AnswerVersion.text)
    .join(AnswerVersion, AnswerVersion.answer_id == Answer.id)
    .where(AnswerVersion.state == "published")
    .order_by(Answer.petition_id, Answer.leg_number)
)
_RATINGS = sa.select(Rating.petition_id, Rating.score).order_by(Rating.petition_id, Rating.id)
_GONE = (
    sa.select(Event.subject)
    .outerjoin(Petition, Event.subject == "petition:" + Petition.public_id)
    .where(Event.kind == "petition:submitted", Petition.id.is_(None))
    .order_by(Event.seq)
)


@dataclass(frozen=True)
class Compared:
    """A file by its number (one that is gone: by its name in the record), and in what it differs."""

    name: str
    differences: Sequence[Difference]


def compare_files() -> Iterator[Compared]:
    """Every file as it stands at this moment, while others go on writing; then files whose row is gone."""
    with snapshot() as connection:
        last = 0
        while rows := connection.execute(_FILES.where(Petition.id > last)).all():
            last = rows[-1].id
            yield from _some(connection, rows)
        for (subject,) in connection.execute(_GONE):
            yield Compared(subject, [Difference("file", "gone", "that it was sent")])


def terms_are_as_loaded() -> bool:
    """Is the table of terms the one that the record saw loaded? (A record from before it named the
    table's hash says nothing.)"""
    loaded = [event.fields["table"] for event in events_of("term:all") if "table" in event.fields]
    rules = (row.as_rule() for row in db.session.scalars(sa.select(TermRule)))
    return not loaded or table_mark(rules) == loaded[-1]


def _some(connection: Connection, rows: Sequence[Any]) -> Iterator[Compared]:
    ids = [row.id for row in rows]
    told = of_subjects(connection, [f"petition:{row.public_id}" for row in rows], EVERY_LEVEL)
    answers = _lists(connection, _ANSWERS.where(Answer.petition_id.in_(ids)))
    scores = _lists(connection, _RATINGS.where(Rating.petition_id.in_(ids)))
    for row in rows:
        events = told.get(f"petition:{row.public_id}", [])
        steps = [
            Step(event.kind, event.agency, event.due, event.fields, _days(event.at))
            for event in events
        ]
        stored = _stored(row, answers[row.id], scores[row.id])
        name = write_reference(row.id, row.submitted_on)
        yield Compared(name, differences(steps, row.state, stored))


def _days(at: datetime) -> tuple[str, ...]:
    """What is begun before midnight may be written down after it."""
    return tuple(dict.fromkeys(day_of(moment).isoformat() for moment in (at - AROUND, at)))


def _lists(connection: Connection, query: sa.Select[Any, Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for number, value in connection.execute(query):
        found[number].append(value)
    return found


def _stored(row: Any, answers: Sequence[str], scores: Sequence[int]) -> dict[str, str]:
    """The row as the record writes values."""
    stored = {
        "kind": row.kind,
        "title": nfc(row.title),
        "text": nfc(row.text),
        "place": nfc(row.place),
        "channel": row.channel,
        "day_zero": row.submitted_on.isoformat(),
        "first_due": row.first_due_on.isoformat(),
        "due": row.due_on.isoformat(),
        "public": str(row.is_public).lower(),
        "agency": row.agency,
    }
    if row.answered_on is not None:
        stored["answered_on"] = row.answered_on.isoformat()
    if row.on_time is not None:
        stored["on_time"] = str(row.on_time).lower()
    stored |= {f"answer {n}": nfc(text) for n, text in enumerate(answers, start=1)}
    return stored | {f"rating {n}": str(score) for n, score in enumerate(scores, start=1)}
