"""Whatever acts follow each other, with files coming in, passed on and disputed in between: no open file
and no part is due from a body that does not exist on that day, and no date has moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from feedback.accounts.models import Person, RoleGrant
from feedback.agencies import queries
from feedback.agencies.actions import carry_out, drafting
from feedback.agencies.models import Agency
from feedback.agencies.rules.drafting import BEGINS, ENDS, STAYS
from feedback.agencies.rules.moving import MOVERS
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.ids import public_id
from feedback.petitions.actions import answering, intake, judging, parts
from feedback.petitions.models import Part, Petition
from tests import make
from tests.people import person

BEGIN = date(2026, 8, 3)
PICK = st.integers(min_value=0, max_value=1000)
ITEMS = st.sampled_from(["III.2.2.c", "III.2.2.d", "III.2.2.g", None])
WORDS = "Tôi cần vay vốn nuôi tôm, có ai hướng dẫn trẻ em làm thủ tục không?"


class Acts(RuleBasedStateMachine):
    """Many files, bodies that come and go, and time that only goes forward."""

    plan: Any

    @initialize()
    def begin(self) -> None:
        self.today, self.number = BEGIN, 0
        self.files: list[Petition] = []
        self.dates: dict[str, tuple[date, ...]] = {}

    def teardown(self) -> None:
        db.session.rollback()

    def bodies(self) -> list[Agency]:
        return [a for a in queries.bodies_on(self.today, "department", "office")]

    def staff(self, agency_id: int, role: str) -> Person:
        """Somebody of a body, made when first asked for."""
        query = sa.select(Person).join(Person.grants).where(RoleGrant.role == role)
        found = db.session.scalars(query.where(Person.agency_id == agency_id)).first()
        if found is None:
            found = Person(name=role, email=f"{public_id()}@demo.example", agency_id=agency_id)
            found.grants = [RoleGrant(role=role)]
            db.session.add(found)
            db.session.flush()
        return found

    def keep(self, petition: Petition) -> None:
        self.dates[petition.public_id] = (petition.first_due_on, petition.due_on)

    @rule(item=ITEMS)
    def somebody_sends(self, item: str | None) -> None:
        item_id = make.item(self.plan, item).id if item else None
        petition = make.receipt(item_id=item_id, text=WORDS, on=self.today).petition
        self.files.append(petition)
        self.keep(petition)

    @rule(file=PICK, to=PICK)
    def passed_on(self, file: int, to: int) -> None:
        if self.files:
            petition, bodies = self.files[file % len(self.files)], self.bodies()
            by, body = person("yen"), bodies[to % len(bodies)]
            try:
                intake.transfer(petition, to=body, reason="Đúng việc.", on=self.today, by=by)
            except Refused:
                return

    @rule(file=PICK, to=PICK, answer=st.booleans())
    def worked_on(self, file: int, to: int, answer: bool) -> None:
        """Taken in, given to an officer, and a part asked, or answered by her and her head."""
        if not self.files:
            return
        petition, bodies = self.files[file % len(self.files)], self.bodies()
        officer, head = (self.staff(petition.agency_id, role) for role in ("officer", "head"))
        try:
            if petition.state == "submitted":
                intake.receive(petition, show=True, on=self.today, by=head)
            if petition.state == "received":
                intake.assign(petition, officer=officer, on=self.today, by=head)
            if answer:
                text, on = make.ANSWER, self.today
                sent = answering.send_for_approval(petition, text=text, on=on, by=officer)
                answering.approve(petition, version_id=sent.id, on=on, by=head)
                return
            made = parts.ask_part(
                petition,
                to=bodies[to % len(bodies)],
                question=make.QUESTION,
                due_on=self.today + timedelta(days=1),
                on=self.today,
                by=officer,
            )
            self.dates[made.public_id] = (made.due_on,)
        except Refused:
            return

    @rule(file=PICK)
    def disputed(self, file: int) -> None:
        if self.files:
            petition = self.files[file % len(self.files)]
            try:
                judging.dispute(petition, reason="Vẫn chưa xong việc này.", on=self.today)
            except Refused:
                return
            self.keep(petition)  # the one thing here that may set a new date

    @rule(days=st.integers(min_value=1, max_value=9))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(
        kind=st.sampled_from(["merge", "new", "rename", "split", "dissolve"]),
        a=PICK,
        b=PICK,
        c=PICK,
    )
    def bodies_are_reorganised(self, kind: str, a: int, b: int, c: int) -> None:
        bodies = self.bodies()
        if len(bodies) < 3:
            return
        old = bodies[a % len(bodies)]
        others = [one for one in bodies if one.id != old.id]
        draft = self.entered(kind, old, others[b % len(others)])
        act = queries.act_of(draft)
        said = {
            (name, thing.subject): thing.options[c % len(thing.options)]
            for name, mover in MOVERS.items()
            for thing in mover.things(act)
        }
        by = person("an")
        try:
            with db.session.begin_nested():
                if said:
                    drafting.decide(draft, said, seen=draft.lock, by=by)
                carry_out(draft, on=self.today, by=by)
        except Refused as refused:  # the focal agency without an heir, for one
            assert refused.code == "problems", refused.code
        db.session.expire_all()

    def entered(self, kind: str, old: Agency, other: Agency) -> Any:
        self.number += 1
        by, named = person("an"), "merge" if kind == "new" else kind
        title = f"Đợt thử số {self.number}"
        draft = drafting.draft_act(drafting.Head(title, named, self.today), by=by)
        part = STAYS if kind == "split" else ENDS
        giver = drafting.put_body(draft, part=part, agency=old, seen=draft.lock, by=by)
        fresh = {"name": f"Sở Thử {self.number}", "level": "department"}
        if kind in {"new", "rename"}:
            taker = drafting.put_body(draft, part=BEGINS, seen=draft.lock, by=by, **fresh)
        else:
            taker = drafting.put_body(draft, part=STAYS, agency=other, seen=draft.lock, by=by)
        if kind == "split":
            told = {"function": "Vay vốn", "keywords": "vay vốn, tôn giáo"}
            drafting.put_line(draft, giver=giver, taker=taker, seen=draft.lock, by=by, **told)
        elif kind != "dissolve":
            drafting.put_line(draft, giver=giver, taker=taker, is_main=True, seen=draft.lock, by=by)
        return draft

    @invariant()
    def nothing_is_due_from_nobody(self) -> None:
        db.session.flush()
        assert queries.strays(self.today) == []
        for petition in self.files:
            assert self.dates[petition.public_id] == (petition.first_due_on, petition.due_on)
            if petition.is_open:
                assert petition.agency.exists_on(self.today)
                assert petition.leg.agency_id == petition.agency_id
                assert [leg.number for leg in petition.legs] == list(
                    range(1, petition.leg_number + 1)
                )
                # whoever works on it can: an officer of the body, or it waits to be handed out
                assert petition.state not in {"in_progress"} or petition.assignee is not None
        for part in db.session.scalars(sa.select(Part)):
            assert self.dates[part.public_id] == (part.due_on,)
            assert not part.is_open(self.today) or part.agency.exists_on(self.today)


@pytest.fixture
def stage(app: Flask) -> Iterator[None]:
    with app.app_context():
        make.reference_data()
        Acts.plan = make.plan()
        for name in ("an", "yen"):
            person(name)
        commit()
        yield
        db.session.rollback()


def test_whatever_acts_follow_nothing_is_due_from_a_body_that_ended(stage: None) -> None:
    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=8,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
