"""The two reorganisations of 2025 over plan 2705, as they would have been carried out here: the registry
of 2024, open work at bodies of then, the acts of 1 March and 1 July, every unclear thing decided by a
person, and nothing due from a body that no longer exists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.agencies import queries
from feedback.agencies.actions import carry_out
from feedback.agencies.actions.drafting import decide
from feedback.agencies.models import ActDraft, Agency
from feedback.agencies.rules.moving import MOVERS
from feedback.audit.queries import verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.monitoring.actions import recount
from feedback.notifications.models import OutboxMessage
from feedback.petitions.actions import answering, intake, parts
from feedback.petitions.actions.terms import load_terms
from feedback.petitions.models import Part, Petition
from feedback.plans.models import Plan
from feedback.plans.queries import responsible
from feedback.workdays.actions import load_days
from tests import make
from tests.agencies import as_of_2024
from tests.agencies.as_of_2024 import JULY, MARCH
from tests.people import colleague, person

FEBRUARY, JUNE = date(2025, 2, 20), date(2025, 6, 25)
FIRST_OF_MARCH = (
    "so-tai-chinh-2025",
    "so-khoa-hoc-cong-nghe-2025",
    "so-nong-nghiep-moi-truong-2025",
    "so-noi-vu-2025",
    "so-xay-dung-2025",
    "so-dan-toc-ton-giao-2025",
)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def body(name: str) -> Agency:
    return db.session.scalars(sa.select(Agency).where(Agency.name == name)).one()


def clocks() -> dict[str, tuple[date, ...]]:
    """Every day that belongs to a resident, by file; and the days of parts."""
    files = db.session.execute(
        sa.select(Petition.public_id, Petition.submitted_on, Petition.first_due_on, Petition.due_on)
    )
    asked = db.session.execute(sa.select(Part.public_id, Part.asked_on, Part.due_on))
    return {row[0]: tuple(row[1:]) for row in (*files, *asked)}


def nothing_is_with_nobody(on: date) -> None:
    assert queries.strays(on) == []
    for petition in db.session.scalars(sa.select(Petition).where(Petition.is_open)):
        assert petition.agency.exists_on(on), petition.agency.name
        assert petition.leg.agency_id == petition.agency_id and petition.leg.ended_on is None
        assert petition.assignee is None or petition.assignee.agency_id == petition.agency_id
    for plan in db.session.scalars(sa.select(Plan)):
        assert plan.focal_agency is not None and plan.focal_agency.exists_on(on)
        for item in plan.items:
            for line in (one for lines in responsible(item, on).values() for one in lines):
                assert line.now is None or line.now.exists_on(on)
                assert line.is_group or line.unclear or line.now is not None, item.path


def answer_all(draft: ActDraft, wanted: dict[str, str]) -> dict[tuple[str, str], str]:
    """A person's word on each open question: the first offered body whose name is wanted for its
    title, else the first offered choice."""
    act, said = queries.act_of(draft), {}
    keys = {taker.name: f"to:{key}" for key, taker in act.takers.items()}
    for name, mover in MOVERS.items():
        for thing in mover.things(act):
            told = f"{thing.title} {thing.touched}".casefold()
            chosen = next((keys[to] for words, to in wanted.items() if words in told), "")
            level = next((one for one in thing.options if one == "level:commune"), "")
            said[name, thing.subject] = chosen or level or thing.options[0]
    return said


def settle(draft: ActDraft, wanted: dict[str, str]) -> dict[tuple[str, str], str]:
    """Decide everything, then carry the act out on its day."""
    day, said = draft.effective_on, answer_all(draft, wanted)
    if said:
        with pytest.raises(Refused, match="undecided"):
            carry_out(draft, on=day, by=person("an"))
        db.session.commit()
        decide(draft, said, seen=draft.lock, by=person("an"))
        commit()
    assert queries.problems_of(draft) == []
    carry_out(draft, on=day, by=person("an"))
    commit()
    db.session.expire_all()
    return said


def test_the_two_reorganisations_of_2025_over_plan_2705(site: Flask, tmp_path: Path) -> None:
    with site.app_context():
        with clock.travel(at(date(2024, 10, 1))):
            as_of_2024.load(tmp_path)
            load_days()
            load_terms()
            plan = make.plan()
            officer = colleague("khoa", "officer", agency="so-khdt-2024")
            head = colleague("hai", "head", agency="so-khdt-2024")
            for name, role in (("tam", "clerk"), ("tu", "officer")):
                colleague(name, role, agency="huyen-go-dau-2024")
            commit()
        with clock.travel(at(FEBRUARY)):
            held = make.receipt(on=FEBRUARY, item_id=make.item(plan, "III.2.2.c").id).petition
            sent = make.receipt(on=FEBRUARY, item_id=make.item(plan, "III.2.2.c").id).petition
            child = make.receipt(
                on=FEBRUARY,
                item_id=make.item(plan, "III.2.2.d").id,
                title="Xin hỗ trợ trẻ em nghèo đi học",
            ).petition
            assert (held.agency.code, child.agency.code) == ("so-khdt-2024", "so-ldtbxh-2024")
            for petition in (held, sent):
                intake.receive(petition, show=True, on=FEBRUARY, by=head)
                intake.assign(petition, officer=officer, on=FEBRUARY, by=head)
            asked = parts.ask_part(
                held,
                to=body("Sở Thông tin và Truyền thông"),
                question=make.QUESTION,
                due_on=date(2025, 3, 6),
                on=FEBRUARY,
                by=officer,
            )
            version = answering.send_for_approval(sent, text=make.ANSWER, on=FEBRUARY, by=officer)
            commit()
        before, public = clocks(), {p.public_id: p.code_hash for p in (held, sent, child)}
        with clock.travel(at(MARCH)):
            for code in FIRST_OF_MARCH:
                draft = as_of_2024.enter(code)
                commit()
                with pytest.raises(Refused, match="too_early"):
                    carry_out(draft, on=FEBRUARY, by=person("an"))
                db.session.commit()
                said = settle(draft, {"trẻ em": "Sở Y tế", "2.2g": "Sở Dân tộc và Tôn giáo"})
                # 2.2d touches what was split, and so does the file about it
                if code == "so-noi-vu-2025":
                    assert {mover for mover, _ in said} == {"plans.lines", "petitions.files"}
            nothing_is_with_nobody(MARCH)
            assert clocks() == before
            # Khoa came along: he keeps his file, and the head of the merged department approves
            assert (held.agency.code, held.assignee) == ("so-tai-chinh", officer)
            assert (sent.state, sent.agency_id) == ("awaiting_approval", head.agency_id)
            answering.approve(sent, version_id=version.id, on=MARCH, by=head)
            # the part is owed by whoever took over, on the same day, in the leg that goes on
            assert asked.agency.code == "so-khoa-hoc-cong-nghe"
            assert asked.is_open(MARCH) and asked.leg_number == held.leg_number == 2
            # the file about children went where a person said
            assert (child.agency.name, child.leg.reason_kind) == ("Sở Y tế", "succession")
            commit()
            told = set(db.session.scalars(sa.select(OutboxMessage.template)))
            assert {"petitions/resident_succeeded", "agencies/staff_reorganised"} <= told
        with clock.travel(at(JUNE)):
            far = make.receipt(on=JUNE).petition
            intake.transfer(
                far,
                to=body("Ủy ban nhân dân huyện Gò Dầu"),
                reason="Đường của huyện.",
                on=JUNE,
                by=person("yen"),
            )
            commit()
            before = clocks()
        with clock.travel(at(JULY)):
            settle(as_of_2024.enter("cong-tac-dan-toc-2025"), {"2.2f": "Sở Dân tộc và Tôn giáo"})
            draft = as_of_2024.districts_into_communes()
            commit()
            town = "Ủy ban nhân dân phường Gò Dầu"
            said = settle(draft, {"tn25": town, "officer": town, "clerk": town})
            # a person said for the file, for each of the two people, and for what the phrase means now
            assert sorted(mover for mover, _ in said) == [
                "accounts.people",
                "accounts.people",
                "agencies.groups",
                "petitions.files",
            ]
            nothing_is_with_nobody(JULY)
            assert clocks() == before
            assert far.agency.name == town
            item = make.item(plan, "III.5.3")
            shown = [one for lines in responsible(item, JULY).values() for one in lines]
            groups = {one.assignment.group.code: one for one in shown if one.assignment.group}
            districts = groups["ubnd-huyen-thi-thanh"]
            assert (districts.members_then, districts.members) == (9, 96)
            assert (districts.level_then, districts.group_level) == ("district", "commune")
        assert {p.public_id: p.code_hash for p in (held, sent, child)} == public
        assert verify().bad_seq is None
        assert not recount().differed
