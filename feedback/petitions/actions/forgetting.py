"""How a person is forgotten: in the rows of a file, in the record, in messages, and in what she follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.accounts.actions.forgetting import forget_address
from feedback.accounts.models import Person
from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.audit.queries import events_of
from feedback.core.db import db
from feedback.files.actions import drop_draft
from feedback.notifications.actions import forget_about, forget_recipient
from feedback.petitions import queries
from feedback.petitions.actions import holding
from feedback.petitions.actions.move import touch
from feedback.petitions.actions.screening import keep_only_blurred
from feedback.petitions.models import (
    DataRequest,
    Dispute,
    Follower,
    InfoRequest,
    Leg,
    Outcome,
    Petition,
    Rating,
)
from feedback.petitions.rules.owndata import fields_to_erase

Forgetter = Callable[..., object]  # (who, *, uncount)
_also: list[Forgetter] = []
# where she wrote something that is hers alone; of rows that agencies write as well, which are hers
HER_WORDS: tuple[tuple[Any, str, tuple[Any, ...]], ...] = (
    (InfoRequest, "reply", ()),
    (Rating, "words", ()),
    (Dispute, "reason", ()),
    (Leg, "reason", (Leg.reason_kind == "reopened",)),
    (Outcome, "words", (Outcome.kind == "withdrawn",)),
    (DataRequest, "words", ()),
)


def also_forget(act: Forgetter) -> None:
    """What a feature above keeps under a proved address is forgotten in the same transaction (``app.py``
    says who)."""
    if act not in _also:
        _also.append(act)


def forget_person(who: Proven, *, uncount: bool) -> None:
    """All that is kept under this address besides her files: followings, codes, sessions, messages,
    and what features above keep."""
    mine = Follower.contact_hash == contact_hash(who)
    db.session.execute(sa.delete(Follower).where(mine))
    holding.forget_person(who)
    forget_address(who)
    forget_recipient(who.phone or who.email)
    for act in _also:
        act(who, uncount=uncount)


def forget_in_messages(petition: Petition) -> None:
    """Titles and words in messages to staff: what waits unsent goes, an inbox keeps only the number."""
    forget_about(petition.public_id, petition.reference, f"/officer/petitions/{petition.public_id}")


def forget_in_rows(petition: Petition) -> None:
    """Name, contact, spot, her own words, her own followings, files that nobody else may see."""
    petition.sender_name, petition.name_public, petition.notices = "", False, "none"
    petition.place, petition.lat, petition.lon, petition.pin_public = "", None, None, False
    if petition.contact is not None:
        petition.contact.email = petition.contact.phone = None
    if not petition.is_public:
        petition.title = petition.text = ""
    for model, column, hers in HER_WORDS:
        db.session.execute(
            sa.update(model)
            .where(model.petition_id == petition.id, *hers)
            .values({column: ""})
            .execution_options(synchronize_session="fetch")
        )
    db.session.execute(sa.delete(Follower).where(Follower.petition_id == petition.id, Follower.own))
    for attachment in queries.attachments_of(petition):
        keep_only_blurred(attachment)
        if not attachment.is_public:
            stored = attachment.file
            db.session.delete(attachment)
            db.session.flush()
            drop_draft(stored)
        else:
            attachment.file.name = attachment.own_name
    touch(petition)


def forget_in_record(petition: Petition, by: Person) -> None:
    """The same in the record: value and salt go, and a ``log:erased`` event follows."""
    found = {}
    for event in events_of(petition.subject, levels=("public", "party")):
        names = fields_to_erase(event.kind, public=petition.is_public)
        found[event.seq] = [name for name in names if event.fields.get(name) is not None]
    fields = {seq: some for seq, some in found.items() if some}
    if fields:
        audit.erase(fields, subject=petition, basis="Nghị định 356/2025/NĐ-CP", by=by)
