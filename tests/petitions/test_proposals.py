"""What one person proposes and another decides: refusals and more time, told with the cast."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback.agencies.queries import by_code
from feedback.audit.queries import events_of, verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.notifications.models import OutboxMessage
from feedback.notifications.rendering import words
from feedback.petitions import policy, queries
from feedback.petitions.actions import ending, intake, judging, waiting
from feedback.petitions.models import Outcome, Petition
from feedback.petitions.queries.story import timeline
from feedback.plans.models import Plan
from tests import make
from tests.people import colleague, person

ITEM = "III.2.2.c"
DAY = date(2026, 11, 2)
NEXT_STEP = "Ghi rõ chợ nào, ki-ốt số mấy rồi gửi lại."


def kinds(petition: Petition) -> list[str]:
    return [event.kind.split(":")[1] for event in events_of(petition.subject)]


def told(what: str) -> list[OutboxMessage]:
    rows = db.session.query(OutboxMessage).filter_by(template=f"petitions/{what}")
    return list(rows.order_by(OutboxMessage.id))


def names(what: str) -> set[int | None]:
    """Who finds this notice in the inbox."""
    return {message.person_id for message in told(what) if message.channel == "inbox"}


@pytest.fixture
def file(plan: Plan) -> Petition:
    for name in ("giang", "lan", "binh", "thu", "cuc"):
        person(name)
    return make.petition(state="received", on=DAY, item_id=make.item(plan, ITEM).id)


@pytest.fixture
def worked_on(plan: Plan) -> Petition:
    person("giang")
    return make.petition(state="in_progress", on=DAY, item_id=make.item(plan, ITEM).id)


def propose(petition: Petition, *, by: str = "thu") -> Outcome:
    return ending.propose_decline(
        petition, reason_code="outside_province", words=NEXT_STEP, by=person(by)
    )


def ask_for_more(petition: Petition, *, days: int = 7, on: date = DAY, by: str = "binh") -> None:
    to_on = petition.due_on + timedelta(days=days)
    waiting.ask_extension(petition, to_on=to_on, reason="Chờ đo đạc.", on=on, by=person(by))


# --- refusals ----------------------------------------------------------------------------------


def test_a_proposed_refusal_changes_nothing_for_the_resident(file: Petition) -> None:
    before = len(told("resident_declined"))
    propose(file)
    commit()
    assert (file.state, file.is_open, queries.outcome_of(file)) == ("received", True, None)
    assert len(told("resident_declined")) == before == 0
    shown = timeline(file, levels=("public", "party"))
    assert "petition:decline_proposed" not in {event.kind for event in shown}
    said = events_of(file.subject, levels=("public",))[-1]
    assert said.kind == "petition:decline_proposed" and said.fields == {}


def test_the_heads_are_told_of_a_proposal_and_the_proposer_is_not(file: Petition) -> None:
    propose(file, by="giang")
    assert told("staff_decline_proposed") == []
    outcome = queries.open_refusal(file)
    assert outcome is not None
    ending.turn_down_decline(file, outcome, note="Hỏi thêm đã.", by=colleague("nga", "head"))
    propose(file, by="thu")
    commit()
    assert names("staff_decline_proposed") == {person("giang").id, person("nga").id}


def test_only_one_refusal_is_open_at_a_time(file: Petition) -> None:
    propose(file)
    commit()
    with pytest.raises(Refused, match="proposed_already"):
        propose(file, by="giang")


def test_a_refusal_that_was_turned_down_may_be_proposed_anew(file: Petition) -> None:
    first = propose(file)
    ending.turn_down_decline(file, first, note="Chợ Long Hoa, rõ rồi.", by=person("giang"))
    commit()
    assert queries.open_refusal(file) is None and file.state == "received"
    assert names("staff_decline_turned_down") == {person("thu").id}
    notice = told("staff_decline_turned_down")[0]
    assert "Chợ Long Hoa, rõ rồi." in words(notice.template, notice.params, "vi").text
    second = propose(file)
    ending.confirm_decline(file, second, on=DAY, by=person("giang"))
    commit()
    assert queries.outcome_of(file) is second
    assert kinds(file)[-4:] == [
        "decline_proposed",
        "decline_turned_down",
        "decline_proposed",
        "declined",
    ]
    assert verify().bad_seq is None


def test_the_resident_reads_reason_article_and_next_step(file: Petition) -> None:
    ending.confirm_decline(file, propose(file), on=DAY, by=person("giang"))
    commit()
    (mail,) = told("resident_declined")
    text = words(mail.template, mail.params, mail.locale).text
    assert "Việc này thuộc cơ quan ngoài tỉnh." in text
    assert "Nghị định 20/2008/NĐ-CP, Điều 9" in text
    assert NEXT_STEP in text


def test_an_article_that_was_not_read_is_not_quoted(file: Petition) -> None:
    made = ending.propose_decline(
        file, reason_code="insulting", words="Viết lại.", by=person("thu")
    )
    ending.confirm_decline(file, made, on=DAY, by=person("giang"))
    commit()
    (mail,) = told("resident_declined")
    text = words(mail.template, mail.params, mail.locale).text
    assert "Quy định của hệ thống, không phải điều luật" in text
    assert "Luật Tiếp công dân" not in text


def test_the_proposer_decides_neither_way(file: Petition) -> None:
    made = propose(file, by="giang")
    with pytest.raises(Refused, match="own_request"):
        ending.confirm_decline(file, made, on=DAY, by=person("giang"))
    with pytest.raises(Refused, match="own_request"):
        ending.turn_down_decline(file, made, note="Thôi.", by=person("giang"))
    assert queries.open_refusal(file) is made


def test_what_was_decided_is_not_decided_again(file: Petition) -> None:
    made = propose(file)
    ending.turn_down_decline(file, made, note="Rõ rồi.", by=person("giang"))
    with pytest.raises(Conflict):
        ending.confirm_decline(file, made, on=DAY, by=colleague("nga", "head"))
    with pytest.raises(Conflict):
        ending.turn_down_decline(file, None, note="Rõ rồi.", by=person("giang"))
    assert file.state == "received"


def test_turning_down_needs_a_note(file: Petition) -> None:
    with pytest.raises(Refused) as refused:
        ending.turn_down_decline(file, propose(file), note="", by=person("giang"))
    assert refused.value.field == "note"


def test_a_proposal_lapses_when_the_file_is_passed_on(file: Petition) -> None:
    """The head of the next agency is never asked to decide what another agency proposed."""
    with clock.travel(clock.now() + timedelta(minutes=1)):
        made = propose(file)
    with clock.travel(clock.now() + timedelta(minutes=2)):
        to = by_code("so-y-te")
        assert to is not None
        intake.transfer(file, to=to, reason="Về y tế.", on=DAY, by=person("giang"))
        commit()
    assert queries.open_refusal(file) is None
    head = colleague("khanh", "head", agency="so-y-te")
    counts = queries.queue_counts(head, today=DAY, soon=DAY)
    assert (counts["open"], counts["approval"]) == (1, 0)
    assert queries.queue(head, tab="approval", today=DAY, soon=DAY).rows == []
    assert queries.waiting_on([file]) == {}
    with pytest.raises(Conflict):
        ending.confirm_decline(file, made, on=DAY, by=head)


def test_in_the_dispatch_queue_another_dispatcher_or_the_focal_head_decides(plan: Plan) -> None:
    yen, second = person("yen"), colleague("van", "dispatcher", agency="so-noi-vu")
    head, elsewhere = colleague("nghia", "head", agency="so-noi-vu"), person("giang")
    dispatched = make.receipt(on=DAY).petition
    assert policy.may(yen, dispatched, "decline") and not policy.may(head, dispatched, "decline")
    made = propose(dispatched, by="yen")
    commit()
    assert names("staff_decline_proposed") == {second.id, head.id}
    may = {
        p.name: policy.may_decide(p, dispatched, made.by_id) for p in (yen, second, head, elsewhere)
    }
    assert may == {yen.name: False, second.name: True, head.name: True, elsewhere.name: False}
    for somebody, waits in ((yen, 0), (second, 1), (head, 1), (elsewhere, 0)):
        page = queries.queue(somebody, tab="approval", today=DAY, soon=DAY)
        counts = queries.queue_counts(somebody, today=DAY, soon=DAY)
        assert (len(page.rows), counts["approval"]) == (waits, waits), somebody.name
    ending.confirm_decline(dispatched, made, on=DAY, by=second)
    commit()
    assert dispatched.state == "declined"


# --- more time ---------------------------------------------------------------------------------


def test_one_request_for_more_time_is_open_at_a_time(worked_on: Petition) -> None:
    ask_for_more(worked_on)
    commit()
    with pytest.raises(Refused, match="asked_already"):
        ask_for_more(worked_on, days=3)


def test_more_time_turned_down_leaves_the_day_and_may_be_asked_anew(worked_on: Petition) -> None:
    due, giang = worked_on.due_on, person("giang")
    ask_for_more(worked_on)
    asked = queries.open_extension(worked_on)
    waiting.turn_down_extension(worked_on, asked, note="Còn đủ ngày.", by=giang)
    commit()
    assert (worked_on.due_on, queries.open_extension(worked_on)) == (due, None)
    assert names("staff_extension_turned_down") == {person("binh").id}
    ask_for_more(worked_on, days=3)
    commit()
    heads = [m for m in told("staff_extension_asked") if m.channel == "inbox"]
    assert [m.person_id for m in heads] == [giang.id, giang.id]
    again = queries.open_extension(worked_on)
    waiting.approve_extension(worked_on, again, on=DAY, by=giang)
    commit()
    assert worked_on.due_on == due + timedelta(days=3)
    assert names("staff_extended") == {person("binh").id}
    assert kinds(worked_on)[-4:] == [
        "extension_asked",
        "extension_turned_down",
        "extension_asked",
        "extended",
    ]


def test_who_asked_for_more_time_does_not_turn_it_down_herself(worked_on: Petition) -> None:
    ask_for_more(worked_on)
    asked = queries.open_extension(worked_on)
    with pytest.raises(Refused, match="own_request"):
        waiting.turn_down_extension(worked_on, asked, note="Thôi.", by=person("binh"))


def test_a_late_file_gets_no_more_time(worked_on: Petition) -> None:
    day = worked_on.due_on + timedelta(days=1)
    with pytest.raises(Refused, match="late_already"):
        ask_for_more(worked_on, on=day)


def test_a_request_that_a_wait_has_overtaken_is_not_approved(worked_on: Petition) -> None:
    ask_for_more(worked_on, days=1)
    waiting.ask_resident(worked_on, question="Chợ nào?", on=DAY, by=person("binh"))
    waiting.supply(worked_on, reply="Chợ Long Hoa.", on=DAY + timedelta(days=3))
    commit()
    due, asked = worked_on.due_on, queries.open_extension(worked_on)
    assert asked is not None and due >= asked.to_on
    with pytest.raises(Refused, match="overtaken"):
        waiting.approve_extension(worked_on, asked, on=DAY, by=person("giang"))
    assert worked_on.due_on == due


def test_a_request_of_an_earlier_leg_lapses(worked_on: Petition) -> None:
    """Asked for, but answered in time instead: when the sender disputes the answer, nothing is open."""
    from feedback.petitions.actions import answering

    ask_for_more(worked_on)
    binh, giang = person("binh"), person("giang")
    sent = answering.send_for_approval(worked_on, text=make.ANSWER, on=DAY, by=binh)
    assert queries.open_extension(worked_on) is None
    answering.approve(worked_on, version_id=sent.id, on=DAY, by=giang)
    commit()
    with clock.travel(clock.now() + timedelta(minutes=1)):
        judging.dispute(worked_on, reason="Chưa nói khi nào có vốn.", on=DAY)
        commit()
    assert (worked_on.state, queries.open_extension(worked_on)) == ("in_progress", None)


# --- what waits for whom -----------------------------------------------------------------------


def test_a_head_finds_all_that_waits_for_her_decision(plan: Plan) -> None:
    item = make.item(plan, ITEM).id
    made = {s: make.petition(state=s, on=DAY, item_id=item) for s in ("received", "in_progress")}
    sent = make.petition(state="awaiting_approval", on=DAY, item_id=item)
    propose(made["received"])
    ask_for_more(made["in_progress"])
    make.petition(state="received", on=DAY, item_id=item)
    commit()
    giang = person("giang")
    page = queries.queue(giang, tab="approval", today=DAY, soon=DAY)
    assert {p.id for p in page.rows} == {sent.id, *(p.id for p in made.values())}
    assert queries.waiting_on(page.rows) == {
        sent.id: "answer",
        made["received"].id: "refusal",
        made["in_progress"].id: "extension",
    }
    assert queries.queue_counts(giang, today=DAY, soon=DAY)["approval"] == 3
    assert queries.queue_counts(person("cuc"), today=DAY, soon=DAY)["approval"] == 0
    for petition in made.values():
        assert policy.may_decide(giang, petition, person("binh").id)
    waiting.turn_down_extension(
        made["in_progress"],
        queries.open_extension(made["in_progress"]),
        note="Còn đủ ngày.",
        by=giang,
    )
    commit()
    assert queries.queue_counts(giang, today=DAY, soon=DAY)["approval"] == 2
    left = queries.queue(giang, tab="approval", today=DAY, soon=DAY).rows
    assert {p.id for p in left} == {sent.id, made["received"].id}


def test_nobodys_own_work_waits_for_herself(file: Petition) -> None:
    propose(file, by="giang")
    commit()
    seen = {n: queries.queue_counts(person(n), today=DAY, soon=DAY) for n in ("giang", "binh")}
    assert seen["giang"]["approval"] == 0
    assert queries.queue(person("giang"), tab="approval", today=DAY, soon=DAY).rows == []
    assert seen["binh"]["approval"] == 1  # he decides nothing: he sees what waits for the head
