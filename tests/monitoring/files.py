"""A varied set of files, put straight into the tables: figures must hold whatever the verbs allow."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from feedback.agencies.models import Agency
from feedback.agencies.queries import by_code
from feedback.core.db import db
from feedback.core.ids import public_id
from feedback.monitoring.actions import recount
from feedback.petitions.models import Answer, Dispute, InfoRequest, Petition, TermRule
from feedback.petitions.rules.states import OPEN_STATES
from tests.people import person

COMMUNES = ("phuong-tan-ninh", "xa-tan-bien")
BODIES = ("so-noi-vu", "so-tai-chinh", "so-y-te", *COMMUNES)
STATES = ("submitted", "received", "in_progress", "needs_info", "awaiting_approval")
STATES += (
    "answered",
    "closed",
    "declined",
    "guided",
    "merged",
    "withdrawn",
    "sealed",
    "reopened",
)
KINDS = ("concern", "proposal", "question", "concern", "complaint")


def bodies() -> Sequence[Agency]:
    return db.session.scalars(sa.select(Agency).where(Agency.code.in_(BODIES))).all()


def varied(*, number: int, on: date, seed: int) -> list[Petition]:
    """Files of five bodies over about fourteen months, in every state, public and not."""
    chance = random.Random(seed)
    homes = bodies()
    made = []
    for _each in range(number):
        sent = on - timedelta(days=chance.randrange(0, 430))
        made.append(
            one(
                chance.choice(homes),
                state=chance.choice(STATES),
                sent=sent,
                due=sent + timedelta(days=chance.choice((7, 15, 21, 45, 200))),
                answered_after=chance.randrange(0, 40),
                kind=chance.choice(KINDS),
                is_public=chance.random() < 0.6,
                commune=chance.choice((None, *COMMUNES)),
            )
        )
        if made[-1].answered_on and chance.random() < 0.3:
            dispute(made[-1])
        if made[-1].state == "needs_info":
            ask(made[-1], asked=sent + timedelta(days=chance.randrange(0, 60)))
    counted()
    return made


def counted() -> None:
    """Rows that no verb made are in no roll-up yet."""
    db.session.flush()
    recount()


def one(
    agency: Agency,
    *,
    state: str,
    sent: date,
    due: date,
    answered_after: int = 5,
    kind: str = "concern",
    is_public: bool = True,
    commune: str | None = None,
) -> Petition:
    """One file; ``reopened`` is an answered file that is in progress again."""
    answered = sent + timedelta(days=answered_after)
    has_answer = state in {"answered", "closed", "reopened"}
    state = "in_progress" if state == "reopened" else state
    made = Petition(
        code_hash=public_id(),
        submission_key=public_id(),
        fingerprint="0" * 64,
        kind=kind,
        title=f"Đèn đường hỏng {public_id()}",
        text="Đèn đường trước nhà hỏng đã lâu, tối đi lại rất khó.",
        state=state,
        is_open=state in OPEN_STATES,
        is_public=is_public and kind != "complaint" and state != "sealed",
        agency_id=agency.id,
        commune_id=by_code(commune).id if commune else None,
        submitted_at=datetime(sent.year, sent.month, sent.day, 3, tzinfo=UTC),
        submitted_on=sent,
        term_code="PAKN_ANSWER",
        term_rule_id=_term().id,
        first_due_on=due,
        due_on=due,
        answered_on=answered if has_answer else None,
        on_time=answered <= due if has_answer else None,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _term() -> TermRule:
    return db.session.scalars(sa.select(TermRule).where(TermRule.code == "PAKN_ANSWER")).first()


def ask(petition: Petition, *, asked: date) -> None:
    db.session.add(
        InfoRequest(
            petition_id=petition.id,
            asked_by_id=person("binh").id,
            question="Đoạn đường nào?",
            back_to="in_progress",
            asked_on=asked,
            bound_on=asked + timedelta(days=14),
        )
    )


def dispute(petition: Petition) -> None:
    answer = Answer(petition_id=petition.id, leg_number=1, agency_id=petition.agency_id)
    db.session.add(answer)
    db.session.flush()
    words = "Chưa nói bao giờ làm."
    made = Dispute(
        petition_id=petition.id, answer_id=answer.id, reason=words, due_on=petition.due_on
    )
    db.session.add(made)
