"""After her data is deleted nothing that she alone wrote stands in any table, however she wrote it."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from feedback.accounts.rules.addresses import Proven
from feedback.audit.queries import verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.files.actions import keep_cleaned
from feedback.files.cleaning import Cleaned
from feedback.files.queries import draft_subject
from feedback.petitions import queries
from feedback.petitions.actions import answering, ending, intake, judging, owndata, waiting
from feedback.petitions.models import Petition
from feedback.plans.models import Plan
from tests import make
from tests.people import person

HERS = "nhà có cây me già"  # what nobody but she would write
WORDS = f"Xin xem lại giúp, {HERS} ở góc đường."


def everywhere() -> dict[str, int]:
    """In how many rows of which tables her words stand."""
    found = {}
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(sa.select(table)).all()
        number = sum(HERS in str(tuple(row)) for row in rows)
        if number:
            found[table.name] = number
    return found


def paper() -> Cleaned:
    return Cleaned(b"%PDF-1.7 of a test", "application/pdf", ".pdf", pages=1)


def disputed(item_id: int) -> Petition:
    """A public file with all that a sender can write into one, answered twice."""
    today, binh = clock.today(), person("binh")
    keep_cleaned(paper(), name=f"{HERS}.pdf", subject=draft_subject("her own key"))
    commit()
    file = make.petition(key="her own key", place=HERS, sender_name=HERS, item_id=item_id)
    shown = [one.public_id for one in queries.attachments_of(file)]
    intake.receive(file, show=True, pictures=shown, on=today, by=person("thu"))
    intake.assign(file, officer=binh, on=today, by=person("thu"))
    waiting.ask_resident(file, question="Số nhà bao nhiêu?", on=today, by=binh)
    waiting.supply(file, reply=WORDS, on=today + timedelta(days=1))
    for _answer in range(2):
        version = answering.send_for_approval(file, text=make.ANSWER, on=today, by=binh)
        answering.approve(file, version_id=version.id, on=today, by=person("giang"))
        judging.rate(file, score=1, words=WORDS)
        if not file.was_disputed:
            judging.dispute(file, reason=WORDS, on=today)
    return file


def test_all_that_she_wrote_goes_from_every_table(plan: Plan) -> None:
    today, an = clock.today(), person("an")
    item_id = make.item(plan, "III.2.2.c").id
    answered, back = disputed(item_id), make.petition(state="received", item_id=item_id)
    ending.withdraw(back, words=WORDS, on=today)
    wrong = owndata.ask_correction(answered, words=WORDS, on=today)
    owndata.refuse_request(wrong, words="Không sửa.", basis="Điều 1", on=today, by=an)
    commit()
    assert everywhere().keys() >= {"outcome", "leg", "dispute", "data_request", "stored_file"}
    asked = owndata.ask_account_deletion(
        Proven(email="hoa@example.vn"), words=WORDS, uncount=False, on=today
    )
    owndata.delete_account(asked, words="Đã xóa.", on=today, by=an)
    commit()
    assert everywhere() == {}
    assert verify().bad_seq is None


def test_whoever_sent_more_than_a_page_of_petitions_is_forgotten_in_all_of_them(plan: Plan) -> None:
    today = clock.today()
    for _one in range(103):
        ending.withdraw(make.receipt(place=HERS).petition, words="", on=today)
    commit()
    asked = owndata.ask_account_deletion(
        Proven(email="hoa@example.vn"), words="", uncount=False, on=today
    )
    owndata.delete_account(asked, words="Đã xóa.", on=today, by=person("an"))
    commit()
    assert everywhere() == {}
