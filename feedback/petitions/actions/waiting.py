"""What moves a due date visibly: a question to the resident, an extension."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import word_count
from feedback.petitions import notices, queries
from feedback.petitions.actions.move import enter, may_move, record, touch
from feedback.petitions.models import Extension, InfoRequest, Petition, TurnDown
from feedback.petitions.rules import deadlines
from feedback.workdays.queries import load_calendar


def ask_resident(petition: Petition, *, question: str, on: date, by: Person) -> InfoRequest:
    """Ask the resident for more. The clock rests, ten working days in all at the most."""
    may_move(petition, "ask_resident")
    if not word_count(question):
        raise Refused(_l("Write what you need to know."), field="question")
    rest = deadlines.pause_left(queries.pauses(petition), load_calendar(), today=on)
    if rest <= 0:
        raise Refused(
            _l("The ten working days of waiting are used up for this file."), code="no_wait_left"
        )
    request = InfoRequest(
        petition_id=petition.id,
        asked_by_id=by.id,
        question=question,
        back_to=petition.state,
        asked_on=on,
        bound_on=deadlines.pause_bound(on, rest, load_calendar()),
    )
    db.session.add(request)
    enter(petition, "needs_info", on=on)
    db.session.flush()  # its number tells this question from the one before
    fields = {
        "question": (question, "party"),
        "waits_until": (request.bound_on.isoformat(), "public"),
    }
    record(petition, "petition:asked", by=by, fields=fields, clock=True)
    notices.tell_resident_asked(petition, request)
    return request


def supply(petition: Petition, *, reply: str, on: date) -> None:
    """The resident answers; the clock runs on from the day of her answer."""
    may_move(petition, "supply")
    if not word_count(reply):
        raise Refused(_l("Write your answer first."), field="reply")
    request = queries.open_request(petition)
    request.reply = reply
    request.replied_at = clock.now()
    _resume(petition, request, on=on)
    record(petition, "petition:supplied", by=None, fields={"reply": (reply, "party")}, clock=True)
    notices.tell_officer_supplied(petition, request)


def resume(petition: Petition, *, on: date) -> None:
    """The bound is reached without an answer: the clock runs on."""
    may_move(petition, "supply")
    request = queries.open_request(petition)
    _resume(petition, request, on=min(on, request.bound_on))
    record(petition, "petition:resumed", by=None, clock=True)
    notices.tell_officer_resumed(petition, request)


def _resume(petition: Petition, request: InfoRequest, *, on: date) -> None:
    request.ended_on = on
    petition.due_on = deadlines.resumed_due(
        petition.due_on, request.asked_on, min(on, request.bound_on), load_calendar()
    )
    enter(petition, request.back_to, on=on)


def ask_extension(
    petition: Petition, *, to_on: date, reason: str, on: date, by: Person
) -> Extension:
    """Ask the head for more time, within the rule's ceiling. One request at a time, and none for a
    file that is late already."""
    may_move(petition, "extend")
    if not word_count(reason):
        raise Refused(_l("Give the reason; the resident will read it."), field="reason")
    _in_time(petition, on)
    if queries.open_extension(petition) is not None:
        raise Refused(
            _l("More time is asked for already. The head must decide first."), code="asked_already"
        )
    ceiling = queries.extension_ceiling(petition)
    if not deadlines.may_extend(petition.due_on, to_on, on=on, ceiling=ceiling):
        latest = f"{ceiling:%d/%m/%Y}"
        raise Refused(
            _l("The new date must be after the present one and not after %(day)s.", day=latest),
            field="to_on",
            code="beyond_ceiling",
        )
    extension = Extension(
        petition_id=petition.id,
        reason=reason,
        asked_by_id=by.id,
        from_on=petition.due_on,
        to_on=to_on,
    )
    db.session.add(extension)
    touch(petition)
    db.session.flush()
    fields = {"to": (to_on.isoformat(), "public"), "reason": (reason, "public")}
    record(petition, "petition:extension_asked", by=by, fields=fields)
    notices.tell_head_extension_asked(petition, extension)
    return extension


def approve_extension(
    petition: Petition, extension: Extension | None, *, on: date, by: Person
) -> None:
    """A second person approves; the first date stays visible. What became late meanwhile stays late,
    and a date that a wait has moved as far already needs no extension.

    Raises Conflict when the request is no longer the open one (None: there is none).
    """
    may_move(petition, "extend")
    extension = _still_open(petition, extension, by)
    _in_time(petition, on)
    if petition.due_on >= extension.to_on:
        raise Refused(
            _l("The due day is as late as that already. Turn the request down."), code="overtaken"
        )
    extension.approved_by_id = by.id
    extension.approved_at = clock.now()
    petition.due_on = extension.to_on
    fields = {
        "from": (extension.from_on.isoformat(), "public"),
        "reason": (extension.reason, "public"),
    }
    record(petition, "petition:extended", by=by, fields=fields, clock=True)
    notices.tell_resident_extended(petition, extension)
    notices.tell_officer_extended(petition, extension)


def turn_down_extension(
    petition: Petition, extension: Extension | None, *, note: str, by: Person
) -> TurnDown:
    """The head says no: the due day stays, the officer reads why. Raises Conflict when the request is
    no longer the open one."""
    may_move(petition, "extend")
    extension = _still_open(petition, extension, by)
    if not word_count(note):
        raise Refused(_l("Say in a few words why not."), field="note")
    turned = TurnDown(extension=extension, by_id=by.id, note=note)
    db.session.add(turned)
    touch(petition)
    record(petition, "petition:extension_turned_down", by=by, fields={"note": (note, "party")})
    notices.tell_officer_extension_turned_down(petition, extension, note)
    return turned


def _still_open(petition: Petition, extension: Extension | None, by: Person) -> Extension:
    if extension is None or queries.open_extension(petition) is not extension:
        raise Conflict(_l("Somebody has decided this already, or the file has moved on."))
    if extension.asked_by_id == by.id:
        raise Refused(_l("You asked for it, so another person must approve."), code="own_request")
    return extension


def _in_time(petition: Petition, on: date) -> None:
    if petition.due_on < on:
        raise Refused(
            _l("The file is late already. What is late stays late: no more time is given."),
            code="late_already",
        )
