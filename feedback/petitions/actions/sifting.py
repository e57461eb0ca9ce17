"""A person looks at what is held as one of many: takes it as genuine, lays it aside, puts it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.core.errors import Conflict
from feedback.core.ids import public_id
from feedback.petitions import queries
from feedback.petitions.actions.holding import settle, take
from feedback.petitions.models import HeldPetition
from feedback.petitions.rules.floods import LAID_ASIDE, WAITING

TAKEN_AT_ONCE = 50  # each is a whole petition, with its agency told; a transaction must stay short


@dataclass(frozen=True)
class Chosen:
    """Which of a group: those of ``names``, or with None all up to the key ``below``."""

    why: str
    mark: str
    names: Collection[str] | None
    below: int


def take_as_genuine(chosen: Chosen, *, on: date, by: Person) -> int:
    """They go on as any petition, at most 50 with one press. Returns how many. Raises Conflict for none."""
    found = _found(chosen, WAITING, most=TAKEN_AT_ONCE)
    _record("held:taken", chosen, found, by)
    for held in found:
        take(held, freed="person", on=on, by=by)
    return len(found)


def lay_aside(chosen: Chosen, *, reason: str, by: Person) -> int:
    """Held to be no petition, for a coded reason that their senders read; words and files stay, and it can be
    undone. Returns how many. Raises Conflict for none."""
    found = _found(chosen, WAITING)
    for held in found:
        settle(held, LAID_ASIDE, by=by)
        held.aside_reason = reason
    _record("held:laid_aside", chosen, found, by, reason=reason)
    return len(found)


def put_back(chosen: Chosen, *, by: Person) -> int:
    """What was laid aside waits again. What was forgotten since stays where it is. Raises Conflict for none."""
    found = [held for held in _found(chosen, LAID_ASIDE) if held.text]
    if not found:
        raise gone()
    for held in found:
        settle(held, WAITING, by=by)
        held.aside_reason = ""
    _record("held:put_back", chosen, found, by)
    return len(found)


def gone() -> Conflict:
    """What a person reads who decides about what somebody else has decided."""
    return Conflict(
        _l("Nothing was changed: others decided about these meanwhile, or none was chosen."),
        code="stale",
    )


def _found(chosen: Chosen, standing: str, most: int | None = None) -> Sequence[HeldPetition]:
    found = queries.held_chosen(
        chosen.why,
        chosen.mark,
        standing=standing,
        names=chosen.names,
        below=chosen.below,
        most=most,
    )
    if not found:
        raise gone()
    return found


def _record(
    tag: str,
    chosen: Chosen,
    found: Sequence[HeldPetition],
    by: Person,
    *,
    reason: str | None = None,
) -> None:
    """One event for all of one decision: a flood of thousands must not fill the record."""
    fields = {
        "number": (str(len(found)), "public"),
        "why": (chosen.why, "public"),
        "reason": (reason, "public"),
        "root": (queries.held_root(found), "public"),
    }
    audit.record(tag, subject=("held", public_id()), by=by, fields=fields)
