"""Who is told what: rows of the outbox, written with the change that caused them."""

from __future__ import annotations

from typing import Any

from feedback.accounts.models import Person
from feedback.accounts.queries import Told
from feedback.accounts.queries import holders as _people
from feedback.core.text import is_mail_address
from feedback.notifications.actions import Message, enqueue_all, message
from feedback.notifications.pacing import pace
from feedback.petitions.models import (
    Allocation,
    AnswerVersion,
    Extension,
    InfoRequest,
    Outcome,
    Part,
    Petition,
)
from feedback.petitions.notices.followers import tell_followers
from feedback.petitions.notices.saying import base as _base
from feedback.petitions.notices.saying import key as _key
from feedback.petitions.notices.staff import to_staff
from feedback.petitions.notices.texts import texts_to_sender
from feedback.petitions.rules.codes import DECLINE_REASONS
from feedback.petitions.rules.consents import may_tell

DECIDERS = ("head", "deputy")
# a petition costs nobody anything, so anybody could have the site write to any address, or to the people
# of an agency, as often as she likes; the page has her code, their inbox has every file
pace("petitions/resident_submitted", most=20)
pace("petitions/staff_arrived", most=200)


def tell_submitted(petition: Petition, code: str) -> None:
    """The resident, with her code, and the people who take files in; in one statement."""
    params = {"code": code, "due": petition.due_on}
    enqueue_all([*_arrival(petition), *_to_resident(petition, "submitted", params)])


def tell_taken(petition: Petition) -> None:
    """Of one that was held as one of many and goes on now: its sender and the people who take files in."""
    params = {"sent": petition.submitted_on, "due": petition.due_on}
    enqueue_all([*_arrival(petition), *_to_resident(petition, "taken", params)])


def tell_resident_received(petition: Petition) -> None:
    _resident(petition, "received", due=petition.due_on)


def tell_resident_transferred(petition: Petition) -> None:
    reason = petition.leg.reason
    _resident(petition, "transferred", leg=petition.leg_number, reason=reason, due=petition.due_on)


def tell_resident_asked(petition: Petition, request: InfoRequest) -> None:
    late = petition.due_on < request.asked_on  # no wait excuses what was late when she was asked
    _resident(
        petition,
        "asked",
        question=request.question,
        bound=request.bound_on,
        late=late,
        row=request.id,
    )
    tell_followers(petition, "asked", bound=request.bound_on, late=late, row=request.id)


def tell_resident_extended(petition: Petition, extension: Extension) -> None:
    said = {"due": extension.to_on, "reason": extension.reason, "row": extension.id}
    _resident(petition, "extended", **said)
    tell_followers(petition, "extended", **said)


def tell_resident_late(petition: Petition) -> None:
    """Its sender by text message alone, if she asked for that; and its followers."""
    enqueue_all(texts_to_sender(petition, "late", {"due": petition.due_on}))
    tell_followers(petition, "late", due=petition.due_on)


def tell_resident_answered(petition: Petition) -> None:
    _resident(petition, "answered", leg=petition.leg_number)
    tell_followers(petition, "answered", leg=petition.leg_number)


def tell_resident_ended(petition: Petition, outcome: Outcome) -> None:
    """With the coded reason and its article, or the file that it was joined to."""
    params: dict[str, Any] = {"words": outcome.words}
    if outcome.reason_code:
        reason = DECLINE_REASONS[outcome.reason_code]
        params |= {"reason": reason.code, "article": reason.shown_article}
    if outcome.other is not None:
        other = outcome.other
        params |= {"other": other.reference, "other_title": other.title}
        params |= {"other_link": f"/petitions/{other.public_id}"}
    _resident(petition, outcome.kind, **params)
    tell_followers(petition, "ended", **params, kind=outcome.kind)


def tell_agency_arrived(petition: Petition) -> None:
    """The people who take files in."""
    enqueue_all(_arrival(petition))


def tell_officer_assigned(petition: Petition, given: Allocation) -> None:
    _assignee(petition, "assigned", leg=petition.leg_number, row=given.id)


def tell_officer_moved_on(
    petition: Petition, former: Person | None, *, to: str, by: Person | None, **params: Any
) -> None:
    """Whoever worked on it need not go on; ``to``: the officer or the body that has it now."""
    if former is not None and (by is None or former.id != by.id):
        _tell(former, petition, "moved_on", to=to, row=petition.lock, **params)


def tell_head_approval_asked(petition: Petition) -> None:
    number = petition.answers[-1].versions[-1].number
    deciders = ("head",) if petition.head_answers else DECIDERS
    _staff(petition, "approval_asked", *deciders, leg=petition.leg_number, version=number)


def tell_officer_sent_back(petition: Petition, version: AnswerVersion) -> None:
    _assignee(petition, "sent_back", note=version.note, row=version.number, leg=petition.leg_number)


def tell_officer_approved(petition: Petition, version: AnswerVersion) -> None:
    _assignee(petition, "approved", row=version.number, leg=petition.leg_number)


def tell_officer_supplied(petition: Petition, request: InfoRequest) -> None:
    """The officer of the file, or whoever takes files in while it has none."""
    _officer_or_desk(petition, "supplied", row=request.id)


def tell_officer_resumed(petition: Petition, request: InfoRequest) -> None:
    """No answer came in time: the clock runs on."""
    _officer_or_desk(petition, "resumed", row=request.id)


def tell_agency_withdrawn(petition: Petition) -> None:
    """Whoever works on it can put it down."""
    _officer_or_desk(petition, "withdrawn")


def tell_head_extension_asked(petition: Petition, extension: Extension) -> None:
    asked = {"to": extension.to_on, "reason": extension.reason, "row": extension.id}
    for person in _people(*DECIDERS, agency_id=petition.agency_id):
        if person.id != extension.asked_by_id:
            _tell(person, petition, "extension_asked", due=petition.due_on, **asked)


def tell_officer_extended(petition: Petition, extension: Extension) -> None:
    _tell(extension.asked_by, petition, "extended", due=petition.due_on, row=extension.id)


def tell_officer_extension_turned_down(petition: Petition, extension: Extension, note: str) -> None:
    _tell(extension.asked_by, petition, "extension_turned_down", note=note, row=extension.id)


def tell_deciders_decline_proposed(petition: Petition, outcome: Outcome) -> None:
    """The heads of the agency; in the dispatch queue the other dispatchers too."""
    roles = (*DECIDERS, "dispatcher") if petition.in_dispatch else DECIDERS
    for person in _people(*roles, agency_id=petition.agency_id):
        if person.id != outcome.by_id:
            said = {"reason": outcome.reason_code, "words": outcome.words}
            _tell(person, petition, "decline_proposed", row=outcome.id, **said)


def tell_proposer_decline_turned_down(petition: Petition, outcome: Outcome, note: str) -> None:
    if outcome.by is not None:
        _tell(outcome.by, petition, "decline_turned_down", note=note, row=outcome.id)


def tell_agency_part_asked(part: Part) -> None:
    """Clerks and heads of the agency that was asked; its officers where it has neither."""
    at = part.agency_id
    told = _people("clerk", "head", agency_id=at) or _people("officer", agency_id=at)
    link, question = f"/officer/parts/{part.public_id}", part.question
    for person in told:
        _tell(
            person,
            part.petition,
            "part_asked",
            row=part.id,
            due=part.due_on,
            question=question,
            link=link,
        )


def tell_officer_part_given(part: Part) -> None:
    _assignee(part.petition, "part_given", row=part.id, body=part.agency.name)


def tell_agency_disputed(petition: Petition) -> None:
    """The officer whose answer it was, the heads, and the Front."""
    _assignee(petition, "disputed", leg=petition.leg_number)
    _staff(petition, "disputed", "head", leg=petition.leg_number)
    for person in _people("front"):
        _tell(person, petition, "disputed", leg=petition.leg_number)


def tell_agency_late(petition: Petition) -> None:
    _assignee(petition, "late", due=petition.due_on)
    _staff(petition, "late", "head", due=petition.due_on)


def _arrival(petition: Petition) -> list[Message]:
    """To clerks and heads, or to the dispatchers where nobody owns the file yet."""
    roles = ("dispatcher",) if petition.in_dispatch else ("clerk", "head")
    people = _people(*roles, agency_id=petition.agency_id)
    return to_staff(people, petition, "arrived", {"leg": petition.leg_number})


def _resident(petition: Petition, what: str, **params: Any) -> None:
    enqueue_all([*_to_resident(petition, what, params), *texts_to_sender(petition, what, params)])


def _to_resident(petition: Petition, what: str, params: dict[str, Any]) -> list[Message]:
    """An e-mail to the address that the resident left, if she left one."""
    contact = petition.contact
    if contact is None or not may_tell(petition.notices, what):
        return []
    if not is_mail_address(contact.email):  # taken in before forms refused accents
        return []
    return [
        message(
            "email",
            to=contact,
            template=f"petitions/resident_{what}",
            params={**_base(petition), **params, "link": "/track"},
            dedupe_key=_key(petition, f"resident_{what}", contact.public_id, params),
            locale=petition.locale,
        )
    ]


def _assignee(petition: Petition, what: str, **params: Any) -> None:
    if petition.assignee is not None:
        _tell(petition.assignee, petition, what, **params)


def _officer_or_desk(petition: Petition, what: str, **params: Any) -> None:
    if petition.assignee is not None and petition.assignee.enabled:
        _assignee(petition, what, **params)
    else:
        roles = ("dispatcher",) if petition.in_dispatch else ("clerk", "head")
        _staff(petition, what, *roles, **params)


def _staff(petition: Petition, what: str, *roles: str, **params: Any) -> None:
    people = _people(*roles, agency_id=petition.agency_id)
    enqueue_all(to_staff(people, petition, what, params))


def _tell(person: Person | Told, petition: Petition, what: str, **params: Any) -> None:
    enqueue_all(to_staff([person], petition, what, params))
