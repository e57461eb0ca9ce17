"""A resident (or a desk clerk for her) hands in a petition."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import set_committed_value

from feedback.accounts.models import Contact, Person
from feedback.agencies import queries as agencies
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict, Refused
from feedback.core.ids import code_from, keyed_hash
from feedback.core.rows import New, insert_now
from feedback.files import queries as kept_files
from feedback.files.cleaning import MAX_FILES
from feedback.files.errors import FileRefused
from feedback.files.models import StoredFile
from feedback.petitions import notices, queries
from feedback.petitions.actions import consenting
from feedback.petitions.actions.move import Fields, record
from feedback.petitions.kinds import KINDS
from feedback.petitions.models import Attachment, Leg, Petition
from feedback.petitions.rules import consents, deadlines
from feedback.petitions.rules.pins import Pin, write_pin
from feedback.petitions.rules.routing import Route
from feedback.plans.models import PlanItem
from feedback.workdays.queries import load_calendar


@dataclass(frozen=True)
class Submission:
    """What was sent, cleaned. ``key`` is the form's own random key: one key, one petition."""

    key: str
    kind: str
    title: str
    text: str
    item_id: int | None = None
    commune_id: int | None = None
    place: str = ""
    pin: Pin | None = None  # within the operator's map
    email: str = ""
    phone: str = ""
    sender_name: str = ""
    name_public: bool = False
    channel: str = "web"
    locale: str = "vi"
    files: tuple[str, ...] = ()  # SHA-256 of each, found by the key when it is sent
    consents: tuple[tuple[str, str], ...] = ()  # purpose and version of the words that were ticked
    files_seen: int = 0  # how many stood on the page that was read over

    @property
    def fingerprint(self) -> str:
        """SHA-256 of everything but the key: the same form sent twice has the same one."""
        body = {k: v for k, v in asdict(self).items() if k not in {"key", "files_seen"}}
        for name in ("files", "pin", "consents"):  # what came later stays out where there is none
            if not body[name]:
                del body[name]
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Marks:
    """By what a form is known once it was sent; of key and code only keyed hashes are kept."""

    code_hash: str
    submission_key: str
    fingerprint: str
    sent_at: datetime

    @classmethod
    def of(cls, submission: Submission) -> Marks:
        """Of a form that is being sent now."""
        return cls(
            code_hash=keyed_hash(code_from(submission.key), "code"),
            submission_key=keyed_hash(submission.key, "submission"),
            fingerprint=submission.fingerprint,
            sent_at=clock.now(),
        )


@dataclass(frozen=True)
class Receipt:
    petition: Petition
    code: str
    again: bool = False  # this form had been sent before: the same petition, nothing new


class IsHeld(Refused):
    """This form was sent before and is held as one of many: whoever asked finds it by ``key``."""

    def __init__(self, key: int) -> None:
        self.key = key
        super().__init__(already(), code="is_held")


def submit(submission: Submission, *, on: date, by: Person | None = None) -> Receipt:
    """Take a petition in: one row, one leg, one event, its notices.

    Day zero is ``on``, whatever anyone clicks later (Bộ luật Dân sự Đ.147). The same form sent again
    gives the same receipt; raises Conflict when the same key comes with another text, IsHeld when the form
    was sent in a flood and waits (``holding``), IntegrityError when the other tap of a double tap was faster
    (``core.db.settle`` then asks again).
    """
    known = queries.key_known(submission.key)
    if known.sent is not None:
        return again(db.session.get_one(Petition, known.sent), submission)
    if known.held is not None:
        raise IsHeld(known.held)
    submission, drafts = with_files(submission, some=known.drafts)
    petition = take_in(submission, Marks.of(submission), drafts, on=on, today=on, by=by)
    code = code_from(submission.key)
    notices.tell_submitted(petition, code)
    return Receipt(petition, code)


def take_in(
    submission: Submission,
    marks: Marks,
    files: Sequence[StoredFile],
    *,
    on: date,
    today: date,
    by: Person | None,
    held: Fields | None = None,
) -> Petition:
    """The rows of a new file and its event. Day zero is ``on``, the body that of ``today``; the two are one
    day but for what was held in between (``held``: what the event says of that)."""
    petition = _put(submission, marks, on=on, today=today, by=by)
    _attach(petition, files)
    consenting.keep(petition, submission.consents)
    _record(petition, submission, by=by, held=held or {})
    return petition


def already() -> Any:
    """What somebody reads who sends another text under a key that was used."""
    return _l("This form was sent already. To send something new, open a new form.")


def again(petition: Petition, submission: Submission) -> Receipt:
    """The receipt of a form that was sent before. Raises Conflict for another text."""
    sent = [attachment.file.sha256 for attachment in queries.attachments_of(petition)]
    check_same(petition.fingerprint, submission, sent)
    return Receipt(petition, code_from(submission.key), again=True)


def check_same(fingerprint: str, submission: Submission, sent: Sequence[str]) -> None:
    """Raises Conflict unless it is the very form that was sent, with the files ``sent`` and no other."""
    added = [draft.sha256 for draft in kept_files.drafts_of(submission.key)]
    if fingerprint != replace(submission, files=(*sent, *added)).fingerprint:
        raise Conflict(already(), code="sent_already")


def with_files(submission: Submission, *, some: bool) -> tuple[Submission, Sequence[StoredFile]]:
    """The form with the files that wait under its key. Nothing is left out silently: a form that lay open for
    days has lost its files. Raises Refused."""
    drafts = kept_files.drafts_of(submission.key) if some else ()
    if len(drafts) > MAX_FILES:
        raise FileRefused("too_many")
    if len(drafts) < submission.files_seen:
        raise Refused(
            _l("The files of this form are no longer here. Add them again, or send without."),
            code="files_gone",
        )
    return replace(submission, files=tuple(draft.sha256 for draft in drafts)), drafts


def _attach(petition: Petition, drafts: Sequence[StoredFile]) -> None:
    for position, draft in enumerate(drafts, start=1):
        draft.subject = petition.subject
        db.session.add(Attachment(petition=petition, file=draft, position=position))


def _put(
    submission: Submission, marks: Marks, *, on: date, today: date, by: Person | None
) -> Petition:
    """The rows of a new file: how to reach the sender, the file, its first leg."""
    item_id, commune_id = submission.item_id, submission.commune_id
    route = queries.route_for(item_id=item_id, commune_id=commune_id, on=today)
    agency, contact = agencies.known(route.agency_id), _contact(submission)
    petition = _file(submission, marks, route, on=on, by=by)
    leg = Leg(number=1, reason_kind="first", agency_id=agency.id)
    leg.started_on, leg.due_on = today, petition.due_on
    about: dict[str, Any] = {
        "item": db.session.get(PlanItem, item_id) if item_id else None,
        "commune": agencies.known(commune_id) if commune_id else None,
        "contact": contact,
        "agency": agency,
        "assignee": None,
        "answers": [],
    }
    insert_now(
        db.session(),
        *([New(contact)] if contact else []),
        New(petition, {"contact_id": contact} if contact else {}, about),
        New(leg, {"petition_id": petition}, {"agency": agency, "petition": petition}),
    )
    set_committed_value(petition, "legs", [leg])
    return petition


def _file(
    submission: Submission, marks: Marks, route: Route, *, on: date, by: Person | None
) -> Petition:
    term_code = KINDS[submission.kind].term_code
    rule = queries.term_on(term_code, on)
    due_on = deadlines.first_due(on, rule, load_calendar())
    return Petition(
        code_hash=marks.code_hash,
        submission_key=marks.submission_key,
        fingerprint=marks.fingerprint,
        kind=submission.kind,
        channel=submission.channel,
        title=submission.title,
        text=submission.text,
        place=submission.place,
        lat=submission.pin[0] if submission.pin else None,
        lon=submission.pin[1] if submission.pin else None,
        item_id=submission.item_id,
        commune_id=submission.commune_id,
        sender_name=submission.sender_name,
        name_public=submission.name_public,
        notices=consents.notices_after(submission.consents),
        entered_by_id=by.id if by else None,
        locale=submission.locale,
        agency_id=route.agency_id,
        in_dispatch=route.dispatch,
        route_reason=route.reason_code,
        submitted_at=marks.sent_at,
        submitted_on=on,
        term_code=term_code,
        term_rule_id=rule.id,
        first_due_on=due_on,
        due_on=due_on,
    )


def _contact(submission: Submission) -> Contact | None:
    email, phone = submission.email or None, submission.phone or None
    if not (email or phone):
        return None
    return Contact(email=email, phone=phone, locale=submission.locale)


def _record(petition: Petition, submission: Submission, *, by: Person | None, held: Fields) -> None:
    fields = {
        "kind": (petition.kind, "public"),
        "title": (petition.title, "party"),
        "text": (petition.text, "party"),
        "place": (petition.place, "party"),
        "channel": (petition.channel, "public"),
        "item": (petition.item.path if petition.item else "", "public"),
        "commune": (petition.commune.code if petition.commune else "", "public"),
        "route": (petition.route_reason, "public"),
        "day_zero": (petition.submitted_on.isoformat(), "public"),
        "consents": (" ".join(f"{one}:{version}" for one, version in submission.consents), "party"),
    }
    if petition.pin:
        fields["pin"] = (write_pin(petition.pin), "party")
    fields |= held
    record(petition, "petition:submitted", by=by, fields=fields, files=submission.files, clock=True)
