"""Petitions in a flood: past a number an hour, whatever comes from one network, under one address, in nearly the
same words, or at all, is kept and held until its sender proves her address or a person has looked.

Counted in memory, or in a store that all web processes share (``counting``), so that an ordinary submission asks
the database nothing more. Nobody is refused: what was written is kept, its code opens it (docs/floods.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from flask_babel import lazy_gettext as _l

from feedback.accounts.queries import proven
from feedback.accounts.rules.addresses import canonical_email, canonical_phone
from feedback.accounts.session import network
from feedback.core import clock
from feedback.core.db import db, settle
from feedback.core.errors import Busy
from feedback.core.ids import keyed_hash
from feedback.core.logs import log
from feedback.pagecache.memory import remembered
from feedback.petitions import queries
from feedback.petitions.actions.holding import Held, held_before, hold
from feedback.petitions.actions.submit import IsHeld, Receipt, Submission, submit
from feedback.petitions.rules.floods import SURGE_FROM, Doubt, Looked, surge_from
from feedback.petitions.views.counting import Counting, Memory, Shared

HERE = {"127.0.0.0/24", "::/48"}  # networks of 127.0.0.1 and ::1
LATER_S = 1800  # a telephone asks again so much later while nothing is taken in
EXTENSION = "feedback.petitions_sent"
MARK = 16  # characters


class Stopped(Busy):
    """The operator takes nothing in from the web just now; the same form may be sent again later."""

    wait = LATER_S

    def __init__(self) -> None:
        sentence = _l(
            "We take no petitions in over the web just now. What you wrote is still here."
            " Please send it later, call, or go to the one-stop desk of your commune."
        )
        super().__init__(sentence, code="intake_stopped")


@dataclass(frozen=True)
class Taken:
    """What its sender gets: the code, and the number if it is a petition already."""

    code: str
    number: str = ""


def take_in(sent: Submission) -> Taken:
    """Submit it and commit, or keep it as one of many. Raises Stopped, and whatever ``submit`` raises."""
    if intake() == "stop":
        raise Stopped
    whence = _whence(sent)
    looked = _look(whence, sent)
    doubt = _doubt(whence or {}, looked, sent)
    try:
        if doubt is None:
            kept: Receipt | Held = settle(lambda: submit(sent, on=clock.today()))
        else:
            kept = settle(lambda: hold(sent, doubt, on=clock.today()))
    except IsHeld as error:
        db.session.rollback()
        kept = held_before(error.key, sent)
    if looked is not None and not kept.again:
        _counting().add(whence or {}, looked.drawn)
    if isinstance(kept, Receipt):
        return Taken(kept.code, kept.petition.reference)
    if doubt is not None and not kept.again:
        log.warning("petition_held", why=doubt.why)
    return Taken(kept.code)


def intake() -> str:
    """How the operator takes petitions in just now: open, hold (unless the contact is proved) or stop."""
    until = current_app.config["INTAKE_UNTIL"]
    over = until is not None and clock.now() >= until
    return "open" if over else str(current_app.config["INTAKE"])


def mark_of(name: str, value: str) -> str:
    """What names the many from one network or under one address, without saying which it is."""
    return keyed_hash(value, f"held-{name}")[:MARK]


def _look(whence: dict[str, str] | None, sent: Submission) -> Looked | None:
    if whence is None:
        return None
    return _counting().look(whence, f"{sent.title} {sent.text}")


def _doubt(whence: dict[str, str], looked: Looked | None, sent: Submission) -> Doubt | None:
    why = looked.why(_limits(looked)) if looked else ""
    if not why and intake() == "hold":
        why = "switch"
    if not why:
        return None
    if looked and why == "alike":
        mark = looked.drawn.name
    else:
        mark = whence.get("address" if why == "address" else "network", mark_of("network", ""))
    found = Doubt(why, mark)
    return None if found.freed_by_proof and _is_proved(sent) else found


def _limits(looked: Looked) -> dict[str, int]:
    """As the operator set them. Of all that come in an hour as many as are usual here pass: asked of the rows
    in a busy hour alone, and once a day."""
    limits, day = dict(current_app.config["PETITION_LIMITS"]), clock.today()
    times = limits["usual"]
    if times and looked.all >= SURGE_FROM:
        usual = remembered(("petitions.usual_hour", day), lambda: queries.usual_hour(day))
        limits["all"] = surge_from(limits["all"], times=times, usual=usual)
    return limits


def _is_proved(sent: Submission) -> bool:
    """This browser has proved the address under which it sends. Asked only where there is a doubt."""
    who = proven()
    return who is not None and who.covers(email=sent.email, phone=sent.phone)


def _counting() -> Counting:
    found = current_app.extensions.get(EXTENSION)
    if found is None:
        limits, url = dict(current_app.config["PETITION_LIMITS"]), current_app.config["REDIS_URL"]
        made = Shared(url, limits) if url else Memory(limits)
        found = current_app.extensions.setdefault(EXTENSION, made)
    return found  # type: ignore[no-any-return]


def _whence(sent: Submission) -> dict[str, str] | None:
    """From where it comes and under which address, as hashes that do not say so. None for this machine itself,
    which has no limits; behind a proxy whose hops nobody configured everybody would be one network, so there
    only the address counts, the words and how many there are."""
    passed_on = "X-Forwarded-For" in request.headers
    whence = network()
    if whence in HERE and not passed_on:
        return None
    address = canonical_email(sent.email) if sent.email else canonical_phone(sent.phone)
    lines = {"address": address, "network": "" if whence in HERE else whence}
    return {name: mark_of(name, value) for name, value in lines.items() if value}
