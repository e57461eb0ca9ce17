"""What happens to a petition, told with the cast; every verb on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback.audit.queries import events_of, verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.core.ids import normalise_code, public_id
from feedback.notifications.models import OutboxMessage
from feedback.petitions import queries
from feedback.petitions.actions import answering, ending, intake, judging, waiting
from feedback.petitions.actions.submit import submit
from feedback.petitions.models import Petition
from feedback.plans.models import Plan
from tests import make
from tests.people import person

ITEM = "III.2.2.c"


def kinds(petition: Petition) -> list[str]:
    return [event.kind.split(":")[1] for event in events_of(petition.subject)]


def test_a_petition_goes_to_the_lead_of_today(plan: Plan) -> None:
    receipt = make.receipt(item_id=make.item(plan, ITEM).id, on=date(2026, 11, 20))
    commit()
    petition = receipt.petition
    assert petition.agency.name == "Sở Tài chính"
    assert not petition.in_dispatch
    assert petition.submitted_on == date(2026, 11, 20)
    assert petition.first_due_on == petition.due_on == date(2026, 12, 14)
    assert queries.by_code(receipt.code.lower().replace("-", " ")) is petition
    assert kinds(petition) == ["submitted"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [(None, "no_item"), ("III.1.1", "groups_only"), ("III.2.2.g", "split_successor")],
)
def test_what_has_no_clear_owner_is_dispatched_with_the_same_clock(
    plan: Plan, path: str | None, reason: str
) -> None:
    item_id = make.item(plan, path).id if path else None
    petition = make.receipt(item_id=item_id, on=date(2026, 11, 20)).petition
    commit()
    assert (petition.in_dispatch, petition.route_reason) == (True, reason)
    assert petition.agency.is_focal
    assert petition.due_on == date(2026, 12, 14)


def test_the_same_form_sent_twice_is_one_petition_with_one_code(plan: Plan) -> None:
    sent = make.submission()
    first = submit(sent, on=clock.today())
    commit()
    second = submit(sent, on=clock.today())
    commit()
    assert second.again
    assert (second.petition.id, second.code) == (first.petition.id, first.code)
    assert kinds(first.petition) == ["submitted"]


def test_the_same_key_with_another_text_is_refused(plan: Plan) -> None:
    key = public_id()
    make.receipt(key=key)
    commit()
    with pytest.raises(Conflict):
        make.receipt(key=key, text="Một chuyện hoàn toàn khác với lần gửi trước đó.")


def test_the_code_is_stored_only_as_a_hash(plan: Plan) -> None:
    receipt = make.receipt()
    commit()
    bare = normalise_code(receipt.code)
    row = db.session.get_one(Petition, receipt.petition.id)
    assert all(bare not in str(value) for value in vars(row).values())
    assert queries.by_code("TN-0000-0000-0000-0000") is None
    assert queries.by_code("x") is None


def test_an_answer_is_approved_by_another_person_and_published_exactly(plan: Plan) -> None:
    petition = make.petition(state="awaiting_approval", item_id=make.item(plan, ITEM).id)
    commit()
    version = petition.answers[0].versions[-1]
    answering.approve(petition, version_id=version.id, on=clock.today(), by=person("giang"))
    commit()
    assert (petition.state, petition.on_time) == ("answered", True)
    assert petition.answers[0].published is version
    assert kinds(petition)[-1] == "answered"


def test_an_author_cannot_approve_his_own_answer(plan: Plan) -> None:
    petition = make.petition(state="received", item_id=make.item(plan, ITEM).id)
    head = person("giang")
    intake.assign(petition, officer=head, on=clock.today(), by=head)
    version = answering.send_for_approval(petition, text=make.ANSWER, on=clock.today(), by=head)
    commit()
    with pytest.raises(Refused, match="own_answer"):
        answering.approve(petition, version_id=version.id, on=clock.today(), by=head)
    assert petition.state == "awaiting_approval"


def test_a_version_that_was_replaced_cannot_be_approved(plan: Plan) -> None:
    petition = make.petition(state="awaiting_approval", item_id=make.item(plan, ITEM).id)
    with pytest.raises(Conflict):
        answering.approve(petition, version_id=10**6, on=clock.today(), by=person("giang"))


def test_an_answer_given_back_keeps_the_old_version_and_makes_a_new_one(plan: Plan) -> None:
    petition = make.petition(state="awaiting_approval", item_id=make.item(plan, ITEM).id)
    first = petition.answers[0].versions[-1]
    answering.send_back(
        petition, version_id=first.id, note="Ghi rõ ngày.", on=clock.today(), by=person("giang")
    )
    text = make.ANSWER + " Hạn chót là ngày 15/12/2026."
    answering.send_for_approval(petition, text=text, on=clock.today(), by=person("binh"))
    commit()
    assert [v.state for v in petition.answers[0].versions] == ["returned", "sent"]
    assert first.text == make.ANSWER


def test_an_answer_of_two_words_is_not_sent(plan: Plan) -> None:
    petition = make.petition(state="in_progress", item_id=make.item(plan, ITEM).id)
    with pytest.raises(Refused, match="answer_too_short"):
        answering.send_for_approval(petition, text="Đã xem.", on=clock.today(), by=person("binh"))


def test_a_move_that_the_table_forbids_changes_nothing(plan: Plan) -> None:
    petition = make.petition(state="submitted", item_id=make.item(plan, ITEM).id)
    commit()
    with pytest.raises(Refused, match="move_forbidden"):
        intake.assign(petition, officer=person("binh"), on=clock.today(), by=person("thu"))
    assert (petition.state, kinds(petition)) == ("submitted", ["submitted"])


def test_a_transfer_never_moves_the_residents_date(plan: Plan) -> None:
    petition = make.receipt(on=date(2026, 11, 2)).petition
    due = petition.due_on
    to = person("binh").agency_id
    from feedback.agencies.models import Agency

    intake.transfer(
        petition,
        to=db.session.get_one(Agency, to),
        reason="Thuộc lĩnh vực tài chính.",
        on=date(2026, 11, 9),
        by=person("yen"),
    )
    commit()
    assert (petition.due_on, petition.state, petition.leg_number) == (due, "submitted", 2)
    assert not petition.in_dispatch
    assert [leg.ended_on for leg in petition.legs] == [date(2026, 11, 9), None]
    assert petition.leg.due_on > due


def test_the_third_transfer_goes_to_the_focal_agency(plan: Plan) -> None:
    from feedback.agencies.queries import by_code

    petition = make.receipt(item_id=make.item(plan, ITEM).id).petition
    for code in ("so-y-te", "so-xay-dung", "so-y-te"):
        body = by_code(code)
        assert body is not None
        intake.transfer(petition, to=body, reason="Nhầm", on=clock.today(), by=person("giang"))
    commit()
    assert petition.agency.is_focal
    assert petition.in_dispatch


def test_nothing_is_passed_to_a_body_that_no_longer_exists(plan: Plan) -> None:
    from feedback.agencies.queries import by_code

    petition = make.receipt(item_id=make.item(plan, ITEM).id).petition
    gone = by_code("so-khdt-2024")
    assert gone is not None
    with pytest.raises(Refused):
        intake.transfer(petition, to=gone, reason="Nhầm", on=clock.today(), by=person("giang"))


def test_waiting_for_the_resident_rests_the_clock_and_runs_on(plan: Plan) -> None:
    day = date(2026, 11, 2)
    petition = make.petition(state="in_progress", on=day, item_id=make.item(plan, ITEM).id)
    due = petition.due_on
    waiting.ask_resident(petition, question="Cửa hàng ở chợ nào?", on=day, by=person("binh"))
    waiting.supply(petition, reply="Chợ Long Hoa.", on=date(2026, 11, 5))
    commit()
    assert petition.state == "in_progress"
    assert petition.due_on == date(2026, 11, 27)  # three working days waited: 3, 4, 5/11
    assert due == date(2026, 11, 23)  # 24/11 is a holiday


def test_a_wait_ends_by_itself_at_its_bound(plan: Plan) -> None:
    day = date(2026, 10, 1)
    petition = make.petition(state="in_progress", on=day, item_id=make.item(plan, ITEM).id)
    waiting.ask_resident(petition, question="Ở đâu?", on=day, by=person("binh"))
    commit()
    assert judging.run_clock(on=date(2026, 10, 15))["resumed"] == 0
    assert judging.run_clock(on=date(2026, 10, 16))["resumed"] == 1
    commit()
    assert (petition.state, petition.due_on) == ("in_progress", date(2026, 11, 5))


def test_an_extension_needs_a_second_person_and_a_ceiling(plan: Plan) -> None:
    day = date(2026, 11, 2)
    petition = make.petition(state="in_progress", on=day, item_id=make.item(plan, ITEM).id)
    first = petition.first_due_on
    with pytest.raises(Refused, match="beyond_ceiling"):
        waiting.ask_extension(
            petition, to_on=date(2027, 3, 1), reason="Bận", on=day, by=person("binh")
        )
    to_on = petition.due_on + timedelta(days=7)
    waiting.ask_extension(
        petition, to_on=to_on, reason="Chờ kết quả đo.", on=day, by=person("binh")
    )
    db.session.flush()
    asked = queries.open_extension(petition)
    assert asked is not None
    with pytest.raises(Refused, match="own_request"):
        waiting.approve_extension(petition, asked, on=day, by=person("binh"))
    with pytest.raises(Refused, match="late_already"):
        late = petition.due_on + timedelta(days=1)
        waiting.approve_extension(petition, asked, on=late, by=person("giang"))
    waiting.approve_extension(petition, asked, on=day, by=person("giang"))
    commit()
    assert (petition.due_on, petition.first_due_on) == (to_on, first)


def test_declining_takes_two_people_and_a_next_step(plan: Plan) -> None:
    petition = make.receipt(item_id=make.item(plan, ITEM).id).petition
    with pytest.raises(Refused):
        ending.propose_decline(petition, reason_code="no", words="Không", by=person("thu"))
    outcome = ending.propose_decline(
        petition, reason_code="not_clear", words="Ghi rõ nơi chốn rồi gửi lại.", by=person("thu")
    )
    with pytest.raises(Refused, match="own_request"):
        ending.confirm_decline(petition, outcome, on=clock.today(), by=person("thu"))
    assert petition.is_open
    ending.confirm_decline(petition, outcome, on=clock.today(), by=person("giang"))
    commit()
    assert (petition.state, petition.is_open) == ("declined", False)


def test_a_sealed_file_leaves_every_list(plan: Plan) -> None:
    petition = make.petition(state="in_progress", item_id=make.item(plan, ITEM).id)
    sealing = ending.propose_seal(petition, by=person("binh"))
    ending.confirm_seal(petition, sealing, on=clock.today(), by=person("giang"))
    commit()
    assert queries.public_petition(petition.public_id) is None
    assert queries.file_for(person("giang"), petition.public_id) is None
    assert queries.file_for(person("dung"), petition.public_id) is None
    assert not queries.public_petitions_of_item(make.item(plan, ITEM).id).rows


def test_an_answer_is_rated_once(plan: Plan) -> None:
    petition = make.petition(state="answered", item_id=make.item(plan, ITEM).id)
    judging.rate(petition, score=4, words="Rõ.")
    db.session.flush()
    with pytest.raises(Refused, match="rated_already"):
        judging.rate(petition, score=1, words="")


def test_a_dispute_opens_a_new_leg_and_the_first_flag_stays(plan: Plan) -> None:
    dung = person("dung")
    petition = make.petition(state="answered", item_id=make.item(plan, ITEM).id)
    judging.dispute(petition, reason="Chưa nói khi nào có vốn.", on=clock.today())
    commit()
    assert (petition.state, petition.on_time, petition.leg.reason_kind) == (
        "in_progress",
        True,
        "reopened",
    )
    told = db.session.query(OutboxMessage).filter_by(person_id=dung.id)
    assert {message.channel for message in told} == {"inbox"}


def test_a_dispute_after_thirty_days_is_refused(plan: Plan) -> None:
    day = date(2026, 9, 1)
    petition = make.petition(state="answered", on=day, item_id=make.item(plan, ITEM).id)
    with pytest.raises(Refused, match="too_late"):
        judging.dispute(petition, reason="Muộn", on=day + timedelta(days=31))


def test_the_clock_marks_late_once_and_closes_after_thirty_days(plan: Plan) -> None:
    late = make.petition(state="received", on=date(2026, 9, 7), item_id=make.item(plan, ITEM).id)
    answered = make.petition(
        state="answered", on=date(2026, 9, 7), item_id=make.item(plan, ITEM).id
    )
    commit()
    assert judging.run_clock(on=date(2026, 10, 20)) == {"resumed": 0, "late": 1, "closed": 1}
    commit()
    assert judging.run_clock(on=date(2026, 10, 21)) == {"resumed": 0, "late": 0, "closed": 0}
    assert (late.late_marked_on, answered.state) == (date(2026, 10, 20), "closed")


def test_a_second_answer_has_its_own_thirty_days(plan: Plan) -> None:
    item_id = make.item(plan, ITEM).id
    petition = make.petition(state="answered", on=date(2026, 8, 3), item_id=item_id)
    judging.dispute(petition, reason="Chưa nói khi nào có vốn.", on=date(2026, 8, 28))
    again = date(2026, 9, 15)
    version = answering.send_for_approval(petition, text=make.ANSWER, on=again, by=person("binh"))
    answering.approve(petition, version_id=version.id, on=again, by=person("giang"))
    commit()
    assert judging.run_clock(on=date(2026, 10, 15))["closed"] == 0
    judging.rate(petition, score=3, words="")
    assert judging.run_clock(on=date(2026, 10, 16))["closed"] == 1


def test_the_record_of_a_whole_story_verifies(plan: Plan) -> None:
    petition = make.petition(state="answered", item_id=make.item(plan, ITEM).id)
    judging.rate(petition, score=5, words="")
    commit()
    assert kinds(petition) == [
        "submitted",
        "received",
        "assigned",
        "drafted",
        "sent_for_approval",
        "answered",
        "rated",
    ]
    assert verify().bad_seq is None
