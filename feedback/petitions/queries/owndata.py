"""Everything that is held about the sender of one file, and what she asked about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.accounts.rules.addresses import Proven
from feedback.core.db import db
from feedback.petitions.models import (
    Answer,
    Consent,
    DataRequest,
    InfoRequest,
    Petition,
    TermRule,
)
from feedback.petitions.queries.attachments import attachments_of
from feedback.petitions.queries.consents import consents_of, words_of
from feedback.petitions.queries.routing import term_on
from feedback.petitions.queries.story import tale
from feedback.petitions.rules.deadlines import DeadlineRule
from feedback.petitions.rules.owndata import REPLY
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import Explanation, explain

OPEN = ("open", "replied")


def held(petition: Petition) -> dict[str, Any]:
    """All of it as plain values, for a file that other programs read."""
    contact = petition.contact
    return {
        "number": petition.reference,
        "sent_at": petition.submitted_at.isoformat(),
        "channel": petition.channel,
        "sender": {
            "name": petition.sender_name,
            "name_public": petition.name_public,
            "email": contact.email if contact else None,
            "phone": contact.phone if contact else None,
        },
        "petition": _sent(petition),
        "answers": [_answer(answer) for answer in petition.answers if answer.published],
        "questions": [
            {"asked_on": one.asked_on.isoformat(), "question": one.question, "reply": one.reply}
            for one in questions_of(petition)
        ],
        "consents": [_consent(one) for one in consents_of(petition)],
        "files": [one.own_name for one in attachments_of(petition)],
        "steps": [
            {"step": event.kind, "at": event.at.isoformat(), "agency": event.agency}
            for event in reversed(tale(petition, levels=("public", "party")))
        ],
    }


def _sent(petition: Petition) -> dict[str, Any]:
    return {
        "kind": petition.kind,
        "title": petition.title,
        "text": petition.text,
        "commune": petition.commune.name if petition.commune else None,
        "place": petition.place,
        "pin": petition.pin_exactly or None,
        "plan_item": petition.item.number if petition.item else None,
        "state": petition.state,
        "public": petition.is_public,
        "due_on": petition.due_on.isoformat(),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    assert answer.published is not None
    return {
        "agency": answer.agency.name,
        "published_at": answer.published_at.isoformat() if answer.published_at else None,
        "text": answer.published.text,
        "rating": answer.rating.score if answer.rating else None,
        "rating_words": answer.rating.words if answer.rating else None,
    }


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "purpose": consent.purpose,
        "version": consent.version,
        "words": words_of(consent),
        "channel": consent.channel,
        "given_at": consent.given_at.isoformat(),
        "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
    }


def questions_of(petition: Petition) -> Sequence[InfoRequest]:
    return db.session.scalars(
        sa.select(InfoRequest)
        .where(InfoRequest.petition_id == petition.id)
        .order_by(InfoRequest.id)
    ).all()


def data_requests_of(petition: Petition) -> Sequence[DataRequest]:
    """What she asked about her data, newest first."""
    return db.session.scalars(
        sa.select(DataRequest)
        .where(DataRequest.petition_id == petition.id)
        .order_by(DataRequest.id.desc())
    ).all()


def open_data_request(petition: Petition, kind: str) -> DataRequest | None:
    return db.session.scalar(
        sa.select(DataRequest).where(
            DataRequest.petition_id == petition.id,
            DataRequest.kind == kind,
            DataRequest.state.in_(OPEN),
        )
    )


def data_requests(*, limit: int = 100) -> Sequence[DataRequest]:
    """For the officer for personal data: what waits, due first."""
    return db.session.scalars(
        sa.select(DataRequest)
        .where(DataRequest.state.in_(OPEN))
        .options(joinedload(DataRequest.petition))
        .order_by(DataRequest.due_on, DataRequest.id)
        .limit(limit)
    ).all()


def data_request(public_id: str) -> DataRequest | None:
    return db.session.scalar(
        sa.select(DataRequest)
        .where(DataRequest.public_id == public_id)
        .options(joinedload(DataRequest.petition))
    )


@dataclass(frozen=True)
class Half:
    """One of a request's two dates, with its reason. ``counted``: counted again by today's calendar it
    comes out as stored; where it does not, a page shows no reckoning."""

    due_on: date
    rule: DeadlineRule
    explanation: Explanation
    counted: bool


@dataclass(frozen=True)
class Clock:
    """Until when the first reply is due, and the thing itself."""

    reply: Half
    end: Half


def clock_of(request: DataRequest, today: date) -> Clock:
    """Count a request's days again, by the calendar and the rules that it was given."""
    end = db.session.get_one(TermRule, request.term_rule_id).as_rule()
    reply = term_on(REPLY, request.asked_on)
    return Clock(
        reply=_half(request.asked_on, request.reply_due_on, reply, today),
        end=_half(request.asked_on, request.due_on, end, today),
    )


def _half(asked_on: date, due_on: date, rule: DeadlineRule, today: date) -> Half:
    found = explain(asked_on, rule.term, load_calendar(), today)
    return Half(due_on, rule, found, counted=found.due_on == due_on)


def next_due(request: DataRequest) -> date:
    """The first reply, then the thing itself."""
    return request.reply_due_on if request.state == "open" else request.due_on


def account_requests(who: Proven) -> Sequence[DataRequest]:
    """What whoever proved this address asked about all of her data, and what is not decided yet."""
    return db.session.scalars(
        sa.select(DataRequest)
        .where(DataRequest.address == (who.phone or who.email))
        .order_by(DataRequest.id.desc())
    ).all()


def open_account_request(who: Proven) -> DataRequest | None:
    return next((one for one in account_requests(who) if one.state in OPEN), None)
