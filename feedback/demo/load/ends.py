"""Ends of a made-up file without an answer: declined, guided, joined, taken back, sealed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from feedback.demo.load.lives import Fields, Life
from feedback.demo.load.when import moment
from feedback.demo.load.world import Someone
from feedback.petitions.rules.codes import DECLINE_REASONS

# of a thousand files
ODDS = {"declined": 30, "guided": 28, "merged": 20, "withdrawn": 18, "sealed": 2}


def drawn(chance: Random) -> str | None:
    """How a file ends, or None for the many that are answered."""
    number = chance.randrange(1000)
    for kind, odds in ODDS.items():
        number -= odds
        if number < 0:
            return kind
    return None


def withdrawn(life: Life) -> None:
    """Before anybody has taken it in."""
    life.resident(life.days.after(life.day, life.chance.randint(0, 2)))
    words = life.texts.say("withdrawals")
    _outcome(life, "withdrawn", None, words=words)
    _end(life, "withdrawn", "", {"words": (words, "party")})


def declined(life: Life) -> None:
    by, second = life.desk.clerk, life.desk.head
    if by is second:
        by = life.world.dispatcher
    life.office(life.days.after(life.day, life.chance.randint(1, 3)))
    reason, words = life.chance.choice(list(DECLINE_REASONS)), life.texts.say("declines")
    outcome = _outcome(life, "declined", by, words=words, reason_code=reason)
    fields = {"reason": (reason, "party"), "next_step": (words, "party")}
    life.tell("petition:decline_proposed", by.actor, dict(fields))
    life.office(life.day)
    outcome["confirmed_by_id"], outcome["confirmed_at"] = second.id, moment(life.ms)
    fields["reason"] = (reason, "public")
    _end(life, "declined", second.actor, fields)


def guided(life: Life) -> None:
    by = life.desk.clerk
    life.office(life.days.after(life.day, life.chance.randint(0, 3)))
    words = life.texts.say("guides")
    _outcome(life, "guided", by, words=words)
    _end(life, "guided", by.actor, {"guidance": (words, "party")})


def merged(life: Life) -> None:
    """Joined to a public file of the same body; guided where there is none yet."""
    by = life.desk.clerk
    life.office(life.days.after(life.day, life.chance.randint(1, 3)))
    known = [one for one in life.desk.recent if one[0] < life.ms]
    if not known:
        return guided(life)
    _ms, key, public_id = life.chance.choice(known)
    _outcome(life, "merged", by)["other_petition_id"] = key
    _end(life, "merged", by.actor, {"into": (public_id, "public")})


def sealed(life: Life) -> None:
    """One person marks it, a second one agrees; neither words nor clock go into the record."""
    officer, head = life.desk.officers[0], life.desk.head
    life.office(life.days.after(life.day, life.chance.randint(0, 2)))
    held = {"created_at": moment(life.ms), "petition_id": life.petition["id"], "by_id": officer.id}
    life.tell("petition:seal_proposed", officer.actor, {})
    life.petition["lock"] += 1
    sealing: dict[str, Any] = {**held, "confirmed_by_id": None, "confirmed_at": None}
    life.batch.add("sealing", sealing)
    life.office(life.day)
    sealing["confirmed_by_id"], sealing["confirmed_at"] = head.id, moment(life.ms)
    life.enter("sealed")
    life.petition["closed_on"] = life.day
    life.tell("petition:sealed", head.actor, {})


ENDS: dict[str, Callable[[Life], None]] = {
    "declined": declined,
    "guided": guided,
    "merged": merged,
    "sealed": sealed,
}


def _outcome(
    life: Life, kind: str, by: Someone | None, *, words: str = "", reason_code: str = ""
) -> dict[str, Any]:
    outcome: dict[str, Any] = {
        "created_at": moment(life.ms),
        "petition_id": life.petition["id"],
        "kind": kind,
        "reason_code": reason_code,
        "words": words,
        "other_petition_id": None,
        "by_id": by.id if by else None,
        "confirmed_by_id": None,
        "confirmed_at": None,
    }
    life.batch.add("outcome", outcome)
    return outcome


def _end(life: Life, state: str, actor: str, fields: Fields) -> None:
    life.enter(state)
    life.petition["closed_on"] = life.day
    life.tell(f"petition:{state}", actor, fields, clock=True)
