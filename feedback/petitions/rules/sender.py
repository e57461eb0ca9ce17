"""What the sender of a petition may still do, decided on plain values."""

from __future__ import annotations

from datetime import date, timedelta

from feedback.petitions.rules.states import ANSWERED_STATES, ENDED_STATES, OPEN_STATES

DISPUTE_DAYS = 30  # after the answer; then the file closes
MIN_REASON_WORDS = 3


def dispute_until(answered_on: date) -> date:
    """The last day on which an answer may be disputed."""
    return answered_on + timedelta(days=DISPUTE_DAYS)


def dispute_bar(state: str, answered_on: date | None, *, disputed: bool, on: date) -> str:
    """Why an answer cannot be disputed on a day; empty when it can."""
    if disputed:
        return "disputed_already"
    if answered_on is None or state not in ANSWERED_STATES:
        return "ended" if state in ENDED_STATES else "not_answered"
    return "too_late" if state == "closed" or on > dispute_until(answered_on) else ""


def supply_bar(state: str) -> str:
    """Why nothing can be supplied now; empty when the agency waits for the sender."""
    return "" if state == "needs_info" else "not_asked" if state in OPEN_STATES else "ended"


def withdraw_bar(state: str) -> str:
    """Why a file cannot be taken back now; empty while it is open."""
    if state in OPEN_STATES:
        return ""
    return "answered" if state in ANSWERED_STATES else "ended"


def choices(state: str, answered_on: date | None, *, disputed: bool, on: date) -> tuple[str, ...]:
    """What is open to the sender now, the most pressing first. ``renew`` is a new petition: the way
    on from whatever has ended."""
    bars = {
        "supply": supply_bar(state),
        "dispute": dispute_bar(state, answered_on, disputed=disputed, on=on),
        "withdraw": withdraw_bar(state),
        "renew": "" if state not in OPEN_STATES else "open",
    }
    return tuple(verb for verb, bar in bars.items() if not bar)
