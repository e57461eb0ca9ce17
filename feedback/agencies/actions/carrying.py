"""Carrying an act out: bodies end and begin, and everything that was theirs moves, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies import notices, queries
from feedback.agencies.actions.drafting import check_whole, stale
from feedback.agencies.models import ActBody, ActDraft, Agency, Reorganisation, Succession
from feedback.agencies.rules.drafting import BEGINS, ENDS
from feedback.agencies.rules.moving import MOVERS
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.core.text import fold


def carry_out(draft: ActDraft, *, seen: int | None = None, on: date, by: Person | None) -> None:
    """Make the act hold, from its own day on. One event for the act, one for each file that moved.

    Raises Conflict when it was changed since ``seen``; Refused before its day, while something is
    undecided or wrong, and where anything would be left with a body that has ended. Then nothing has
    changed. ``by`` is None for the clock.
    """
    # two carriers at once carry one after the other (PostgreSQL); the second finds it done
    db.session.refresh(draft, ["state", "lock"], with_for_update=True)
    _check(draft, seen, on)
    _hold(draft)
    act = queries.act_of(draft)
    if queries.undecided(act):
        raise Refused(_l("Decide first what the rehearsal still asks."), code="undecided")
    _begin_bodies(draft)
    _end_bodies(draft)
    draft.reorganisation_id = _write_down(draft).id
    db.session.flush()
    act = queries.act_of(draft)  # now with the keys of the bodies that began
    moved = {name: mover.apply(act, on=on, by=by or "clock") for name, mover in MOVERS.items()}
    db.session.flush()
    left = {name: act.ending & mover.strays(on).keys() for name, mover in MOVERS.items()}
    if any(left.values()):
        raise Refused(_l("Something would be left with a body that ends."), code="left_behind")
    draft.state, draft.moved = "done", moved
    draft.done_on, draft.done_at, draft.done_by_id = on, clock.now(), by.id if by else None
    _record(draft, moved, by)
    notices.tell_staff_reorganised(draft, act, moved)


def carry_out_due(*, on: date) -> int:
    """The clock carries out what was scheduled and is decided; of the rest the administrators hear.

    Returns how many acts were carried out.
    """
    done = 0
    for draft in queries.due_acts(on):
        try:
            with db.session.begin_nested():
                carry_out(draft, on=on, by=None)
                done += 1
        except Refused as refused:
            db.session.refresh(draft)
            notices.tell_admins_waiting(draft, refused.code, on)
    return done


def _check(draft: ActDraft, seen: int | None, on: date) -> None:
    if not draft.is_open:
        raise Refused(_l("This act has been carried out or thrown away."), code="not_open")
    if seen is not None and draft.lock != seen:
        raise stale()
    if on < draft.effective_on:
        raise Refused(
            _l("Its day, %(day)s, has not come.", day=f"{draft.effective_on:%d/%m/%Y}"),
            code="too_early",
        )
    check_whole(draft)


def _hold(draft: ActDraft) -> None:
    """Wait for whoever is just giving something to a body that ends (a new file holds its body's row by
    the foreign key), and let nobody begin (PostgreSQL; SQLite has one writer)."""
    ids = sorted(b.agency_id for b in draft.bodies if b.part == ENDS and b.agency_id is not None)
    query = sa.select(Agency.id).where(Agency.id.in_(ids)).order_by(Agency.id)
    db.session.execute(query.with_for_update()).all()


def _begin_bodies(draft: ActDraft) -> None:
    for body in draft.bodies:
        if body.part != BEGINS:
            continue
        body.agency = Agency(
            code=_code(body, draft.effective_on),
            name=body.name,
            short_name=body.short_name,
            folded=fold(body.name),
            level=body.level,
            place_name=body.place_name or None,
            valid_from=draft.effective_on,
        )
        db.session.add(body.agency)
        db.session.flush()


def _code(body: ActBody, day: date) -> str:
    """A short code from the name; with the year, and then a number, where it was used before."""
    words = fold(body.place_name or body.name)[:48].replace(" ", "-")
    tries = [words, f"{words}-{day.year}", *(f"{words}-{day.year}-{n}" for n in range(2, 100))]
    return next(code for code in tries if queries.by_code(code) is None)


def _end_bodies(draft: ActDraft) -> None:
    """The last day of a body is the eve of the act; the mark of the focal agency goes to its heir."""
    heirs = {line.giver_id: line.taker for line in draft.lines if line.is_main}
    for body in draft.bodies:
        if body.part != ENDS or body.agency is None:
            continue
        body.agency.valid_to = draft.effective_on - timedelta(days=1)
        heir = heirs[body.id].agency if body.id in heirs else None
        if body.agency.is_focal and heir is not None:
            body.agency.is_focal, heir.is_focal = False, True
    db.session.flush()


def _write_down(draft: ActDraft) -> Reorganisation:
    """The act and its successions, from now on as true as those that were shipped."""
    row = Reorganisation(
        code=f"{draft.effective_on.isoformat()}-{draft.public_id}",
        title=draft.title,
        kind=draft.kind,
        effective_on=draft.effective_on,
        legal_basis=draft.legal_basis,
        mark=draft.mark,
    )
    row.successions = [
        Succession(
            predecessor=line.giver.agency,
            successor=line.taker.agency,
            function=line.function,
            keywords="|".join(line.folded),
            is_main=line.is_main,
            mark=draft.mark,
        )
        for line in draft.lines
    ]
    db.session.add(row)
    db.session.flush()
    return row


def _record(draft: ActDraft, moved: Mapping[str, int], by: Person | None) -> None:
    ended = [b.agency.code for b in draft.bodies if b.part == ENDS and b.agency]
    begun = [b.agency.code for b in draft.bodies if b.part == BEGINS and b.agency]
    told = {
        "title": draft.title,
        "kind": draft.kind,
        "effective_on": draft.effective_on.isoformat(),
        "basis": draft.legal_basis,
        "ended": " ".join(ended),
        "begun": " ".join(begun),
        "moved": " ".join(f"{name}={number}" for name, number in moved.items()),
    }
    fields = {name: (value, "public") for name, value in told.items() if value}
    audit.record("agency:reorganised", subject=draft, by=by or "clock", fields=fields)
