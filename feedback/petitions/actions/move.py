"""What every verb shares: ask the table of moves, change the state, write one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from feedback import audit
from feedback.accounts.models import Person
from feedback.core.errors import Conflict, Refused
from feedback.petitions.models import Part, Petition
from feedback.petitions.rules.states import OPEN_STATES, MoveForbidden, check_move

Fields = Mapping[str, tuple[str, str]]


def may_move(petition: Petition, verb: str) -> None:
    """Raises Refused when the table forbids this verb in the petition's state."""
    try:
        check_move(verb, petition.state)
    except MoveForbidden as error:
        raise Refused(
            _l("This step is not possible now: the file has moved on. Nothing was changed."),
            code="move_forbidden",
        ) from error


def check_seen(petition: Petition | Part, seen: int) -> None:
    """Raises Conflict when somebody changed the file after this person's page was made."""
    if petition.lock != seen:
        raise stale()


def stale() -> Conflict:
    """What a person reads when another change of the same file came first."""
    return Conflict(
        _l(
            "Someone else changed this file while you were working on it. Read what changed, then save again."
        ),
        code="stale",
    )


def touch(petition: Petition) -> None:
    """Count a change that leaves the petition's own row as it is (a proposal, a word about one), so
    that of two people who decide at once the second one is told."""
    flag_modified(petition, "state")


def enter(petition: Petition, state: str, *, on: date) -> None:
    """Put the petition into a state and keep what depends on it true."""
    petition.state = state
    petition.is_open = state in OPEN_STATES
    if not petition.is_open:
        petition.leg.ended_on = petition.leg.ended_on or on
        petition.in_dispatch = False


def record(
    petition: Petition,
    tag: str,
    *,
    by: Person | None,
    fields: Fields | None = None,
    files: Sequence[str] = (),
    clock: bool = False,
) -> None:
    """One event about this petition; with ``clock`` it names the due date and its rule."""
    audit.record(
        tag,
        subject=petition,
        by=by,
        agency=petition.agency.code,
        fields=dict(fields or {}),
        files=tuple(files),
        due=petition.due_on if clock else None,
        rule=petition.term_code if clock else None,
    )
