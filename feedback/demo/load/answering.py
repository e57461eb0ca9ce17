"""The answer of a made-up file and what the resident says of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from feedback.core.ids import spell
from feedback.demo.load.finding import Given
from feedback.demo.load.lives import Life
from feedback.demo.load.when import ONE, moment
from feedback.demo.load.world import Someone
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.sender import DISPUTE_DAYS

SETTLED = timedelta(days=DISPUTE_DAYS)
SCORES, SCORE_SUMS = (5, 4, 3, 2, 1), (38, 66, 84, 93, 100)


def answer(life: Life, officer: Someone, *, working_day: int, since: date | None = None) -> int:
    """A version to the head, now and then back and again, and exactly the last one published.

    ``working_day`` counts from ``since``, or from day zero. Returns the answer's key.
    """
    zero = since or life.zero
    life.office(max(life.day, life.days.after(zero, max(working_day - 1, 1))))
    held: dict[str, Any] = {
        "public_id": spell(life.chance.getrandbits(80)),
        "created_at": moment(life.ms),
        "petition_id": life.petition["id"],
        "leg_number": life.leg["number"],
        "agency_id": life.desk.id,
        "published_at": None,
    }
    key = life.batch.add("answer", held)
    version = _send(life, officer, key, 1)
    life.stay_at("awaiting_approval")
    if life.chance.random() < 0.08:
        _send_back(life, version)
        life.office(life.days.after(life.day, life.chance.randint(0, 1)))
        version = _send(life, officer, key, 2)
    life.office(max(life.day, life.days.after(zero, working_day)))
    held["published_at"] = moment(life.ms)
    _approve(life, version)
    return key


def _send(life: Life, officer: Someone, answer_id: int, number: int) -> dict[str, Any]:
    text = life.texts.answer()
    version: dict[str, Any] = {
        "created_at": moment(life.ms),
        "answer_id": answer_id,
        "number": number,
        "text": text,
        "author_id": officer.id,
        "state": "sent",
        "sent_at": moment(life.ms),
        "decided_by_id": None,
        "decided_at": None,
        "note": "",
    }
    life.batch.add("answer_version", version)
    fields = {"version": (str(number), "party"), "text": (text, "party")}
    life.tell("petition:drafted", officer.actor, fields)
    life.enter("awaiting_approval")
    fields = {"version": (str(number), "public")}
    life.tell("petition:sent_for_approval", officer.actor, fields, ms=life.ms + 1)
    return version


def _decide(life: Life, version: dict[str, Any], state: str) -> None:
    version["state"], version["decided_by_id"] = state, life.desk.head.id
    version["decided_at"] = moment(life.ms)


def _send_back(life: Life, version: dict[str, Any]) -> None:
    life.office(life.day)
    _decide(life, version, "returned")
    version["note"] = life.texts.say("notes")
    life.enter("in_progress")
    fields = {"version": (str(version["number"]), "party"), "note": (version["note"], "party")}
    life.tell("petition:sent_back", life.desk.head.actor, fields)


def _approve(life: Life, version: dict[str, Any]) -> None:
    petition = life.petition
    _decide(life, version, "published")
    in_time = deadlines.on_time(life.day, petition["due_on"])
    if petition["answered_on"] is None:
        petition["answered_on"], petition["on_time"] = life.day, in_time
        petition["answer_days"] = life.days.taken(life.zero, life.day)
    life.enter("answered")
    life.answers.append(Given(version["answer_id"], version["text"], life.day, life.desk))
    fields = {
        "version": (str(version["number"]), "public"),
        "text": (version["text"], "public" if petition["is_public"] else "party"),
        "on_time": (str(in_time).lower(), "public"),
        "answered_on": (life.day.isoformat(), "public"),
    }
    life.tell("petition:answered", life.desk.head.actor, fields, clock=True)


def judge(life: Life, officer: Someone, answer_id: int) -> None:
    """A rating or none, a dispute now and then, and the end after thirty days of peace."""
    answered = life.day
    if life.chance.random() < 0.3:
        _rate(life, answer_id)
    if life.chance.random() < 0.035:
        _dispute(life, answer_id)
        days = life.chance.choices((5, 9, 13, 18), cum_weights=(3, 6, 9, 10))[0]
        answer(life, officer, working_day=days, since=life.day)
        answered = life.day
    life.night(answered + SETTLED + ONE)
    life.enter("closed")
    life.petition["closed_on"] = life.day
    life.tell("petition:closed", "", {})


def _rate(life: Life, answer_id: int) -> None:
    life.resident(life.day + timedelta(days=life.chance.randint(0, 5)))
    score = life.chance.choices(SCORES, cum_weights=SCORE_SUMS)[0]
    words = life.texts.rating(score)
    life.row("rating", answer_id=answer_id, score=score, words=words)
    life.tell("petition:rated", "", {"score": (str(score), "public"), "words": (words, "party")})


def _dispute(life: Life, answer_id: int) -> None:
    petition = life.petition
    life.resident(life.day + timedelta(days=life.chance.randint(1, DISPUTE_DAYS - 6)))
    reason = life.texts.say("disputes")
    due = life.days.leg_due(life.day, petition["term_code"])
    life.next_leg(life.desk, "reopened", reason, due, None)
    petition["due_on"] = due
    life.enter("in_progress")
    life.row("dispute", answer_id=answer_id, reason=reason, due_on=due)
    life.tell("petition:disputed", "", {"reason": (reason, "party")}, clock=True)
