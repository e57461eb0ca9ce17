"""Reorganisations in preparation: what is wrong with one, and what it would move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from feedback.agencies.models import ActBody, ActDraft, Agency, Reorganisation
from feedback.agencies.queries.bodies import exists
from feedback.agencies.rules.drafting import (
    BEGINS,
    ENDS,
    Handing,
    Involved,
    Problem,
    problems,
)
from feedback.agencies.rules.moving import (
    MOVERS,
    UNDECIDED,
    Act,
    Flow,
    Function,
    Giver,
    Taker,
    Thing,
)
from feedback.agencies.rules.succession import Body
from feedback.core.db import db

SHOWN = 20  # things of one mover on one page
OPEN = ("draft", "scheduled")


def act_draft(public_id: str) -> ActDraft | None:
    """One act in preparation, with its bodies, lines and decisions: four queries."""
    return db.session.scalar(
        sa.select(ActDraft)
        .where(ActDraft.public_id == public_id)
        .options(
            selectinload(ActDraft.bodies),
            selectinload(ActDraft.lines),
            selectinload(ActDraft.choices),
        )
    )


def act_drafts() -> Sequence[ActDraft]:
    """Those in preparation first, by their day; what was thrown away is left out."""
    return db.session.scalars(
        sa.select(ActDraft)
        .where(ActDraft.state != "withdrawn")
        .order_by(ActDraft.state == "done", ActDraft.effective_on, ActDraft.id)
    ).all()


def due_acts(on: date) -> Sequence[ActDraft]:
    """Scheduled acts whose day has come, the earliest first."""
    return db.session.scalars(
        sa.select(ActDraft)
        .where(ActDraft.state == "scheduled", ActDraft.effective_on <= on)
        .order_by(ActDraft.effective_on, ActDraft.id)
    ).all()


def done_acts() -> Sequence[Reorganisation]:
    """Every act that holds, the last one first."""
    return db.session.scalars(
        sa.select(Reorganisation).order_by(
            Reorganisation.effective_on.desc(), Reorganisation.id.desc()
        )
    ).all()


def act_of(draft: ActDraft) -> Act:
    """The act as movers see it."""
    functions: dict[int, list[Function]] = {}
    mains: dict[int, int] = {}
    for line in draft.lines:
        if line.function:
            found = Function(line.function, line.folded, line.taker_id)
            functions.setdefault(line.giver_id, []).append(found)
        elif line.is_main:
            mains[line.giver_id] = line.taker_id
    givers = [b for b in draft.bodies if b.part == ENDS or b.id in functions]
    begins: dict[str, int] = {}
    for body in draft.bodies:
        if body.part == BEGINS:
            begins[body.level] = begins.get(body.level, 0) + 1
    return Act(
        title=draft.title,
        kind=draft.kind,
        on=draft.effective_on,
        givers={
            body.agency_id: Giver(
                id=body.agency_id,
                name=body.name,
                ends=body.part == ENDS,
                main=mains.get(body.id),
                functions=tuple(functions.get(body.id, ())),
            )
            for body in givers
            if body.agency_id is not None
        },
        takers={b.id: Taker(b.id, b.name, b.agency_id) for b in draft.bodies if b.part != ENDS},
        choices={(one.mover, one.subject): one.choice for one in draft.choices},
        begins=begins,
    )


def problems_of(draft: ActDraft) -> list[Problem]:
    """What must be put right before the act can be scheduled or carried out."""
    bodies = [_involved(body) for body in draft.bodies]
    handings = [
        Handing(line.giver_id, line.taker_id, line.function, line.folded, line.is_main)
        for line in draft.lines
    ]
    return problems(
        draft.kind,
        draft.effective_on,
        bodies,
        handings,
        elsewhere=_ended_elsewhere(draft),
        names=_names_taken(draft),
    )


def _involved(body: ActBody) -> Involved:
    agency = body.agency
    known = Body(agency.id, agency.valid_from, agency.valid_to) if agency else None
    return Involved(
        body.id, body.part, body.name, body.level, known, bool(agency and agency.is_focal)
    )


def _ended_elsewhere(draft: ActDraft) -> frozenset[int]:
    """Bodies of this act that another one in preparation ends; made-up acts are in nobody's way."""
    ids = [body.agency_id for body in draft.bodies if body.agency_id is not None]
    if draft.rehearsal or not ids:
        return frozenset()
    query = (
        sa.select(ActBody.agency_id)
        .join(ActBody.draft)
        .where(
            ActBody.agency_id.in_(ids),
            ActBody.part == ENDS,
            ActDraft.id != draft.id,
            ActDraft.state.in_(OPEN),
            ActDraft.rehearsal.is_(False),
        )
    )
    return frozenset(db.session.scalars(query))  # type: ignore[arg-type]


def _names_taken(draft: ActDraft) -> frozenset[str]:
    wanted = [body.name for body in draft.bodies if body.part == BEGINS]
    ending = [b.agency_id for b in draft.bodies if b.part == ENDS and b.agency_id is not None]
    if not wanted:
        return frozenset()
    query = sa.select(Agency.name).where(Agency.name.in_(wanted), exists(draft.effective_on))
    return frozenset(db.session.scalars(query.where(Agency.id.not_in(ending))))


@dataclass(frozen=True)
class Preview:
    """What one mover would move: clear ways counted, then what a person decides (``things``: the first
    of them, undecided ones before decided ones)."""

    mover: str
    flows: Sequence[Flow]
    things: Sequence[Thing]
    undecided: int
    unclear: int

    @property
    def clear(self) -> int:
        return sum(flow.number for flow in self.flows)


def rehearse(act: Act, *, most: int = SHOWN) -> list[Preview]:
    """Everything that the act would move; reads and keeps nothing."""
    return [_preview(name, act, most) for name in MOVERS]


def _preview(name: str, act: Act, most: int) -> Preview:
    waiting: list[Thing] = []
    settled: list[Thing] = []
    undecided, unclear = 0, 0
    for thing in MOVERS[name].things(act):
        unclear += 1
        if thing.choice == UNDECIDED:
            undecided += 1
            if len(waiting) < most:
                waiting.append(thing)
        elif len(settled) < most:
            settled.append(thing)
    things = list(islice([*waiting, *settled], most))
    return Preview(name, MOVERS[name].flows(act), things, undecided, unclear)


def undecided(act: Act) -> int:
    """How many things still wait for a person's word."""
    return sum(
        thing.choice == UNDECIDED for mover in MOVERS.values() for thing in mover.things(act)
    )


def things_named(act: Act, wanted: Mapping[str, set[str]]) -> dict[tuple[str, str], Thing]:
    """The things with these subjects, by mover: what a person's answers are checked against."""
    return {
        (name, thing.subject): thing
        for name, subjects in wanted.items()
        if name in MOVERS
        for thing in MOVERS[name].things(act)
        if thing.subject in subjects
    }


@dataclass(frozen=True)
class Stray:
    """A body that does not exist, and from which something is due: none, ever."""

    agency: Agency
    mover: str
    number: int


def strays(on: date) -> list[Stray]:
    """What is due from bodies that do not exist on the day; the administrator's page shows it."""
    found = [
        (agency_id, name, number)
        for name, mover in MOVERS.items()
        for agency_id, number in mover.strays(on).items()
    ]
    ids = {agency_id for agency_id, _name, _number in found}
    rows = db.session.scalars(sa.select(Agency).where(Agency.id.in_(ids))) if ids else ()
    bodies = {agency.id: agency for agency in rows}
    return [Stray(bodies[agency_id], name, number) for agency_id, name, number in found]
