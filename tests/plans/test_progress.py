"""Agencies say how far an item is; nobody says it for another, and nobody back-dates it unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from feedback.accounts.rules.addresses import Proven
from feedback.agencies.queries import by_code
from feedback.audit.queries import verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.notifications.models import OutboxMessage
from feedback.plans import actions, queries
from feedback.plans.models import Plan, ProgressReport
from tests import make
from tests.people import person
from tests.servers.moment import noon

TEXT = "Đã gặp 120 doanh nghiệp nhỏ, gỡ xong 41 vướng mắc về vốn."
LED = "III.2.2.c"  # Sở Kế hoạch và Đầu tư then, Sở Tài chính today
Q3_DUE = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def a_day_in_october(plan: Plan) -> Iterator[None]:
    """The plan has been here since January; the third quarter's reports are due."""
    plan.published_at = noon(2026, 1, 5)
    commit()
    with clock.travel(noon(2026, 10, 8)):
        yield


def duty(plan: Plan, path: str = LED) -> queries.Duty:
    found = queries.duty(make.item(plan, path).id, clock.today())
    assert found is not None
    return found


def told(**changes: object) -> actions.Told:
    values: dict[str, object] = {
        "text": TEXT,
        "as_of_on": clock.today(),
        "status": "in_progress",
        "percent": 40,
    }
    return actions.Told(**{**values, **changes})  # type: ignore[arg-type]


def report(plan: Plan, *, path: str = LED, seen: int = 0, **changes: object) -> ProgressReport:
    agency = by_code("so-tai-chinh")
    assert agency is not None
    return actions.report_progress(
        duty(plan, path),
        told(**changes),
        agency=agency,
        seen=seen,
        on=clock.today(),
        by=person("binh"),
    )


def test_the_lead_of_today_reports_and_everybody_sees_how_far_it_is(plan: Plan) -> None:
    item = make.item(plan, LED)
    goal = actions.set_target(
        item, name="Doanh nghiệp được hỗ trợ", number="1.000", unit="doanh nghiệp", by=None
    )
    step = actions.plan_milestone(
        item, title="Mở tổ hỗ trợ vay vốn", planned_on=date(2026, 6, 30), by=None
    )
    before = queries.progress_of(duty(plan), clock.today())
    assert before.last is None
    assert (before.standing.state, before.standing.due_on) == ("due", Q3_DUE)
    made = report(plan, done={step.id: date(2026, 9, 1)}, values={goal.id: "250"})
    commit()
    now = queries.progress_of(duty(plan), clock.today())
    assert now.last is not None
    assert (now.last.percent, now.last.agency) == (40, "Sở Tài chính")
    assert (now.standing.state, now.standing.missed) == ("reported", 2)
    assert (now.steps_done, now.steps[0].is_late(clock.today())) == (1, True)
    assert now.goals[0].percent == 25
    assert made.entered_on == clock.today()
    assert verify().bad_seq is None


def test_what_nobody_reported_is_shown_as_silent_in_the_share_of_its_group(plan: Plan) -> None:
    report(plan)
    commit()
    board = queries.board(plan.id, clock.today())
    group = make.item(plan, "III.2.2")
    share = board.shares[group.id]
    assert (share.parts, share.silent) == (10, 9)
    assert share.percent == 4
    parts = queries.weighed(plan, group.id, board)
    assert {(part.weight, part.of_whole) for part in parts} == {(1, 10)}
    seen = queries.weights_seen({part.item.id: 1 for part in parts})
    wanted = {part.item.id: 9 if part.item.path == LED else 1 for part in parts}

    def weigh(weights: dict[int, int]) -> None:
        actions.weigh(plan, group, weights=weights, seen=seen, by=person("yen"))

    for nonsense in (dict.fromkeys(wanted, 0), dict.fromkeys(wanted, 101)):
        with pytest.raises(Refused):
            weigh(nonsense)
    weigh(wanted)
    commit()
    assert queries.board(plan.id, clock.today()).shares[group.id].percent == 20
    with pytest.raises(Conflict):  # a colleague with the page of before
        weigh(dict.fromkeys(wanted, 1))


def test_a_mistyped_target_is_put_right_or_taken_back_and_what_it_said_stays(plan: Plan) -> None:
    item, yen = make.item(plan, LED), person("yen")
    goal = actions.set_target(
        item, name="Doanh nghiệp", number="1.520", unit="doanh nghiệp", by=yen
    )
    other = actions.set_target(item, name="Không hồ sơ nào trễ hạn", by=yen)
    right: dict[str, Any] = {"name": "Doanh nghiệp", "unit": "doanh nghiệp", "due_on": None}
    why = "Gõ nhầm con số."
    for wrong, code in (
        ({"number": "1.250", "reason": "Nhầm"}, "reason"),
        ({"number": "1.520", "reason": why}, "same"),
        ({"number": "", "reason": why}, "no_number"),
    ):
        with pytest.raises(Refused) as refused:
            actions.correct_target(goal, **right, **wrong, seen=0, by=yen)  # type: ignore[arg-type]
        assert refused.value.code == code
    actions.correct_target(goal, **right, number="1.250", reason=why, seen=0, by=yen)
    with pytest.raises(Conflict):
        actions.correct_target(goal, **right, number="1.205", reason=why, seen=0, by=yen)
    report(plan, values={goal.id: "250", other.id: "3"})
    day = clock.today()
    actions.withdraw_target(other, reason="Đã có trong mục khác.", seen=0, on=day, by=yen)
    commit()
    for now in (queries.progress_of(duty(plan), day), queries.done_now(duty(plan), day)):
        ((shown,), (gone,)) = now.goals, now.dropped
        assert (shown.number, shown.percent) == ("1250", 20)
        assert [(one.number, one.reason) for one in shown.changes] == [("1520", why)]
        assert (gone.id, gone.changes[-1].reason) == (other.id, "Đã có trong mục khác.")
    assert queries.target(other.id, item.id) is None
    assert [one.id for one in queries.steps_and_goals(item.id)[1]] == [goal.id]
    assert verify().bad_seq is None


def test_the_focal_agency_reports_where_the_plan_names_groups_only(plan: Plan) -> None:
    assert duty(plan, "III.3.1").by_focal
    assert duty(plan, "III.3.1").lead_names == "Sở Nội vụ"
    assert not duty(plan).by_focal
    with pytest.raises(Refused) as refused:
        report(plan, path="III.3.1")
    assert refused.value.code == "lead"


def test_a_coordinating_agency_adds_its_part_and_the_status_stays_the_lead_s(plan: Plan) -> None:
    health = by_code("so-y-te")
    assert health is not None
    actions.add_part(duty(plan), told(status=""), agency=health, on=clock.today(), by=person("cuc"))
    commit()
    now = queries.progress_of(duty(plan), clock.today())
    assert (now.last, now.standing.state) == (None, "due")
    assert [row.role for row in queries.reports_of(now.duty.item_id).rows] == ["coordinating"]


def test_a_report_keeps_the_day_on_which_it_was_entered_beside_the_one_it_speaks_of(
    plan: Plan,
) -> None:
    with clock.travel(clock.now() + timedelta(days=20)):
        report(plan, as_of_on=date(2026, 10, 10))
        commit()
        now = queries.progress_of(duty(plan), clock.today())
        assert now.last is not None
        assert (now.last.as_of_on, now.last.entered_on) == (date(2026, 10, 10), date(2026, 10, 28))
        assert (now.standing.state, now.standing.late, now.standing.days) == ("reported", 1, 10)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "Đang làm."}, "too_short"),
        ({"as_of_on": date(2026, 10, 9)}, "future"),
        ({"percent": 100}, "percent"),
        ({"percent": None}, "percent"),
        ({"status": "nearly"}, "no_status"),
    ],
)
def test_a_report_that_says_too_little_or_too_much_is_refused(
    plan: Plan, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        report(plan, **changes)
    assert refused.value.code == code


def test_of_two_colleagues_who_report_at_once_the_second_is_told(plan: Plan) -> None:
    first = report(plan, status="done")
    assert first.percent == 100
    with pytest.raises(Conflict):
        report(plan, seen=0)
    assert report(plan, seen=first.id).id != first.id


def test_a_moved_milestone_keeps_its_first_day(plan: Plan) -> None:
    step = actions.plan_milestone(
        make.item(plan, LED), title="Sổ tay vay vốn", planned_on=date(2026, 9, 1), by=None
    )
    with pytest.raises(Refused):
        actions.move_milestone(step, to_on=date(2026, 12, 1), reason="Chậm", by=person("giang"))
    reason = "Chờ ngân hàng thống nhất mẫu đơn."
    actions.move_milestone(step, to_on=date(2026, 12, 1), reason=reason, by=person("giang"))
    commit()
    shown = queries.progress_of(duty(plan), clock.today()).steps[0]
    assert (shown.first_on, shown.planned_on) == (date(2026, 9, 1), date(2026, 12, 1))
    assert shown.is_late(clock.today())


def test_whoever_follows_the_item_or_its_plan_hears_of_a_report_once(plan: Plan) -> None:
    item, hoa = make.item(plan, LED), Proven(email="hoa@example.vn")
    actions.follow(plan.id, item.id, who=hoa)
    actions.follow(plan.id, item.id, who=hoa)
    actions.follow(plan.id, None, who=hoa)
    actions.follow(plan.id, None, who=person("dung"))
    actions.follow(plan.id, item.id, who=person("binh"))  # her own report is no news to her
    report(plan)
    commit()
    told_to = db.session.query(OutboxMessage).filter_by(template="plans/follower_reported")
    assert sorted((m.channel, m.address, m.person_id) for m in told_to) == [
        ("email", "hoa@example.vn", None),
        ("inbox", "", person("dung").id),
    ]


def test_the_operator_sets_how_often_agencies_report(plan: Plan) -> None:
    actions.set_rhythm(None, months=12, term="10wd", basis="", by=None)
    actions.set_rhythm(plan, months=6, term="5WD", basis="Công văn của UBND tỉnh", by=None)
    commit()
    assert queries.rhythm_of(plan.id).months == 6
    now = queries.progress_of(duty(plan), clock.today()).standing
    assert (now.period.months, now.due_on) == (6, date(2026, 7, 7))
    assert (now.state, now.missed) == ("late", 1)
    with pytest.raises(ValueError, match="months"):
        actions.set_rhythm(plan, months=5, term="10wd", basis="", by=None)
