"""What agencies report about an item, and what it is measured by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import word_count
from feedback.files.models import StoredFile
from feedback.plans import notices, queries
from feedback.plans.models import (
    COORDINATING,
    LEAD,
    STATUSES,
    Evidence,
    Milestone,
    ProgressReport,
    TargetValue,
)
from feedback.plans.queries.naming import Duty
from feedback.plans.rules.numbers import read_number
from feedback.plans.rules.reporting import MIN_WORDS

SETTLED = {"not_started": 0, "done": 100}


@dataclass(frozen=True)
class Told:
    """What a report says. ``done``: milestones reached, with the day of each; ``values``: targets' keys and
    numbers as typed."""

    text: str
    as_of_on: date
    status: str = ""
    percent: int | None = None
    done: Mapping[int, date] = field(default_factory=dict)
    values: Mapping[int, str] = field(default_factory=dict)
    files: Sequence[StoredFile] = ()


def report_progress(
    duty: Duty, told: Told, *, agency: Agency, seen: int, on: date, by: Person
) -> ProgressReport:
    """The lead's report on an item. ``seen``: the newest report that its author had before her.

    The day of entry is the system's; the day that it speaks of is the author's, never after that. Raises
    Refused, and Conflict when another report came first.
    """
    if not duty.is_led_by(agency.id):
        raise Refused(_l("Another agency leads this item. Yours can add its part."), code="lead")
    queries.lock_item(duty.item_id)
    _check_seen(duty, seen)
    _check_words(told, on)
    percent = _percent(told)
    made = _made(duty, told, agency=agency, role=LEAD, on=on, by=by)
    made.status, made.percent = told.status, percent
    reached = _reach(duty, told, on)
    values = _values(made, told)
    fields = {
        "status": (told.status, "public"),
        "percent": (str(percent), "public"),
        **{f"milestone_{step.id}": (f"{step.done_on:%Y-%m-%d}", "public") for step in reached},
        **{f"target_{key}": (value, "public") for key, value in values.items()},
    }
    _record(made, duty, fields)
    notices.tell_followers_reported(made, duty)
    return made


def add_part(duty: Duty, told: Told, *, agency: Agency, on: date, by: Person) -> ProgressReport:
    """What a coordinating or implementing agency did for an item; the item's status stays the lead's."""
    if not duty.is_helped_by(agency):
        raise Refused(_l("This item does not name your agency."), code="not_named")
    _check_words(told, on)
    made = _made(duty, told, agency=agency, role=COORDINATING, on=on, by=by)
    _record(made, duty, {})
    return made


def _made(
    duty: Duty, told: Told, *, agency: Agency, role: str, on: date, by: Person
) -> ProgressReport:
    made = ProgressReport(
        item_id=duty.item_id,
        agency=agency,
        by=by,
        role=role,
        text=told.text,
        as_of_on=told.as_of_on,
        entered_on=on,
    )
    made.evidence = [
        Evidence(file=file, position=place) for place, file in enumerate(told.files, start=1)
    ]
    db.session.add(made)
    db.session.flush()
    for file in told.files:
        file.subject = f"progress:{made.public_id}"
    return made


def _check_seen(duty: Duty, seen: int) -> None:
    if queries.newest_report_id(duty.item_id) != seen:
        raise Conflict(
            _l(
                "A colleague reported on this item a moment ago. What you wrote is still here: "
                "read hers, then send again."
            ),
            code="stale",
        )


def _check_words(told: Told, on: date) -> None:
    if word_count(told.text) < MIN_WORDS:
        raise Refused(
            _l("Write at least five words: what was done, for whom, where."),
            field="text",
            code="too_short",
        )
    if told.as_of_on > on:
        raise Refused(
            _l("A report speaks of today or of a day before. Choose such a day."),
            field="as_of_on",
            code="future",
        )


def _percent(told: Told) -> int:
    """Not begun is 0 and done is 100, whatever was typed; in between what the agency says."""
    if told.status not in STATUSES:
        raise Refused(_l("Choose how it stands."), field="status", code="no_status")
    if told.status in SETTLED:
        return SETTLED[told.status]
    if told.percent is None or not 0 <= told.percent <= 99:
        raise Refused(
            _l("Write a whole number from 0 to 99. What is finished is marked as done."),
            field="percent",
            code="percent",
        )
    return told.percent


def _reach(duty: Duty, told: Told, on: date) -> list[Milestone]:
    reached = []
    for key, day in told.done.items():
        step = queries.step(key, duty.item_id)
        if step is None or step.done_on is not None:
            continue  # a colleague marked it meanwhile: hers stays
        if day > on:
            raise Refused(
                _l("A milestone is marked as reached once it is. Choose today or a day before."),
                field="steps",
                code="future_step",
            )
        step.done_on, step.done_entered_on = day, on
        reached.append(step)
    return reached


def _values(made: ProgressReport, told: Told) -> dict[int, str]:
    known = {goal.id for goal in queries.steps_and_goals(made.item_id)[1]}
    values = {}
    for key, typed in told.values.items():
        if not typed.strip() or key not in known:
            continue
        value = read_number(typed)
        if value is None:
            raise Refused(
                _l("Write a number, for example 1.250 or 87,5."), field="goals", code="number"
            )
        values[key] = value
        db.session.add(TargetValue(report_id=made.id, target_id=key, value=value))
    return values


def _record(made: ProgressReport, duty: Duty, fields: Mapping[str, tuple[str, str]]) -> None:
    audit.record(
        "plan:progress_reported",
        subject=f"plan:{duty.plan_id}",
        by=made.by,
        agency=made.agency,
        fields={
            "item": (duty.number, "public"),
            "report": (made.public_id, "public"),
            "role": (made.role, "public"),
            "as_of_on": (made.as_of_on, "public"),
            "entered_on": (made.entered_on, "public"),
            "text": (made.text, "public"),
            **fields,
        },
        files=[(one.file.sha256, "public") for one in made.evidence],
    )
