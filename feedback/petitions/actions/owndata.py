"""What a person asks about her own data, and what becomes of it (Nghị định 356/2025/NĐ-CP)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Contact, Person
from feedback.audit.queries import events_of
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.files.actions import drop_draft
from feedback.notifications.models import OutboxMessage
from feedback.petitions import queries
from feedback.petitions.actions.move import record, touch
from feedback.petitions.actions.screening import keep_only_blurred
from feedback.petitions.models import (
    DataRequest,
    Dispute,
    Follower,
    InfoRequest,
    Petition,
    Rating,
)
from feedback.petitions.queries.owndata import open_data_request
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.owndata import REPLY, TERMS, fields_to_erase
from feedback.workdays.queries import load_calendar


def correct_contact(petition: Petition, *, name: str, email: str, phone: str) -> None:
    """Put right how she is called and reached. The record says which of them changed, never to what."""
    contact = petition.contact
    if contact is None and (email or phone):
        contact = petition.contact = Contact(locale=petition.locale)
    was = (
        petition.sender_name,
        contact.email if contact else None,
        contact.phone if contact else None,
    )
    petition.sender_name = name
    petition.name_public = petition.name_public and bool(name)
    if contact is not None:
        contact.email, contact.phone = email or None, phone or None
        contact.verified_at = contact.verified_at if contact.email == was[1] else None
    now = (name, email or None, phone or None)
    names = ("name", "email", "phone")
    changed = [one for one, old, new in zip(names, was, now, strict=True) if old != new]
    if not changed:
        return
    touch(petition)
    fields = {"changed": (" ".join(changed), "party")}
    record(petition, "petition:contact_corrected", by=None, fields=fields)


def ask_deletion(petition: Petition, *, words: str, on: date) -> DataRequest:
    """Ask that what identifies her be deleted. The clocks of the law begin today."""
    if petition.is_open:
        raise Refused(
            _l(
                "The agency is still working on your petition and must be able to answer you. "
                "Take it back first, or ask again when it is answered. Nothing was changed."
            ),
            code="still_open",
        )
    if open_data_request(petition, "delete") is not None:
        raise Conflict(_l("You have asked for this already. It is being worked on."), code="asked")
    calendar, rule = load_calendar(), queries.term_on(TERMS["delete"], on)
    request = DataRequest(
        petition=petition,
        kind="delete",
        words=words,
        asked_on=on,
        reply_due_on=deadlines.first_due(on, queries.term_on(REPLY, on), calendar),
        due_on=deadlines.first_due(on, rule, calendar),
        term_rule_id=rule.id,
    )
    db.session.add(request)
    touch(petition)
    fields = {"data_due": (request.due_on.isoformat(), "party")}
    record(petition, "petition:deletion_asked", by=None, fields=fields)
    return request


def confirm_request(request: DataRequest, *, words: str, on: date, by: Person) -> None:
    """The first reply: it has been read, and by when it will be decided."""
    _still(request, "open")
    request.state, request.replied_on, request.answer = "replied", on, words
    request.by_id = by.id
    record(request.petition, "petition:deletion_confirmed", by=by)


def refuse_request(request: DataRequest, *, words: str, basis: str, on: date, by: Person) -> None:
    """Refuse, with the reason and the article of the law that asks to keep it."""
    _still(request, "open", "replied")
    if not (words and basis):
        raise Refused(_l("A refusal needs its reason and the article of the law."), field="basis")
    _end(request, "refused", f"{words}\n{basis}", on, by)
    fields = {"basis": (basis, "party")}
    record(request.petition, "petition:deletion_refused", by=by, fields=fields)


def delete_own_data(request: DataRequest, *, words: str, on: date, by: Person) -> None:
    """Delete what identifies the sender: in the rows, in the record (which still verifies), in the
    outbox and among the files that nobody else may see. What the public reads stays, without a name."""
    _still(request, "open", "replied")
    petition = request.petition
    if petition.is_open:
        raise Refused(_l("The file is open: its agency must still answer."), code="still_open")
    _forget_in_rows(petition)
    _forget_in_record(petition, by)
    request.words = ""
    _end(request, "done", words, on, by)
    record(petition, "petition:data_deleted", by=by)


def _still(request: DataRequest, *states: str) -> None:
    if request.state not in states:
        raise Conflict(_l("This request was decided already. Nothing was changed."), code="decided")


def _end(request: DataRequest, state: str, words: str, on: date, by: Person) -> None:
    request.state, request.ended_on, request.answer = state, on, words
    request.replied_on = request.replied_on or on
    request.by_id = by.id


def _forget_in_rows(petition: Petition) -> None:
    petition.sender_name, petition.name_public, petition.notices = "", False, "none"
    petition.place, petition.lat, petition.lon, petition.pin_public = "", None, None, False
    if petition.contact is not None:
        petition.contact.email = petition.contact.phone = None
    if not petition.is_public:
        petition.title = petition.text = ""
    for model, column in ((InfoRequest, "reply"), (Rating, "words"), (Dispute, "reason")):
        db.session.execute(
            sa.update(model).where(model.petition_id == petition.id).values({column: ""})
        )
    db.session.execute(sa.delete(Follower).where(Follower.petition_id == petition.id, Follower.own))
    told = f"{petition.public_id}:resident_"
    db.session.execute(
        sa.delete(OutboxMessage).where(OutboxMessage.dedupe_key.startswith(told, autoescape=True))
    )
    for attachment in queries.attachments_of(petition):
        keep_only_blurred(attachment)
        if not attachment.is_public:
            stored = attachment.file
            db.session.delete(attachment)
            db.session.flush()
            drop_draft(stored)
    touch(petition)


def _forget_in_record(petition: Petition, by: Person) -> None:
    found = {}
    for event in events_of(petition.subject, levels=("public", "party")):
        names = fields_to_erase(event.kind, public=petition.is_public)
        found[event.seq] = [name for name in names if event.fields.get(name) is not None]
    fields = {seq: some for seq, some in found.items() if some}
    if fields:
        audit.erase(fields, subject=petition, basis="Nghị định 356/2025/NĐ-CP", by=by)
