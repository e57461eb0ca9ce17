"""Whoever can write the database beside the program: the record stays whole, and the rows are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.audit.queries import verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions.actions import answering, ending, intake, judging, waiting
from feedback.petitions.commands import petitions
from feedback.petitions.models import Petition
from feedback.petitions.queries.comparing import compare_files
from feedback.plans.models import Plan
from feedback.workdays.commands import workdays
from tests import make
from tests.people import person

WORDS = "Xin cho biết thêm số nhà và ngày nộp."
# what an insider writes → what of it the comparison names
TAMPERED = {
    "due_on = '2030-01-02'": ["due"],
    "first_due_on = '2030-01-02'": ["first_due"],
    "submitted_on = '2020-01-02'": ["day_zero"],
    "text = 'Tôi rất hài lòng với cách làm của sở.'": ["text"],
    "title = 'Cảm ơn'": ["title"],
    "state = 'closed', is_open = false": ["state"],
    "is_public = false": ["public"],
    "answered_on = '2026-01-02', on_time = true": ["answered_on", "on_time"],
    "agency_id = (SELECT id FROM agency WHERE code = 'so-y-te')": ["agency"],
}


def differing() -> dict[int, list[str]]:
    """Which files differ, by their place in the list, and in what."""
    found = (sorted(d.name for d in one.differences) for one in compare_files())
    return {place: names for place, names in enumerate(found) if names}


def test_what_was_changed_beside_the_record_is_named_and_what_verbs_did_is_not(plan: Plan) -> None:
    today, item_id = clock.today(), make.item(plan, "III.2.2.c").id
    for _one in TAMPERED:
        make.petition(state="in_progress", item_id=item_id)
    # a long life: asked, supplied, answered, rated, disputed; another passed on; another taken back
    long = make.petition(state="in_progress", item_id=item_id)
    waiting.ask_resident(long, question=WORDS, on=today, by=person("binh"))
    waiting.supply(long, reply=WORDS, on=today + timedelta(days=3))
    answered = make.petition(state="answered", item_id=item_id)
    judging.rate(answered, score=2, words="Chưa rõ")
    judging.dispute(answered, reason=WORDS, on=today)
    passed = make.petition(state="received", item_id=item_id)
    to = make.commune("so-y-te")
    intake.transfer(passed, to=to, reason=WORDS, on=today, by=person("giang"))
    ending.withdraw(make.petition(state="received"), words="", on=today)
    commit()
    assert differing() == {}
    ids = db.session.scalars(sa.select(Petition.id).order_by(Petition.id)).all()
    for number, change in zip(ids, TAMPERED, strict=False):
        db.session.execute(sa.text(f"UPDATE petition SET {change} WHERE id = {number}"))
    commit()
    assert differing() == dict(enumerate(TAMPERED.values()))
    assert verify().bad_seq is None  # the record itself is as it was


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE answer_version SET text = 'Sở đã giải quyết xong.'", "answer 1 is not as"),
        ("UPDATE rating SET score = 5", "rating 1 is 5, the record says 2"),
        ("UPDATE term_rule SET amount = 90", "the table of terms is not the one"),
        ("DELETE FROM rating", "rating 1 is empty, the record says 2"),
    ],
)
def test_the_command_says_what_differs_without_anybodys_words(
    plan: Plan, site: Flask, change: str, sentence: str
) -> None:
    made = make.petition(state="answered", item_id=make.item(plan, "III.2.2.c").id)
    judging.rate(made, score=2, words="Chưa rõ")
    commit()
    runner = site.test_cli_runner()
    assert runner.invoke(petitions, ["verify"]).exit_code == 0
    db.session.execute(sa.text(change))
    commit()
    result = runner.invoke(petitions, ["verify"])
    assert result.exit_code == 1
    assert sentence in result.output
    assert "giải quyết" not in result.output


def test_a_holiday_slipped_into_the_calendar_is_named(plan: Plan, site: Flask) -> None:
    commit()
    runner = site.test_cli_runner()
    assert runner.invoke(workdays, ["verify"]).exit_code == 0
    db.session.execute(
        sa.text(
            "INSERT INTO calendar_day (day, kind, status, reason)"
            " VALUES ('2026-11-30', 'off', 'announced', 'Nghỉ bù')"
        )
    )
    commit()
    result = runner.invoke(workdays, ["verify"])
    assert result.exit_code == 1
    assert "2026-11-30 is off, the record says nothing" in result.output


def test_an_answer_given_in_time_by_a_clock_set_back_is_named(plan: Plan) -> None:
    """It is three days late; somebody sets the server's clock back and approves. The record's own time
    does not run back."""
    now = clock.now()
    made = make.petition(state="awaiting_approval", item_id=make.item(plan, "III.2.2.c").id)
    commit()
    version = made.answers[0].versions[0].id
    earlier = clock.day_of(now) - timedelta(days=3)
    answering.approve(made, version_id=version, on=earlier, by=person("giang"))
    commit()
    (found,) = [one for one in compare_files() if one.differences]
    (said,) = map(str, found.differences)
    assert said == f"clock of answered_on: {earlier} was written down on {clock.day_of(now)}"
