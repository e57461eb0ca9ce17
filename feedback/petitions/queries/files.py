"""Finding one file, or the few of one person or item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from feedback.accounts.models import Contact
from feedback.accounts.rules.addresses import Proven, spellings
from feedback.core.db import db
from feedback.core.ids import keyed_hash, normalise_code
from feedback.files.models import StoredFile
from feedback.files.queries import draft_subject
from feedback.petitions.models import (
    Answer,
    AnswerVersion,
    Dispute,
    HeldPetition,
    InfoRequest,
    Leg,
    Outcome,
    Petition,
    Rating,
)
from feedback.petitions.rules.deadlines import Pause
from feedback.petitions.rules.floods import TAKEN
from feedback.petitions.rules.references import parse_reference
from feedback.petitions.rules.states import ENDED_STATES

WHOLE = (
    joinedload(Petition.agency),
    joinedload(Petition.item),
    joinedload(Petition.commune),
    joinedload(Petition.contact),
    joinedload(Petition.assignee),
    selectinload(Petition.legs).joinedload(Leg.agency),
    selectinload(Petition.answers).options(
        joinedload(Answer.agency),
        joinedload(Answer.rating),
        joinedload(Answer.versions).options(
            joinedload(AnswerVersion.author), joinedload(AnswerVersion.decided_by)
        ),
    ),
)

_BY_KEY = sa.select(Petition).where(Petition.submission_key == sa.bindparam("key"))
_KEY_KNOWN = sa.select(
    sa.select(Petition.id).where(Petition.submission_key == sa.bindparam("key")).scalar_subquery(),
    sa.exists().where(StoredFile.subject == sa.bindparam("subject")),
    sa.select(HeldPetition.id)
    .where(HeldPetition.submission_key == sa.bindparam("key"), HeldPetition.standing != TAKEN)
    .scalar_subquery(),
)


class Known(NamedTuple):
    """What is there under a form's key: the file that was made of it, files that wait to be sent with it, what
    is held of it as one of many."""

    sent: int | None
    drafts: bool
    held: int | None


def by_submission_key(key: str) -> Petition | None:
    return db.session.scalar(_BY_KEY, {"key": keyed_hash(key, "submission")})


def key_known(key: str) -> Known:
    """What is there under a form's key; in one question."""
    asked = {"key": keyed_hash(key, "submission"), "subject": draft_subject(key)}
    sent, drafts, held = db.session.connection().execute(_KEY_KNOWN, asked).one()
    return Known(sent, bool(drafts), held)


def by_code(typed: str) -> Petition | None:
    """The file of a tracking code, typed in any of the usual ways."""
    code = normalise_code(typed)
    if not code:
        return None
    hashed = keyed_hash(code, "code")
    return db.session.scalar(
        sa.select(Petition).where(Petition.code_hash == hashed).options(*WHOLE)
    )


def of_sender(who: Proven, *, most: int | None = 100) -> Sequence[Petition]:
    """The files of whoever left this address or number, newest first; with ``most=None`` every one."""
    left = Contact.phone.in_(spellings(who.phone)) if who.phone else Contact.email == who.email
    return db.session.scalars(
        sa.select(Petition)
        .join(Petition.contact)
        .where(left, Petition.state != "sealed")
        .options(joinedload(Petition.agency))
        .order_by(Petition.submitted_at.desc(), Petition.id.desc())
        .limit(most)
    ).all()


def public_petition(public_id: str) -> Petition | None:
    """A screened file, as anyone may read it."""
    return db.session.scalar(
        sa.select(Petition)
        .where(Petition.public_id == public_id, Petition.is_public, Petition.state != "sealed")
        .options(*WHOLE)
    )


def public_named(typed: str, *, hosts: frozenset[str]) -> Petition | None:
    """The public file that somebody named by its number or by its address on this site."""
    meant = parse_reference(typed, hosts=hosts)
    if meant is None:
        return None
    if meant.public_id:
        return public_petition(meant.public_id)
    found = db.session.scalar(
        sa.select(Petition)
        .where(Petition.id == meant.count, Petition.is_public, Petition.state != "sealed")
        .options(*WHOLE)
    )
    return found if found and found.submitted_on.year % 100 == meant.year else None


def recent_public(*, answered: bool, limit: int = 5) -> Sequence[Petition]:
    """For the front page: newly answered and not opened again, or newly come in."""
    query = sa.select(Petition).where(Petition.is_public).options(joinedload(Petition.agency))
    if answered:
        query = query.where(Petition.answered_on.is_not(None)).order_by(
            Petition.answered_on.desc(), Petition.id.desc()
        )
    else:
        query = query.order_by(Petition.submitted_on.desc(), Petition.id.desc())
    # a few more than are shown, for those opened again: a condition on it would lead away from the index
    found = db.session.scalars(query.limit(2 * limit)).all()
    return [one for one in found if not (answered and one.is_open)][:limit]


def rating_of(answer: Answer) -> Rating | None:
    return db.session.scalar(sa.select(Rating).where(Rating.answer_id == answer.id))


def dispute_of(petition: Petition) -> Dispute | None:
    return db.session.scalar(sa.select(Dispute).where(Dispute.petition_id == petition.id))


def outcome_of(petition: Petition) -> Outcome | None:
    """The end that the file came to; never a refusal that was only proposed, or turned down."""
    if petition.state not in ENDED_STATES:
        return None
    return db.session.scalar(
        sa.select(Outcome)
        .where(
            Outcome.petition_id == petition.id,
            Outcome.kind == petition.state,
            sa.or_(Outcome.kind != "declined", Outcome.confirmed_at.is_not(None)),
        )
        .options(joinedload(Outcome.other))
        .order_by(Outcome.id.desc())
    )


def open_request(petition: Petition) -> InfoRequest:
    """The question that the file waits on. Raises NoResultFound when it waits on none."""
    return db.session.scalars(
        sa.select(InfoRequest).where(
            InfoRequest.petition_id == petition.id, InfoRequest.ended_on.is_(None)
        )
    ).one()


def pauses(petition: Petition) -> list[Pause]:
    rows = db.session.scalars(
        sa.select(InfoRequest)
        .where(InfoRequest.petition_id == petition.id)
        .order_by(InfoRequest.asked_on, InfoRequest.id)
    )
    return [Pause(row.asked_on, row.ended_on) for row in rows]
