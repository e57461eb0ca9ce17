"""The coordinating agency's part: asked by the lead's officer, written there, shown by the lead's head."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import word_count
from feedback.petitions import notices, queries
from feedback.petitions.actions.move import may_move, record
from feedback.petitions.models import Part, Petition
from feedback.petitions.rules import deadlines
from feedback.workdays.queries import load_calendar

MIN_QUESTION_WORDS = 3
MIN_PART_WORDS = 5
ASKABLE = frozenset({"department", "office", "commune"})  # levels of bodies that can have a file


def ask_part(
    petition: Petition, *, to: Agency, question: str, due_on: date, on: date, by: Person
) -> Part:
    """Ask another body of today for its part, due inside the lead's own date.

    Raises Refused for the lead itself, a body that was asked already and still owes its part, a day
    off, and a day that is not after ``on`` and before the file's date.
    """
    # two requests at once ask one after the other, so nobody is asked twice (PostgreSQL)
    db.session.refresh(petition, ["state", "due_on", "lock"], with_for_update=True)
    may_move(petition, "ask_part")
    _check_body(petition, to, on)
    if word_count(question) < MIN_QUESTION_WORDS:
        raise Refused(
            _l("Say in a few words what this agency is to check or answer."), field="question"
        )
    _check_day(petition, due_on, on)
    part = Part(
        petition=petition,
        leg_number=petition.leg_number,
        agency=to,
        asked_by=by,
        question=question,
        asked_on=on,
        due_on=due_on,
    )
    db.session.add(part)
    db.session.flush()
    fields = {**_about(part), "question": (question, "party")}
    record(petition, "petition:part_asked", by=by, fields=fields)
    notices.tell_agency_part_asked(part)
    return part


def give_part(part: Part, *, text: str, on: date, by: Person) -> None:
    """The asked agency's words, given once. Late stays late: the day of giving is kept beside the due
    day. Raises Conflict when a colleague was faster, Refused when the part is no longer wanted."""
    if part.given_on is not None:
        raise Conflict(
            _l("This part was sent already. What you wrote is still here; nothing was changed."),
            code="given_already",
        )
    if not part.is_open(on):
        raise Refused(
            _l("This part is no longer needed: the file has ended or gone to another agency."),
            code="part_moot",
        )
    if word_count(text) < MIN_PART_WORDS:
        raise Refused(
            _l("Write at least five words: what you found, what your agency does, when."),
            field="text",
            code="part_too_short",
        )
    part.text = text
    part.given_by = by
    part.given_on = on
    part.given_at = clock.now()
    fields = {
        **_about(part),
        "given_on": (on.isoformat(), "public"),
        "on_time": (str(deadlines.on_time(on, part.due_on)).lower(), "public"),
        "text": (text, "party"),
    }
    record(part.petition, "petition:part_given", by=by, fields=fields)
    notices.tell_officer_part_given(part)


def show_part(part: Part, *, by: Person) -> None:
    """Let everybody read a given part beside the answer. Raises Refused for a file that is private."""
    if part.given_on is None:
        raise Refused(_l("There is nothing to show yet: the agency has not sent its part."))
    if not part.petition.is_public or part.petition.state == "sealed":
        raise Refused(
            _l("The public cannot read this file, so it cannot read its parts either."),
            code="file_private",
        )
    if part.is_public:
        raise Refused(_l("Everyone can read this part already."), code="shown_already")
    part.is_public = True
    part.shown_by_id = by.id
    part.shown_at = clock.now()
    fields = {**_about(part), "text": (part.text, "public")}
    record(part.petition, "petition:part_shown", by=by, fields=fields)


def hide_part(part: Part, *, by: Person) -> None:
    """Take a part off the public pages. The record keeps that it was shown, when and by whom."""
    if not part.is_public:
        raise Refused(_l("This part is not shown to the public."), code="not_shown")
    part.is_public = False
    part.shown_by_id = None
    part.shown_at = None
    record(part.petition, "petition:part_hidden", by=by, fields=_about(part))


def _check_body(petition: Petition, to: Agency, on: date) -> None:
    if not to.exists_on(on):
        raise Refused(
            _l("This body no longer exists. Choose one of today."), field="agency", code="no_body"
        )
    if to.level not in ASKABLE:
        raise Refused(
            _l("Choose one of the bodies in the list."), field="agency", code="not_askable"
        )
    if to.id == petition.agency_id:
        raise Refused(
            _l("This agency leads the file. Choose another one."),
            field="agency",
            code="lead_itself",
        )
    if queries.owed_part(petition, to) is not None:
        raise Refused(
            _l("This agency was asked already and has not sent its part yet."),
            field="agency",
            code="asked_already",
        )


def _check_day(petition: Petition, due_on: date, on: date) -> None:
    calendar, lead_due = load_calendar(), petition.due_on
    last = deadlines.part_last_day(on=on, lead_due=lead_due, calendar=calendar)
    if lead_due < on:
        raise Refused(
            _l("The file is past its own date, so no part can be due inside it."),
            field="due_on",
            code="lead_late",
        )
    if last is None:
        raise Refused(
            _l(
                "No working day is left before the file's own date, %(day)s. Ask for more time first.",
                day=f"{lead_due:%d/%m/%Y}",
            ),
            field="due_on",
            code="no_day_left",
        )
    said = {"day": f"{due_on:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    if not deadlines.part_fits(due_on, on=on, lead_due=lead_due):
        raise Refused(
            _l("Choose a day after today, %(last)s at the latest.", **said),
            field="due_on",
            code="outside_lead",
        )
    if not calendar.is_working(due_on):
        raise Refused(
            _l("%(day)s is a day off. Choose a working day, %(last)s at the latest.", **said),
            field="due_on",
            code="day_off",
        )


def _about(part: Part) -> dict[str, tuple[str, str]]:
    """Which part, whose, by when: everybody may know that much."""
    return {
        "part": (part.public_id, "public"),
        "to": (part.agency.code, "public"),
        "body": (part.agency.name, "public"),
        "part_due": (part.due_on.isoformat(), "public"),
    }
