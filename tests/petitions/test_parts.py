"""The part of a coordinating agency: Bình asks, Cúc writes, Giang shows; on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm.exc import StaleDataError

from feedback.audit.queries import events_of, verify
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.notifications.models import OutboxMessage
from feedback.notifications.rendering import words
from feedback.petitions import queries
from feedback.petitions.actions import answering, ending, intake, parts
from feedback.petitions.models import Part, Petition
from feedback.petitions.rules import deadlines
from feedback.plans.models import Plan
from feedback.workdays.rules import Calendar, CalendarRow
from tests import make
from tests.people import person

ITEM = "III.2.2.c"
SENT = date(2026, 11, 20)  # due 14/12/2026
ASKED = date(2026, 11, 25)
DUE = date(2026, 12, 3)
WORDS = "Sở Y tế thấy hồ sơ đủ điều kiện khám."


@pytest.fixture
def petition(plan: Plan) -> Petition:
    """Bình holds it; its own date is 14/12/2026."""
    made = make.petition(state="in_progress", item_id=make.item(plan, ITEM).id, on=SENT)
    commit()
    assert made.due_on == date(2026, 12, 14)
    return made


def asked(petition: Petition, *, due_on: date = DUE, to: str = "so-y-te", on: date = ASKED) -> Part:
    return parts.ask_part(
        petition,
        to=make.commune(to),
        question=make.QUESTION,
        due_on=due_on,
        on=on,
        by=person("binh"),
    )


def kinds(petition: Petition) -> list[str]:
    return [event.kind.split(":")[1] for event in events_of(petition.subject)]


def told(template: str) -> set[str]:
    """Who finds a notice in the inbox on the site, by name."""
    rows = db.session.scalars(
        sa.select(OutboxMessage).filter_by(template=f"petitions/{template}", channel="inbox")
    )
    names = {person(name).id: name for name in ("binh", "cuc", "giang", "thu", "lan", "yen")}
    return {names[row.person_id] for row in rows if row.person_id}


def test_cuc_gets_a_part_with_a_date_inside_that_of_binh(petition: Petition) -> None:
    cuc = person("cuc")
    part = asked(petition)
    commit()
    assert (petition.state, petition.due_on) == ("in_progress", date(2026, 12, 14))
    assert (part.agency_id, part.leg_number, part.due_on) == (cuc.agency_id, 1, DUE)
    assert part.standing(DUE) == "asked"
    assert part.standing(DUE + timedelta(days=1)) == "late"
    assert kinds(petition)[-1] == "part_asked"
    assert verify().bad_seq is None
    assert told("staff_part_asked") == {"cuc"}


def test_where_an_agency_has_a_clerk_or_a_head_they_are_told_and_not_its_officers(
    petition: Petition,
) -> None:
    for name in ("thu", "giang", "lan"):
        person(name).agency_id = person("cuc").agency_id
    asked(petition)
    commit()
    assert told("staff_part_asked") == {"thu", "giang"}


def test_the_mails_say_what_by_when_and_where_but_not_who_sent_it(petition: Petition) -> None:
    petition.sender_name = "Hoa Bí Mật"
    person("cuc")
    part = asked(petition)
    parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
    commit()
    mails = {
        row.template: words(row.template, row.params, "vi")
        for row in db.session.scalars(sa.select(OutboxMessage).filter_by(channel="email"))
        if "part" in row.template
    }
    asks, gave = mails["petitions/staff_part_asked"], mails["petitions/staff_part_given"]
    assert asks.subject == "Sở Tài chính đề nghị cơ quan bạn phối hợp, hạn 03/12/2026"
    assert make.QUESTION in asks.text and f"/officer/parts/{part.public_id}" in asks.text
    assert "Sở Y tế đã gửi phần phối hợp" in gave.subject
    assert f"/officer/petitions/{petition.public_id}" in gave.text and "14/12/2026" in gave.text
    for mail in mails.values():
        assert "Hoa Bí Mật" not in mail.text and "hoa@example.vn" not in mail.text


def test_everybody_knows_who_was_asked_and_by_when_the_parties_know_what(
    petition: Petition,
) -> None:
    part = asked(petition)
    parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
    commit()
    for levels, said in ((("public",), None), (("public", "party"), WORDS)):
        first, second = events_of(petition.subject, levels=levels)[-2:]
        assert first.fields["body"] == "Sở Y tế" and first.fields["part_due"] == "2026-12-03"
        assert first.fields.get("question") == (make.QUESTION if said else None)
        assert second.fields.get("text") == said
        assert second.fields["on_time"] == "true"


@pytest.mark.parametrize(
    ("due_on", "code"),
    [
        (date(2026, 12, 14), "outside_lead"),  # the lead's own date
        (date(2026, 12, 15), "outside_lead"),
        (ASKED, "outside_lead"),  # the day of asking
        (date(2026, 11, 2), "outside_lead"),  # past
        (date(2026, 12, 12), "day_off"),  # a Saturday inside
    ],
)
def test_a_date_that_does_not_fit_is_refused_with_the_last_one_that_does(
    petition: Petition, due_on: date, code: str
) -> None:
    with pytest.raises(Refused, match=code) as refused:
        asked(petition, due_on=due_on)
    assert refused.value.field == "due_on"
    assert "11/12/2026" in str(refused.value.message)
    assert kinds(petition)[-1] == "assigned"


def test_the_last_working_day_before_the_lead_fits(petition: Petition) -> None:
    assert asked(petition, due_on=date(2026, 12, 11)).due_on == date(2026, 12, 11)


@pytest.mark.parametrize("on", [date(2026, 12, 11), date(2026, 12, 14)])
def test_when_no_day_is_left_nobody_is_asked(petition: Petition, on: date) -> None:
    with pytest.raises(Refused, match="no_day_left") as refused:
        asked(petition, on=on, due_on=on + timedelta(days=1))
    assert "14/12/2026" in str(refused.value.message)


def test_a_late_file_asks_nobody_and_is_not_told_to_ask_for_more_time(petition: Petition) -> None:
    on = date(2027, 1, 4)
    with pytest.raises(Refused, match="lead_late") as refused:
        asked(petition, on=on, due_on=on + timedelta(days=1))
    assert "more time" not in str(refused.value.message)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("so-tai-chinh", "lead_itself"),
        ("so-khdt-2024", "no_body"),
        ("mat-tran-tinh", "not_askable"),
    ],
)
def test_neither_the_lead_itself_nor_a_body_that_is_no_more_nor_the_front_is_asked(
    petition: Petition, body: str, code: str
) -> None:
    with pytest.raises(Refused, match=code) as refused:
        asked(petition, to=body)
    assert refused.value.field == "agency"


def test_an_agency_that_owes_its_part_is_not_asked_a_second_time(petition: Petition) -> None:
    part = asked(petition)
    with pytest.raises(Refused, match="asked_already"):
        asked(petition)
    assert asked(petition, to="so-noi-vu").agency.code == "so-noi-vu"
    parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
    again = asked(petition)
    commit()
    assert again.id != part.id


@pytest.mark.parametrize("question", ["", "  ", "\u200b\u200b \u200b", "?!", "xem giúp"])
def test_a_question_that_says_nothing_is_refused(petition: Petition, question: str) -> None:
    with pytest.raises(Refused) as refused:
        parts.ask_part(
            petition,
            to=make.commune("so-y-te"),
            question=question,
            due_on=DUE,
            on=ASKED,
            by=person("binh"),
        )
    assert refused.value.field == "question"


@pytest.mark.parametrize("state", ["submitted", "received", "awaiting_approval", "answered"])
def test_only_a_file_in_progress_asks_for_a_part(plan: Plan, state: str) -> None:
    made = make.petition(state=state, item_id=make.item(plan, ITEM).id, on=SENT)
    commit()
    with pytest.raises(Refused, match="move_forbidden"):
        asked(made)


def test_cuc_gives_her_part_and_binh_is_told(petition: Petition) -> None:
    part = asked(petition)
    parts.give_part(part, text=WORDS, on=DUE, by=person("cuc"))
    commit()
    assert (part.text, part.given_on, part.given_by) == (WORDS, DUE, person("cuc"))
    assert part.standing(date(2027, 5, 5)) == "on_time"
    assert (petition.state, kinds(petition)[-1]) == ("in_progress", "part_given")
    assert told("staff_part_given") == {"binh"}


def test_a_part_given_late_stays_late(petition: Petition) -> None:
    part = asked(petition)
    parts.give_part(part, text=WORDS, on=DUE + timedelta(days=1), by=person("cuc"))
    commit()
    assert part.standing(DUE) == part.standing(date(2027, 5, 5)) == "given_late"
    assert events_of(petition.subject)[-1].fields["on_time"] == "false"


def test_a_part_is_given_once(petition: Petition) -> None:
    part = asked(petition)
    parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
    with pytest.raises(Conflict, match="given_already"):
        parts.give_part(part, text="Một ý kiến khác hẳn ý trước.", on=ASKED, by=person("cuc"))
    assert part.text == WORDS


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\ufeff\u2060", "… — …", "Đã xem xong rồi"])
def test_a_part_that_says_next_to_nothing_is_refused(petition: Petition, text: str) -> None:
    part = asked(petition)
    with pytest.raises(Refused, match="part_too_short") as refused:
        parts.give_part(part, text=text, on=ASKED, by=person("cuc"))
    assert (refused.value.field, part.given_on) == ("text", None)


def test_a_part_may_come_while_the_file_waits_for_approval(plan: Plan, petition: Petition) -> None:
    part = asked(petition)
    answering.send_for_approval(petition, text=make.ANSWER, on=ASKED, by=person("binh"))
    parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
    commit()
    assert (petition.state, part.standing(ASKED)) == ("awaiting_approval", "on_time")


def test_when_the_file_ends_an_open_part_is_moot_and_never_late(petition: Petition) -> None:
    part = asked(petition)
    ending.withdraw(petition, words="", on=ASKED)
    commit()
    assert part.standing(date(2027, 5, 5)) == "moot"
    with pytest.raises(Refused, match="part_moot"):
        parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
    assert not queries.owed_parts(person("cuc"), today=date(2027, 5, 5)).rows
    assert [p.id for p in queries.done_parts(person("cuc"), today=ASKED).rows] == [part.id]


def test_when_the_file_goes_to_another_agency_an_open_part_is_moot(petition: Petition) -> None:
    part = asked(petition)
    to = make.commune("so-noi-vu")
    intake.transfer(petition, to=to, reason="Việc của Sở Nội vụ.", on=ASKED, by=person("giang"))
    commit()
    assert part.standing(date(2027, 5, 5)) == "moot"
    with pytest.raises(Refused, match="part_moot"):
        parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))


def test_nothing_is_owed_by_a_body_that_has_ceased(petition: Petition) -> None:
    part = asked(petition)
    part.agency.valid_to = date(2026, 11, 30)
    commit()
    assert part.standing(date(2026, 12, 4)) == "moot"
    assert not queries.owed_parts(person("cuc"), today=date(2026, 12, 4)).rows


def test_the_public_reads_a_part_when_giang_says_so_and_until_she_takes_it_back(
    petition: Petition,
) -> None:
    part, giang = asked(petition), person("giang")
    with pytest.raises(Refused):
        parts.show_part(part, by=giang)
    parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
    assert not queries.shown_parts(petition)
    with pytest.raises(Refused, match="not_shown"):
        parts.hide_part(part, by=giang)
    parts.show_part(part, by=giang)
    commit()
    assert [p.text for p in queries.shown_parts(petition)] == [WORDS]
    assert events_of(petition.subject)[-1].fields["text"] == WORDS  # for everybody now
    with pytest.raises(Refused, match="shown_already"):
        parts.show_part(part, by=giang)
    parts.hide_part(part, by=giang)
    commit()
    assert not queries.shown_parts(petition)
    assert kinds(petition)[-2:] == ["part_shown", "part_hidden"]
    assert "text" not in events_of(petition.subject)[-1].fields


def test_a_part_of_a_file_that_is_not_public_is_never_shown(petition: Petition) -> None:
    part = asked(petition)
    parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
    petition.is_public = False
    with pytest.raises(Refused, match="file_private"):
        parts.show_part(part, by=person("giang"))


def test_of_two_who_write_at_once_one_wins(petition: Petition) -> None:
    part = asked(petition)
    commit()
    with db.engine.begin() as other:
        other.execute(sa.update(Part).values(lock=Part.lock + 1).where(Part.id == part.id))
    with pytest.raises(StaleDataError):
        parts.give_part(part, text=WORDS, on=ASKED, by=person("cuc"))
        commit()
    db.session.rollback()
    assert db.session.get_one(Part, part.id).given_on is None


def test_who_finds_a_part(petition: Petition) -> None:
    found = asked(petition).public_id
    commit()
    for name in ("cuc", "binh", "lan", "giang", "yen", "dung"):
        assert queries.part_for(person(name), found) is not None, name
    for name in ("minh", "an", "sau"):
        assert queries.part_for(person(name), found) is None, name
    sealing = ending.propose_seal(petition, by=person("binh"))
    ending.confirm_seal(petition, sealing, on=ASKED, by=person("giang"))
    commit()
    for name in ("cuc", "binh", "yen", "dung"):
        assert queries.part_for(person(name), found) is None, name
    assert not queries.done_parts(person("cuc"), today=ASKED).rows


def test_the_queue_is_due_first_and_cut_by_key(plan: Plan, petition: Petition) -> None:
    item_id = make.item(plan, ITEM).id
    days = [date(2026, 12, 8), date(2026, 12, 2), date(2026, 12, 4)]
    for day in days:
        asked(make.petition(state="in_progress", item_id=item_id, on=SENT), due_on=day)
    commit()
    cuc = person("cuc")
    first = queries.owed_parts(cuc, today=ASKED, size=2)
    rest = queries.owed_parts(cuc, today=ASKED, size=2, after=first.after)
    assert [p.due_on for p in [*first.rows, *rest.rows]] == sorted(days)
    assert first.has_next and not rest.has_next
    assert not queries.owed_parts(person("yen"), today=ASKED).rows


def test_todays_coordinating_bodies_of_the_item_come_first(plan: Plan) -> None:
    item = make.item(plan, "III.2.2.a")
    line = next(a for a in item.assignments if a.role == "coordinating")
    line.group, line.agency = None, make.commune("so-khdt-2024")
    made = make.petition(state="submitted", item_id=item.id, on=SENT)
    commit()
    first, others = queries.part_bodies(made, ASKED)
    assert [body.name for body in first] == ["Sở Tài chính"]
    assert made.agency.code == "so-noi-vu" and made.agency not in others
    assert not set(first) & set(others)
    assert len(others) > 100 and all(body.exists_on(ASKED) for body in others)


HOLIDAYS = Calendar.of(
    [CalendarRow(date(2026, 11, 24), "off"), CalendarRow(date(2026, 12, 5), "worked")]
)


@given(
    start=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    length=st.integers(min_value=-5, max_value=40),
)
def test_what_is_suggested_always_fits(start: date, length: int) -> None:
    lead_due = start + timedelta(days=length)
    half = deadlines.part_suggestion(on=start, lead_due=lead_due, calendar=HOLIDAYS)
    last = deadlines.part_last_day(on=start, lead_due=lead_due, calendar=HOLIDAYS)
    between = [start + timedelta(days=n) for n in range(1, max(length, 1))]
    fitting = [day for day in between if HOLIDAYS.is_working(day)]
    assert last == (fitting[-1] if fitting else None)
    assert half == (fitting[(len(fitting) + 1) // 2 - 1] if fitting else None)
    for day in {half, last} - {None}:
        assert day and deadlines.part_fits(day, on=start, lead_due=lead_due)
