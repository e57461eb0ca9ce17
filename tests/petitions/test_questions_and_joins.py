"""Asking the resident, guiding her elsewhere, joining two files: the verbs, and what she is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.notifications.models import OutboxMessage
from feedback.notifications.rendering import words
from feedback.petitions import queries
from feedback.petitions.actions import ending, intake, waiting
from feedback.petitions.models import Petition
from feedback.petitions.queries.story import legs_of, wait_left
from feedback.petitions.rules.references import Reference, parse_reference
from feedback.plans.models import Plan
from tests import make
from tests.people import person

ITEM = "III.2.2.c"
DAY = date(2026, 11, 2)
HERE = frozenset({"ydan.example"})
PAGE = "0123456789abcdef"


def mails(what: str) -> list[str]:
    rows = db.session.query(OutboxMessage).filter_by(template=f"petitions/resident_{what}")
    return [words(m.template, m.params, m.locale).text for m in rows.order_by(OutboxMessage.id)]


@pytest.fixture
def worked_on(plan: Plan) -> Petition:
    return make.petition(state="in_progress", on=DAY, item_id=make.item(plan, ITEM).id)


def ask(petition: Petition, question: str, *, on: date) -> None:
    waiting.ask_resident(petition, question=question, on=on, by=person("binh"))


def test_the_officer_is_told_how_long_the_clock_may_rest(worked_on: Petition) -> None:
    wait = wait_left(worked_on, DAY)
    assert (wait.days, wait.until, wait.late) == (10, date(2026, 11, 16), False)
    ask(worked_on, "Chợ nào?", on=DAY)
    waiting.supply(worked_on, reply="Chợ Long Hoa.", on=date(2026, 11, 5))
    commit()
    wait = wait_left(worked_on, date(2026, 11, 9))
    assert (wait.days, wait.until) == (7, date(2026, 11, 18))


def test_a_file_that_used_up_its_waiting_is_not_asked_again(worked_on: Petition) -> None:
    ask(worked_on, "Chợ nào?", on=DAY)
    waiting.resume(worked_on, on=date(2026, 11, 17))
    commit()
    assert wait_left(worked_on, date(2026, 11, 18)).until is None
    with pytest.raises(Refused, match="no_wait_left"):
        ask(worked_on, "Ki-ốt số mấy?", on=date(2026, 11, 18))


def test_a_late_file_stays_late_while_the_resident_is_asked(worked_on: Petition) -> None:
    due = worked_on.due_on
    late = due + timedelta(days=3)
    assert wait_left(worked_on, late).late
    ask(worked_on, "Chợ nào?", on=late)
    waiting.supply(worked_on, reply="Chợ Long Hoa.", on=late + timedelta(days=2))
    commit()
    assert worked_on.due_on == due
    assert "đã quá hạn" in mails("asked")[0] and "tạm dừng" not in mails("asked")[0]


def test_two_questions_of_one_day_are_two_mails(worked_on: Petition) -> None:
    ask(worked_on, "Chợ nào?", on=DAY)
    waiting.supply(worked_on, reply="Chợ Long Hoa.", on=DAY)
    ask(worked_on, "Ki-ốt số mấy?", on=DAY)
    commit()
    assert [("Chợ nào?" in m, "Ki-ốt số mấy?" in m) for m in mails("asked")] == [
        (True, False),
        (False, True),
    ]


def test_guidance_ends_the_file_with_words_that_the_resident_reads(plan: Plan) -> None:
    petition = make.receipt(item_id=make.item(plan, ITEM).id, on=DAY).petition
    with pytest.raises(Refused):
        ending.guide(petition, words="", on=DAY, by=person("thu"))
    text = "Nơi cần đến: Tòa án nhân dân khu vực"
    ending.guide(petition, words=text, on=DAY, by=person("thu"))
    commit()
    assert (petition.state, petition.closed_on) == ("guided", DAY)
    assert text in mails("guided")[0]


def test_a_resident_is_told_to_which_file_hers_was_joined(plan: Plan) -> None:
    item = make.item(plan, ITEM).id
    older = make.petition(state="in_progress", on=DAY, item_id=item, title="Vay vốn ở chợ")
    newer = make.petition(state="received", on=DAY + timedelta(days=1), item_id=item)
    ending.merge(newer, into=older, on=DAY + timedelta(days=1), by=person("thu"))
    commit()
    outcome = queries.outcome_of(newer)
    assert outcome is not None and outcome.other is older
    (mail,) = mails("merged")
    assert older.reference in mail and "Vay vốn ở chợ" in mail
    assert f"/petitions/{older.public_id}" in mail


def test_joining_never_makes_anybody_wait_longer(plan: Plan) -> None:
    item, by = make.item(plan, ITEM).id, person("thu")
    first = make.petition(state="received", on=DAY, item_id=item)
    second = make.petition(state="received", on=DAY + timedelta(days=1), item_id=item)
    hidden = make.receipt(item_id=item, on=DAY).petition
    for into in (None, first, second, hidden):
        with pytest.raises(Refused) as refused:
            ending.merge(first, into=into, on=DAY, by=by)
        assert refused.value.field == "into"
    ending.guide(first, words="Nơi cần đến: UBND xã", on=DAY, by=by)
    with pytest.raises(Refused):
        ending.merge(second, into=first, on=DAY, by=by)
    assert second.state == "received"


def test_a_public_file_is_found_by_its_number_and_by_its_address(plan: Plan) -> None:
    item = make.item(plan, ITEM).id
    seen = make.petition(state="received", on=DAY, item_id=item)
    hidden = make.receipt(item_id=item, on=DAY).petition
    commit()
    for typed in (
        seen.reference,
        seen.reference.lower().replace("-", " "),
        f"/petitions/{seen.public_id}",
        f"https://ydan.example/petitions/{seen.public_id}?lang=vi",
    ):
        assert queries.public_named(typed, hosts=HERE) is seen, typed
    wrong_year = seen.reference.replace("TN26", "TN25")
    far = "TN26-999999999"
    for typed in (hidden.reference, f"/petitions/{hidden.public_id}", wrong_year, far, ""):
        assert queries.public_named(typed, hosts=HERE) is None, typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("TN26-000123", Reference(year=26, count=123)),
        ("tn26000123", Reference(year=26, count=123)),
        (f"/petitions/{PAGE}", Reference(public_id=PAGE)),
        (f"ydan.example/petitions/{PAGE}/", Reference(public_id=PAGE)),
        (f"https://ydan.example/petitions/{PAGE.upper()}#top", Reference(public_id=PAGE)),
        (f"https://other.example/petitions/{PAGE}", None),
        (f"https://ydan.example.evil/petitions/{PAGE}", None),
        (f"https://ydan.example@evil.example/petitions/{PAGE}", None),
        (f"javascript:/petitions/{PAGE}", None),
        (f"https://ydan.example/officer/petitions/{PAGE}", None),
        ("TN26-1234567890123", None),
        ("000123", None),
        ("", None),
    ],
)
def test_how_people_name_a_file(typed: str, meant: Reference | None) -> None:
    assert parse_reference(typed, hosts=HERE) == meant


def test_a_transfer_without_words_is_refused(worked_on: Petition) -> None:
    with pytest.raises(Refused) as refused:
        to = make.commune("so-y-te")
        intake.transfer(worked_on, to=to, reason="", on=DAY, by=person("giang"))
    assert refused.value.field == "reason"


def test_the_legs_say_whose_hands_and_how_long(worked_on: Petition) -> None:
    later = date(2026, 11, 5)
    intake.transfer(
        worked_on, to=make.commune("so-y-te"), reason="Về y tế.", on=later, by=person("giang")
    )
    commit()
    legs = legs_of(worked_on, date(2026, 11, 9))
    assert [(row.leg.agency.name, row.days) for row in legs] == [
        ("Sở Tài chính", 3),
        ("Sở Y tế", 2),
    ]
