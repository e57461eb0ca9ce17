"""Petitions in a flood: past a number an hour, whatever comes from one network, under one address, in nearly the
same words, or at all, is kept and held until its sender proves her address or a person has looked.

Counted in this process's memory alone, so that an ordinary submission asks the database nothing more. Nobody
is refused: what was written is kept, its code opens it (docs/floods.md).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from cachetools import TTLCache
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
from feedback.petitions.actions.holding import Held, held_before, hold
from feedback.petitions.actions.submit import IsHeld, Receipt, Submission, submit
from feedback.petitions.rules.floods import Doubt, Drawn, Lately

HERE = {"127.0.0.0/24", "::/48"}  # networks of 127.0.0.1 and ::1
AN_HOUR_S, KEPT = 3600, 20_000
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


class Seen:
    """What this process took in within the hour: from where, under which address, in which words."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self._lock, self._limits = Lock(), limits
        self._numbers: TTLCache[tuple[str, str], int] = TTLCache(KEPT, AN_HOUR_S, monotonic)
        self._texts = Lately(AN_HOUR_S)
        self._times: deque[float] = deque(maxlen=limits["all"] or 1)

    def draw(self, text: str) -> tuple[Drawn, bool]:
        """The text drawn, and whether too many of late are nearly the same."""
        most = self._limits["alike"]
        with self._lock:
            drawn, found = self._texts.draw(text, monotonic())
        return drawn, bool(most) and found >= most

    def add(self, whence: Mapping[str, str], drawn: Drawn) -> None:
        """One more. A number that grows is kept for an hour from its last one."""
        with self._lock:
            for one in whence.items():
                self._numbers[one] = self._numbers.get(one, 0) + 1
            if drawn.numbers:
                self._texts.add(drawn, monotonic())
            self._times.append(monotonic())

    def doubt(self, whence: Mapping[str, str], name: str) -> Doubt | None:
        """Why the next one is held, if it is; ``name``: of the many that it is nearly the same as."""
        with self._lock:
            if self._past(whence, "address"):
                return Doubt("address", mark_of("address", whence["address"]))
            if name:
                return Doubt("alike", name)
            why = "network" if self._past(whence, "network") else "surge" if self._surges() else ""
        return Doubt(why, mark_of("network", whence.get("network", ""))) if why else None

    def _past(self, whence: Mapping[str, str], name: str) -> bool:
        most = self._limits[name]
        return bool(most) and self._numbers.get((name, whence.get(name, "")), 0) >= most

    def _surges(self) -> bool:
        most, times = self._limits["all"], self._times
        return bool(most) and len(times) == most and monotonic() - times[0] < AN_HOUR_S


def take_in(sent: Submission) -> Taken:
    """Submit it and commit, or keep it as one of many. Raises Stopped, and whatever ``submit`` raises."""
    if intake() == "stop":
        raise Stopped
    whence = _whence(sent)
    drawn, many = _seen().draw(f"{sent.title} {sent.text}") if whence else (None, False)
    doubt = _doubt(whence, drawn.name if drawn and many else "", sent)
    try:
        if doubt is None:
            kept: Receipt | Held = settle(lambda: submit(sent, on=clock.today()))
        else:
            kept = settle(lambda: hold(sent, doubt, on=clock.today()))
    except IsHeld as error:
        db.session.rollback()
        kept = held_before(error.key, sent)
    if drawn is not None and not kept.again:
        _seen().add(whence, drawn)
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


def _doubt(whence: dict[str, str], name: str, sent: Submission) -> Doubt | None:
    found = _seen().doubt(whence, name) if whence else None
    if found is None and intake() == "hold":
        found = Doubt("switch", mark_of("network", whence.get("network", "")))
    if found is not None and found.freed_by_proof and _is_proved(sent):
        return None
    return found


def _is_proved(sent: Submission) -> bool:
    """This browser has proved the address under which it sends. Asked only where there is a doubt."""
    who = proven()
    return who is not None and who.covers(email=sent.email, phone=sent.phone)


def _seen() -> Seen:
    found = current_app.extensions.get(EXTENSION)
    if found is None:
        limits = dict(current_app.config["PETITION_LIMITS"])
        found = current_app.extensions.setdefault(EXTENSION, Seen(limits))
    return found  # type: ignore[no-any-return]


def _whence(sent: Submission) -> dict[str, str]:
    """Which limits hold for it. None for this machine itself; behind a proxy whose hops nobody configured
    everybody would be one network, so there only the address counts, the words and how many there are."""
    passed_on = "X-Forwarded-For" in request.headers
    whence = network()
    if whence in HERE and not passed_on:
        return {}
    address = canonical_email(sent.email) if sent.email else canonical_phone(sent.phone)
    lines = {"address": address, "network": "" if whence in HERE else whence}
    return {name: value for name, value in lines.items() if value} or {"network": ""}
