"""A petition in a flood is kept and held: nothing of it is lost, nothing of it counts, until somebody proves
her address or a person has looked (docs/floods.md)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from feedback import audit
from feedback.accounts.models import Person
from feedback.accounts.rules.addresses import Proven
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Conflict
from feedback.core.ids import code_from, public_id
from feedback.files import queries as kept_files
from feedback.files.actions import drop_draft
from feedback.petitions import notices, queries
from feedback.petitions.actions import submit as taking
from feedback.petitions.actions.submit import Marks, Receipt, Submission
from feedback.petitions.models import HeldPetition, Petition
from feedback.petitions.notices.held import tell_flood
from feedback.petitions.rules import consents
from feedback.petitions.rules.floods import LAID_ASIDE, TAKEN, WAITING, WITHDRAWN, Doubt

ONE_FLOOD = timedelta(hours=1)  # without another one held: what comes then is a new flood
SEALED_AT_ONCE = 5000
ASIDE_KEPT = timedelta(days=90)
FORGOTTEN_AT_ONCE = 500
AS_SENT = ("kind", "item_id", "commune_id", "locale")
WORDS = ("title", "text", "place", "email", "phone", "sender_name")  # what is somebody's own


@dataclass(frozen=True)
class Held:
    """What somebody gets whose petition is held."""

    held: HeldPetition
    code: str
    again: bool = False


def hold(submission: Submission, doubt: Doubt, *, on: date) -> Held | Receipt:
    """Keep a petition as one of many; its code opens it. Dispatchers and the Front are told of the first.

    The same form sent again gives what it gave, its receipt if it was taken meanwhile. Raises as ``submit``.
    """
    known = queries.key_known(submission.key)
    if known.sent is not None:
        return taking.again(db.session.get_one(Petition, known.sent), submission)
    if known.held is not None:
        return held_before(known.held, submission)
    submission, drafts = taking.with_files(submission, some=known.drafts)
    first = not queries.held_since(clock.now() - ONE_FLOOD)
    held = _row(submission, doubt, on)
    db.session.add(held)
    db.session.flush()
    for draft in drafts:
        draft.subject = held.subject
    if first:
        tell_flood(doubt.why)
    return Held(held, code_from(submission.key))


def held_before(key: int, submission: Submission) -> Held:
    """What is held of a form that comes again. Raises Conflict when it holds another text."""
    held = db.session.get_one(HeldPetition, key)
    sent = [file.sha256 for file in kept_files.files_of(held.subject)]
    taking.check_same(held.fingerprint, submission, sent)
    return Held(held, code_from(submission.key), again=True)


def _row(submission: Submission, doubt: Doubt, on: date) -> HeldPetition:
    values = asdict(submission)
    return HeldPetition(
        **{name: values[name] for name in (*AS_SENT, *WORDS)},
        **asdict(Marks.of(submission)),
        public_id=public_id(),
        lat=submission.pin[0] if submission.pin else None,
        lon=submission.pin[1] if submission.pin else None,
        consents=" ".join(f"{purpose}:{version}" for purpose, version in submission.consents),
        sent_on=on,
        why=doubt.why,
        mark=doubt.mark,
    )


def take(held: HeldPetition, *, freed: str, on: date, by: Person | None) -> Petition:
    """What was held goes on as any petition. Its day zero is the day on which it was sent: nobody gains time
    by the suspicion. ``freed``: by a proved contact, or by a person. Of the held row only its marks stay."""
    agreed = tuple(
        (purpose, version)
        for purpose, _colon, version in (one.partition(":") for one in held.consents.split())
    )
    files = kept_files.files_of(held.subject)
    submission = Submission(
        key="",  # nobody has it any more: its hashes are carried over
        **{name: getattr(held, name) for name in (*AS_SENT, *WORDS)},
        pin=held.pin,
        name_public=consents.NAME_PUBLIC in dict(agreed),
        consents=agreed,
        files=tuple(file.sha256 for file in files),
    )
    marks = Marks(held.code_hash, held.submission_key, held.fingerprint, held.sent_at)
    said = {"held": (held.why, "public"), "freed": (freed, "public")}
    petition = taking.take_in(
        submission, marks, files, on=held.sent_on, today=on, by=None, held=said
    )
    settle(held, TAKEN, by=by)
    _empty(held)
    notices.tell_taken(petition)
    return petition


def free(who: Proven, *, on: date) -> int:
    """Whoever proves her address or number sets her own petitions free, if only a busy line or hour held them.
    Returns how many."""
    found = queries.freed_by(who)
    for held in found:
        take(held, freed="contact", on=on, by=None)
    return len(found)


def take_back(held: HeldPetition) -> None:
    """Its sender takes it back: her words and files go at once. Raises Conflict when it was taken meanwhile."""
    if held.standing not in (WAITING, LAID_ASIDE):
        raise Conflict(taking.already(), code="decided")
    settle(held, WITHDRAWN, by=None)
    _forget(held)
    audit.record("held:withdrawn", subject=held, by="resident")


def forget_person(who: Proven) -> None:
    """Whoever has everything about her deleted is gone from here too."""
    for held in db.session.scalars(sa.select(HeldPetition).where(queries.of_address(who))):
        _forget(held)
        if held.standing != TAKEN:
            settle(held, WITHDRAWN, by=None)


def forget_aside(*, on: date) -> int:
    """Words of what was laid aside go after 90 days; that it came stays. (Daily job.) Returns how many."""
    old = db.session.scalars(
        sa.select(HeldPetition)
        .where(HeldPetition.standing == LAID_ASIDE, HeldPetition.text != "")
        .where(HeldPetition.decided_at < clock.now() - ASIDE_KEPT)
        .limit(FORGOTTEN_AT_ONCE)
    ).all()
    for held in old:
        _forget(held)
    return len(old)


def seal_held(*, on: date) -> int:
    """What came in and was held is sealed into the record, as a number and one hash, every few seconds: a flood
    must not fill the record, nor hold up those who wait for its head. Returns how many."""
    new = db.session.scalars(
        sa.select(HeldPetition)
        .where(HeldPetition.batch.is_(None))
        .order_by(HeldPetition.id)
        .limit(SEALED_AT_ONCE)
    ).all()
    if not new:
        return 0
    batch = new[-1].id
    for held in new:
        held.batch = batch
    fields = {"number": (str(len(new)), "public"), "root": (queries.held_root(new), "public")}
    audit.record("held:batched", subject=("held", str(batch)), by="clock", fields=fields)
    return len(new)


def settle(held: HeldPetition, standing: str, *, by: Person | None) -> None:
    """Note what became of it, when and by whom."""
    held.standing, held.decided_at, held.decided_on = standing, clock.now(), clock.today()
    held.decided_by_id = by.id if by else None


def _empty(held: HeldPetition) -> None:
    for name in WORDS:
        setattr(held, name, "")
    held.mark = ""  # a hash of where it came from, of no use any more
    held.lat = held.lon = None


def _forget(held: HeldPetition) -> None:
    for file in kept_files.files_of(held.subject):
        drop_draft(file)
    _empty(held)
