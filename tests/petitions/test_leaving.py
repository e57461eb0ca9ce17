"""Bình leaves in the middle of the work: his files go on with Lan, and nothing more is written to him."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from feedback.accounts.actions.people import shut_out
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.notifications.models import OutboxMessage
from feedback.petitions.actions import answering, intake, judging
from feedback.plans.models import Plan
from tests import make
from tests.people import person


def to(name: str) -> set[str]:
    """Which messages wait for somebody of the cast."""
    rows = sa.select(OutboxMessage.template).where(OutboxMessage.address == f"{name}@demo.example")
    return set(db.session.scalars(rows))


def test_a_file_goes_on_with_another_officer(plan: Plan) -> None:
    today = clock.today()
    file = make.petition(state="in_progress", item_id=make.item(plan, "III.2.2.c").id)
    draft = answering.save_draft(file, text="Bản nháp của Bình.", by=person("binh"))
    shut_out(person("binh"), by=person("an"))
    with pytest.raises(Refused, match="has_it"):
        intake.assign(file, officer=person("binh"), on=today, by=person("thu"))
    before = file.due_on, file.leg_number
    intake.assign(file, officer=person("lan"), on=today, by=person("thu"))
    version = answering.send_for_approval(file, text=make.ANSWER, on=today, by=person("lan"))
    answering.approve(file, version_id=version.id, on=today, by=person("giang"))
    commit()
    assert (file.due_on, file.leg_number) == before
    assert [v.author_id for v in file.answers[0].versions] == [draft.author_id, person("lan").id]
    assert "petitions/staff_assigned" in to("lan")


def test_nothing_is_written_to_who_has_left(plan: Plan) -> None:
    file = make.petition(state="in_progress", item_id=make.item(plan, "III.2.2.c").id)
    person("giang")
    commit()
    before = to("binh")
    shut_out(person("binh"), by=None)
    judging.mark_late(file, on=clock.today())
    commit()
    assert to("binh") == before
    assert "petitions/staff_late" in to("giang")
