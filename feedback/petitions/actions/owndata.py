"""What a person asks about her own data, and what becomes of it (Nghị định 356/2025/NĐ-CP)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l

from feedback.accounts.models import Contact, Person
from feedback.accounts.rules.addresses import Proven
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.petitions import queries
from feedback.petitions.actions import forgetting
from feedback.petitions.actions.move import record, touch
from feedback.petitions.models import DataRequest, Petition
from feedback.petitions.notices import owndata as notices
from feedback.petitions.queries.owndata import open_account_request, open_data_request
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.owndata import REPLY, TERMS
from feedback.workdays.queries import load_calendar

ASKED = {"correct": "petition:correction_asked"}
CONFIRMED = {"correct": "petition:correction_confirmed"}
REFUSED = {"correct": "petition:correction_refused"}


def correct_contact(petition: Petition, *, name: str, email: str, phone: str) -> None:
    """Put right how she is called and reached. The record says which of them changed, never to what."""
    changed = _put_contact(petition, name, email, phone)
    if changed:
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
    return _ask(petition, "delete", words, on)


def ask_correction(petition: Petition, *, words: str, on: date) -> DataRequest:
    """Ask that something be put right which she cannot change herself. Its clock begins today."""
    if not words.strip():
        raise Refused(_l("Write what is wrong, and what is right."), field="words")
    return _ask(petition, "correct", words, on)


def ask_account_deletion(who: Proven, *, words: str, uncount: bool, on: date) -> DataRequest:
    """Ask that all be deleted that is held about whoever proved this address: every petition of hers,
    what she follows, her supports (``uncount``: they are taken back as well). One request, one clock.

    Raises Refused while a petition of hers is open, or where she has sent none.
    """
    files = queries.of_sender(who, most=None)
    if not files:
        raise Refused(_l("No petition stands under this address."), code="no_files")
    if any(petition.is_open for petition in files):
        raise Refused(
            _l(
                "A petition of yours is still being worked on, and its agency must be able to answer you. "
                "Take it back first, or ask again when it is answered. Nothing was changed."
            ),
            code="still_open",
        )
    if open_account_request(who) is not None:
        raise _asked_already()
    request = _ask(files[0], "account", words, on, address=who.phone or who.email)
    request.uncount = uncount
    return request


def _ask(petition: Petition, kind: str, words: str, on: date, *, address: str = "") -> DataRequest:
    if open_data_request(petition, kind) is not None:
        raise _asked_already()
    calendar, rule = load_calendar(), queries.term_on(TERMS[kind], on)
    request = DataRequest(
        petition=petition,
        kind=kind,
        words=words,
        address=address,
        asked_on=on,
        reply_due_on=deadlines.first_due(on, queries.term_on(REPLY, on), calendar),
        due_on=deadlines.first_due(on, rule, calendar),
        term_rule_id=rule.id,
    )
    db.session.add(request)
    db.session.flush()
    touch(petition)
    fields = {"data_due": (request.due_on.isoformat(), "party")}
    record(petition, ASKED.get(kind, "petition:deletion_asked"), by=None, fields=fields)
    notices.tell_desk_data_asked(request)
    notices.tell_asker(request, "asked")
    return request


def confirm_request(request: DataRequest, *, words: str, on: date, by: Person) -> None:
    """The first reply: it has been read, and by when it will be decided."""
    _still(request, "open")
    request.state, request.replied_on, request.answer = "replied", on, words
    request.by_id = by.id
    record(request.petition, CONFIRMED.get(request.kind, "petition:deletion_confirmed"), by=by)
    notices.tell_asker(request, "replied")


def refuse_request(request: DataRequest, *, words: str, basis: str, on: date, by: Person) -> None:
    """Refuse, with the reason and the article of the law that asks to keep it."""
    _still(request, "open", "replied")
    if not (words and basis):
        raise Refused(_l("A refusal needs its reason and the article of the law."), field="basis")
    _end(request, "refused", f"{words}\n{basis}", on, by)
    fields = {"basis": (basis, "party")}
    tag = REFUSED.get(request.kind, "petition:deletion_refused")
    record(request.petition, tag, by=by, fields=fields)
    notices.tell_asker(request, "ended")
    request.address = ""


def correct_own_data(  # noqa: PLR0913 - one form
    request: DataRequest,
    *,
    name: str,
    email: str,
    phone: str,
    place: str,
    words: str,
    on: date,
    by: Person,
) -> None:
    """Put right what she asked for: name, contact, the spot. The record says which of them changed,
    never from what nor to what; her request's own words go."""
    _still(request, "open", "replied")
    _of_kind(request, "correct")
    petition = request.petition
    changed = _put_contact(petition, name, email, phone)
    if petition.place != place:
        petition.place = place
        changed.append("place")
    if not changed:
        raise Refused(_l("Nothing is another than before. Correct it, or refuse."), field="place")
    request.words = ""
    _end(request, "done", words, on, by)
    touch(petition)
    fields = {"changed": (" ".join(changed), "party")}
    record(petition, "petition:data_corrected", by=by, fields=fields)
    notices.tell_asker(request, "ended")


def delete_own_data(request: DataRequest, *, words: str, on: date, by: Person) -> None:
    """Delete what identifies the sender: in the rows, in the record (which still verifies), in messages
    and among the files that nobody else may see. What the public reads stays, without a name."""
    _still(request, "open", "replied")
    _of_kind(request, "delete")
    told = notices.reached_at(request)  # the last time that her address is known
    _delete(request, [request.petition], words, on, by)
    notices.tell_asker(request, "ended", to=told)


def delete_account(request: DataRequest, *, words: str, on: date, by: Person) -> None:
    """Delete all that is held about whoever proved the request's address: every petition as
    ``delete_own_data`` does one, then what she follows, proved and supported. The number of supports
    stays, without her, unless she wanted them taken back."""
    _still(request, "open", "replied")
    _of_kind(request, "account")
    who, told = proven_of(request), notices.reached_at(request)
    _delete(request, queries.of_sender(who, most=None), words, on, by)
    forgetting.forget_person(who, uncount=request.uncount)
    request.address = ""
    notices.tell_asker(request, "ended", to=told)


def forget_without_files(who: Proven, *, uncount: bool) -> None:
    """Whoever has sent no petition asks nobody: what she follows and supports goes at once."""
    if queries.of_sender(who):
        raise Refused(_l("Petitions stand under this address: ask for it."), code="has_files")
    forgetting.forget_person(who, uncount=uncount)


def proven_of(request: DataRequest) -> Proven:
    """Whose account it is: an address, or a number as +84…"""
    number = request.address.startswith("+")
    return Proven(phone=request.address) if number else Proven(email=request.address)


def _delete(
    request: DataRequest, files: Sequence[Petition], words: str, on: date, by: Person
) -> None:
    if any(petition.is_open for petition in files):
        raise Refused(_l("The file is open: its agency must still answer."), code="still_open")
    for petition in files:
        forgetting.forget_in_rows(petition)
        forgetting.forget_in_record(petition, by)
        forgetting.forget_in_messages(petition)
        record(petition, "petition:data_deleted", by=by)
    request.words = ""
    _end(request, "done", words, on, by)


def _asked_already() -> Conflict:
    return Conflict(_l("You have asked for this already. It is being worked on."), code="asked")


def _of_kind(request: DataRequest, kind: str) -> None:
    if request.kind != kind:
        raise Refused(_l("That is not what was asked for."), code="other_kind")


def _still(request: DataRequest, *states: str) -> None:
    if request.state not in states:
        raise Conflict(_l("This request was decided already. Nothing was changed."), code="decided")


def _end(request: DataRequest, state: str, words: str, on: date, by: Person) -> None:
    request.state, request.ended_on, request.answer = state, on, words
    request.replied_on = request.replied_on or on
    request.by_id = by.id


def _put_contact(petition: Petition, name: str, email: str, phone: str) -> list[str]:
    """Name and contact as given; which of them are others now."""
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
    return [one for one, old, new in zip(names, was, now, strict=True) if old != new]
