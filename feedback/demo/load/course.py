"""The course of a made-up file: taken in, given to an officer, asked about, then answered or ended."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from feedback.demo.load import answering, ends
from feedback.demo.load.lives import Later, Life, Told
from feedback.demo.load.when import ONE, moment
from feedback.demo.load.world import Desk, Someone
from feedback.petitions.rules import deadlines

SOON, SOON_SUMS = (0, 1, 2), (4, 8, 10)  # working days until somebody takes it up


def tell(life: Life) -> list[Told]:
    """Lead a file through everything that has happened to it by today; returns its events."""
    with suppress(Later):
        _lead(life)
    return life.leave()


def _lead(life: Life) -> None:
    ended = None if life.stop_at or life.wish.shown else ends.drawn(life.chance)
    if ended == "withdrawn":
        return ends.withdrawn(life)
    reach(life)
    if ended:
        return ends.ENDS[ended](life)
    life.stay_at("submitted")
    receive(life)
    life.stay_at("received")
    officer = assign(life)
    answer_day = _pace(life)
    if life.stop_at == "needs_info" or (not life.stop_at and life.chance.random() < 0.1):
        _ask(life, officer)
    if life.chance.random() < (0.12 if life.stop_at else 0.04):
        _extend(life, officer)
    life.stay_at("in_progress")
    answered = answering.answer(life, officer, working_day=answer_day + life.waited)
    answering.judge(life, officer, answered)


def reach(life: Life) -> None:
    """To the body that works on it: from dispatch, or passed on by its first holder."""
    wanted = life.wish.desk
    if wanted is life.desk and not life.item.dispatch:
        return
    passed_on = life.chance.random() < 0.06 and wanted is None and not life.wish.item
    if not life.item.dispatch and not passed_on:
        return
    if life.stop_at == "submitted" and wanted is None and life.chance.random() < 0.6:
        raise Later  # it waits where it came in first
    here = life.desk
    to = wanted or _next_body(life)
    if to is here and not life.item.dispatch:
        return
    by = life.world.dispatcher if life.item.dispatch else here.head
    life.office(life.days.after(life.zero, life.chance.randint(1, 3)))
    reason = life.texts.say("transfers")
    due = life.days.leg_due(life.day, life.petition["term_code"])
    life.next_leg(to, "transfer", reason, due, by)
    life.petition["in_dispatch"] = False
    life.enter("submitted")
    fields = {
        "to": (to.code, "public"),
        "leg": (str(life.leg["number"]), "public"),
        "leg_due": (due.isoformat(), "public"),
        "reason": (reason, "public"),
    }
    life.tell("petition:transferred", by.actor, fields, clock=True)


def _next_body(life: Life) -> Desk:
    if life.commune is not None and life.chance.random() < 0.75:
        return life.commune
    body: Desk = life.pick(life.world.bodies)
    return body


def receive(life: Life) -> None:
    by, petition = life.desk.clerk, life.petition
    life.office(life.days.after(life.day, life.chance.choices(SOON, cum_weights=SOON_SUMS)[0]))
    show = life.wish.shown or life.chance.random() < 0.94
    life.enter("received")
    petition["is_public"] = show
    petition["screened_by_id"], petition["screened_at"] = by.id, moment(life.ms)
    life.tell("petition:received", by.actor, {"public": (str(show).lower(), "public")})
    if show:
        life.desk.recent.append((life.ms, petition["id"], petition["public_id"]))


def assign(life: Life) -> Someone:
    officer = life.chance.choice(life.desk.officers)
    by = life.desk.clerk
    life.office(life.days.after(life.day, life.chance.choices(SOON, cum_weights=SOON_SUMS)[0]))
    life.petition["assignee_id"] = officer.id
    life.enter("in_progress")
    life.row("allocation", officer_id=officer.id, by_id=by.id)
    life.tell("petition:assigned", by.actor, {"officer": (officer.public_id, "party")})
    return officer


def _pace(life: Life) -> int:
    """The working day after day zero on which it is answered, waits aside."""
    term = life.days.between(life.zero, life.petition["due_on"])
    if life.chance.random() < life.desk.punctual:
        return round(life.chance.triangular(3, term, term * 0.75))
    return term + 1 + int(life.chance.expovariate(1 / 6))


def _ask(life: Life, officer: Someone) -> None:
    life.office(life.days.after(life.day, life.chance.randint(0, 2)))
    if life.stop_at == "needs_info":  # she was asked lately, and has not answered yet
        lately = life.days.after(life.world.today - timedelta(days=8), life.chance.randint(0, 4))
        life.office(max(life.day, lately))
    bound = life.days.after(life.day, deadlines.PAUSE_LIMIT)
    question, asked_on = life.texts.say("questions"), life.day
    request = {
        "asked_by_id": officer.id,
        "question": question,
        "back_to": "in_progress",
        "asked_on": asked_on,
        "bound_on": bound,
        "reply": "",
        "ended_on": None,
        "replied_at": None,
    }
    held: dict[str, Any] = {"created_at": moment(life.ms), "petition_id": life.petition["id"]}
    held |= request
    life.batch.add("info_request", held)
    life.enter("needs_info")
    fields = {"question": (question, "party"), "waits_until": (bound.isoformat(), "public")}
    life.tell("petition:asked", officer.actor, fields, clock=True)
    life.stay_at("needs_info")
    replies = life.chance.random() < 0.8
    if replies:
        life.resident(life.days.after(asked_on, life.chance.randint(1, 9)))
        held["reply"], held["replied_at"] = life.texts.say("replies"), moment(life.ms)
    else:
        life.night(bound + ONE)
    held["ended_on"] = ended_on = min(life.day, bound)
    due = life.petition["due_on"]
    life.petition["due_on"] = life.days.resumed(due, asked_on, ended_on)
    life.waited = life.days.between(asked_on, ended_on)
    life.enter("in_progress")
    if replies:
        life.tell("petition:supplied", "", {"reply": (held["reply"], "party")}, clock=True)
    else:
        life.tell("petition:resumed", "", {}, clock=True)


def _extend(life: Life, officer: Someone) -> None:
    petition = life.petition
    life.office(life.days.after(life.day, life.chance.randint(1, 4)))
    first = petition["due_on"]
    to_on = life.days.after(first, life.chance.randint(3, 8))
    ceiling = life.days.ceiling(life.zero, petition["term_code"])
    if not deadlines.may_extend(first, to_on, on=life.day, ceiling=ceiling):
        return
    reason = life.texts.say("extensions")
    row = {"reason": reason, "asked_by_id": officer.id, "from_on": first, "to_on": to_on}
    held: dict[str, Any] = {"created_at": moment(life.ms), "petition_id": petition["id"], **row}
    held["approved_by_id"] = held["approved_at"] = None
    life.batch.add("extension", held)
    fields = {"to": (to_on.isoformat(), "public"), "reason": (reason, "public")}
    life.tell("petition:extension_asked", officer.actor, fields)
    life.stay_at("in_progress")  # the head has not decided yet
    life.office(life.day)
    if petition["due_on"] < life.day:
        return
    head = life.desk.head
    held["approved_by_id"], held["approved_at"] = head.id, moment(life.ms)
    petition["due_on"], petition["lock"] = to_on, petition["lock"] + 1
    fields = {"from": (first.isoformat(), "public"), "reason": (reason, "public")}
    life.tell("petition:extended", head.actor, fields, clock=True)
