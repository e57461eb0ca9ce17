"""Writing an answer, having it approved by another person, publishing exactly that version."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.text import word_count
from feedback.petitions import notices, policy
from feedback.petitions.actions.move import enter, may_move, record
from feedback.petitions.models import Answer, AnswerVersion, Petition
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.approving import approval_bar
from feedback.workdays.queries import load_calendar

MIN_ANSWER_WORDS = 10
SENTENCES = {
    "own_answer": _l("You wrote this answer, so another person must approve it."),
    "head_only": _l(
        "Many people ask about this file, so the head must approve the answer in person."
    ),
}


def save_draft(petition: Petition, *, text: str, by: Person) -> AnswerVersion:
    """Keep a text. The author's own open draft is overwritten; anything sent before stays as it was."""
    if petition.state != "in_progress":
        may_move(petition, "send_for_approval")
    answer = _answer(petition)
    version = answer.latest
    if version is None or version.state != "draft" or version.author_id != by.id:
        number = len(answer.versions) + 1
        version = AnswerVersion(number=number, text=text, author_id=by.id, author=by)
        answer.versions.append(version)
    version.text = text
    db.session.flush()
    fields = {"version": (str(version.number), "party"), "text": (text, "party")}
    record(petition, "petition:drafted", by=by, fields=fields)
    return version


def send_for_approval(petition: Petition, *, text: str, on: date, by: Person) -> AnswerVersion:
    """Send a version to the head. Raises Refused for an answer that says next to nothing."""
    may_move(petition, "send_for_approval")
    if word_count(text) < MIN_ANSWER_WORDS:
        raise Refused(
            _l("An answer needs at least ten words: what was done, what follows, when."),
            field="text",
            code="answer_too_short",
        )
    version = save_draft(petition, text=text, by=by)
    version.state = "sent"
    version.sent_at = clock.now()
    enter(petition, "awaiting_approval", on=on)
    fields = {"version": (str(version.number), "public")}
    record(petition, "petition:sent_for_approval", by=by, fields=fields)
    notices.tell_head_approval_asked(petition)
    return version


def approve(petition: Petition, *, version_id: int, on: date, by: Person) -> Answer:
    """Publish exactly this version. Never by its author, and where many people ask by the head alone;
    the on-time flag is frozen here."""
    may_move(petition, "approve")
    answer, version = _sent(petition, version_id)
    bar = approval_bar(
        wrote_it=version.author_id == by.id,
        head_answers=petition.head_answers,
        is_head=by.may(policy.AS_HEAD),
    )
    if bar:
        raise Refused(SENTENCES[bar], code=bar)
    version.state = "published"
    version.decided_by_id = by.id
    version.decided_at = answer.published_at = clock.now()
    _freeze(petition, on)
    enter(petition, "answered", on=on)
    fields = {
        "version": (str(version.number), "public"),
        "text": (version.text, "public" if petition.is_public else "party"),
        "on_time": (str(deadlines.on_time(on, petition.due_on)).lower(), "public"),
        "answered_on": (on.isoformat(), "public"),
    }
    record(petition, "petition:answered", by=by, fields=fields, clock=True)
    notices.tell_resident_answered(petition)
    notices.tell_officer_approved(petition, version)
    return answer


def send_back(petition: Petition, *, version_id: int, note: str, on: date, by: Person) -> None:
    """Give the answer back to its author with a note."""
    may_move(petition, "send_back")
    _answer_row, version = _sent(petition, version_id)
    if not word_count(note):
        raise Refused(_l("Say in a few words what should change."), field="note")
    version.state = "returned"
    version.decided_by_id = by.id
    version.decided_at = clock.now()
    version.note = note
    enter(petition, "in_progress", on=on)
    fields = {"version": (str(version.number), "party"), "note": (note, "party")}
    record(petition, "petition:sent_back", by=by, fields=fields)
    notices.tell_officer_sent_back(petition, version)


def _freeze(petition: Petition, on: date) -> None:
    """The first answer's flag stays for good; a reopened leg does not whiten or blacken it."""
    if petition.answered_on is None:
        petition.answered_on = on
        petition.on_time = deadlines.on_time(on, petition.due_on)
        petition.answer_days = deadlines.days_taken(petition.submitted_on, on, load_calendar())


def _answer(petition: Petition) -> Answer:
    for answer in petition.answers:
        if answer.leg_number == petition.leg_number:
            return answer
    answer = Answer(leg_number=petition.leg_number, agency_id=petition.agency_id)
    petition.answers.append(answer)
    return answer


def _sent(petition: Petition, version_id: int) -> tuple[Answer, AnswerVersion]:
    answer = _answer(petition)
    version = answer.latest
    if version is None or version.id != version_id or version.state != "sent":
        raise Conflict(_l("The answer was changed meanwhile. Read the newest version first."))
    return answer, version
