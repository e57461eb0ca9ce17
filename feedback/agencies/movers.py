"""What of the registry itself and of its people moves with a reorganisation; registered in app.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.accounts.models import Person
from feedback.agencies.models import Agency, AgencyContact, AgencyGroup, GroupTerm
from feedback.agencies.queries import bodies_by_level, exists, groups, levels_of
from feedback.agencies.rules.moving import Act, Flow, Thing, counted
from feedback.core.db import db

LEVEL = "level:"
MEANT = ("department", "office", "district", "commune", "front")  # levels a group may mean


class People:
    """Memberships. Who works at a body that ends goes to its main successor; where there is none, a
    person says for each where she goes. Nobody is moved out of a body that lives on."""

    name = "accounts.people"

    def flows(self, act: Act) -> Sequence[Flow]:
        rows = db.session.execute(
            sa.select(Person.agency_id, sa.func.count())
            .where(Person.agency_id.in_(act.ending), Person.enabled)
            .group_by(Person.agency_id)
        ).all()
        clear = [(act.givers[a], n) for a, n in rows if a is not None]
        return [Flow(g.name, f"to:{g.main}", n) for g, n in clear if g.main is not None]

    def things(self, act: Act) -> Iterator[Thing]:
        without = [g.id for g in act.givers.values() if g.ends and g.main is None]
        people = db.session.execute(
            sa.select(Person.public_id, Person.name, Person.agency_id)
            .where(Person.agency_id.in_(without), Person.enabled)
            .order_by(Person.agency_id, Person.id)
        )
        for public_id, name, agency_id in people:
            subject, giver = f"person:{public_id}", act.givers[agency_id or 0]
            yield Thing(
                subject=subject,
                title=name,
                giver=giver.name,
                choice=act.decided(self.name, subject),
                options=act.options(giver.id, dispatch=False),
            )

    def apply(self, act: Act, *, on: date, by: Any) -> int:
        people = db.session.scalars(
            sa.select(Person).where(Person.agency_id.in_(act.ending)).order_by(Person.id)
        ).all()
        moved = 0
        for person in people:
            giver = act.givers[person.agency_id or 0]
            by_rule = f"to:{giver.main}" if giver.main is not None else ""
            choice = by_rule or act.decided(self.name, person.subject)
            target = act.target(choice)
            if target is None:
                continue  # somebody who no longer works here stays where she was last
            person.agency_id = target
            moved += 1
            code = db.session.get_one(Agency, target).code
            fields = {"from": (giver.name, "party"), "to": (code, "party")}
            audit.record("person:moved", subject=person, by=by, agency=code, fields=fields)
        db.session.flush()
        return moved

    def strays(self, on: date) -> Mapping[int, int]:
        rows = db.session.execute(
            sa.select(Person.agency_id, sa.func.count())
            .join(Agency, Agency.id == Person.agency_id)
            .where(Person.enabled, sa.not_(exists(on)))
            .group_by(Person.agency_id)
        )
        return {agency_id: number for agency_id, number in rows if agency_id is not None}


class Groups:
    """Collective phrases. Which bodies one means follows from their level by itself; only where a level
    empties a person says which level the phrase means from then on."""

    name = "agencies.groups"

    def flows(self, act: Act) -> Sequence[Flow]:
        return []

    def things(self, act: Act) -> Iterator[Thing]:
        eve = act.on - timedelta(days=1)
        (before,) = bodies_by_level(eve)
        ending = db.session.execute(
            sa.select(Agency.level, sa.func.count())
            .where(Agency.id.in_(act.ending), exists(eve))
            .group_by(Agency.level)
        )
        ended: dict[str, int] = {str(level): number for level, number in ending}
        for group in groups():
            levels = levels_of(group, eve)
            if not any(before.get(level) for level in levels):
                continue
            if any(_after(before, ended, act, level) for level in levels_of(group, act.on)):
                continue
            subject = f"group:{group.code}"
            yield Thing(
                subject=subject,
                title=group.name,
                giver="",
                choice=act.decided(self.name, subject),
                options=tuple(
                    f"{LEVEL}{level}" for level in MEANT if _after(before, ended, act, level)
                ),
            )

    def apply(self, act: Act, *, on: date, by: Any) -> int:
        chosen = {
            subject.removeprefix("group:"): choice.removeprefix(LEVEL)
            for (mover, subject), choice in act.choices.items()
            if mover == self.name and choice.startswith(LEVEL)
        }
        for group in groups():
            if group.code in chosen:
                _from_then_on(group, chosen[group.code], act.on)
        db.session.flush()
        return len(chosen)

    def strays(self, on: date) -> Mapping[int, int]:
        return {}


def _after(before: Mapping[str, int], ended: Mapping[str, int], act: Act, level: str) -> int:
    return before.get(level, 0) - ended.get(level, 0) + act.begins.get(level, 0)


def _from_then_on(group: AgencyGroup, level: str, on: date) -> None:
    for term in group.terms:
        if term.valid_to is None or term.valid_to >= on:
            term.valid_to = on - timedelta(days=1)
    group.terms.append(GroupTerm(level=level, valid_from=on))


class Contacts:
    """How a body is reached goes along when it only changes its name; any other new body's contact is
    entered anew, so nobody is sent to the wrong door."""

    name = "agencies.contacts"

    def flows(self, act: Act) -> Sequence[Flow]:
        return counted(act.givers, ((row.agency_id, f"to:{main}") for row, main in _known(act)))

    def things(self, act: Act) -> Iterator[Thing]:
        return iter(())

    def apply(self, act: Act, *, on: date, by: Any) -> int:
        moved = 0
        for row, main in _known(act):
            target = act.target(f"to:{main}")
            if target is None:
                continue
            copied = {c.name: getattr(row, c.name) for c in AgencyContact.__table__.columns}
            db.session.add(AgencyContact(**{**copied, "agency_id": target}))
            moved += 1
        db.session.flush()
        return moved

    def strays(self, on: date) -> Mapping[int, int]:
        return {}


def _known(act: Act) -> list[tuple[AgencyContact, int]]:
    if act.kind != "rename":
        return []
    rows = db.session.scalars(
        sa.select(AgencyContact).where(AgencyContact.agency_id.in_(act.ending))
    )
    mains = ((row, act.givers[row.agency_id].main) for row in rows)
    return [(row, main) for row, main in mains if main is not None]
