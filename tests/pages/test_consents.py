"""What somebody agreed to is kept as proof, and what she takes back stops at once."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from feedback.audit.queries import events_of, verify
from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage
from feedback.petitions import queries
from feedback.petitions.actions import consenting, intake
from feedback.petitions.models import Petition
from feedback.petitions.queries.consents import all_words
from feedback.petitions.rules import consents
from tests import make
from tests.accounts.browser import Browser
from tests.counting import count_queries
from tests.pages.conftest import Story
from tests.pages.test_submission import GOOD
from tests.people import person


def told(petition: Petition) -> list[str]:
    """What was written to the sender of a file, in order."""
    rows = db.session.scalars(
        sa.select(OutboxMessage.template)
        .where(OutboxMessage.dedupe_key.startswith(f"{petition.public_id}:resident_"))
        .order_by(OutboxMessage.id)
    )
    return [template.partition("resident_")[2] for template in rows]


def test_without_a_tick_only_what_the_law_asks_is_written(story: Story) -> None:
    with story.site.app_context():
        quiet = make.petition(state="answered", consents=(), item_id=story.item_id)
        asked = make.petition(state="answered", item_id=story.item_id)
        assert told(quiet) == ["answered"]
        assert told(asked) == ["submitted", "received", "answered"]
        assert not queries.consents_of(quiet)
        (proof,) = queries.consents_of(asked)
        assert (proof.purpose, proof.version, proof.channel) == ("progress", "1", "web")
        assert "từng bước" in queries.words_of(proof)
        commit()
        first = events_of(asked.subject, levels=("party",))[0]
        assert first.fields["consents"] == "progress:1"


def test_a_consent_taken_back_ends_every_mail_and_hides_the_name(site: Flask) -> None:
    with site.app_context():
        make.reference_data()
        person("thu")
        both = (("progress", "1"), ("name_public", "1"))
        file = make.petition(sender_name="Phan Thị Hoa", name_public=True, consents=both)
        consenting.withdraw_consent(file, purpose="progress")
        consenting.withdraw_consent(file, purpose="name_public")
        consenting.withdraw_consent(file, purpose="name_public")  # a second tap
        intake.receive(file, show=True, on=file.submitted_on, by=person("thu"))
        commit()
        assert told(file) == ["submitted"] and not file.name_public
        assert all(one.withdrawn_at for one in queries.consents_of(file))
        consenting.give(file, purpose="progress", version="1", locale="vi")
        commit()
        assert len(queries.consents_of(file)) == 3  # the old proof stays beside the new one
        kinds = [event.kind for event in events_of(file.subject, levels=("party",))]
        assert kinds.count("petition:consent_withdrawn") == 2 and file.notices == "progress"
        assert verify().bad_seq is None


def test_a_box_is_empty_and_sends_the_version_of_its_words(story: Story) -> None:
    browser = Browser(story.site)
    page = browser.send("/submit", page="/submit", **{**GOOD, "step": "files"})
    assert 'name="progress" value="2"' in page.text and "checked" not in page.text
    assert "Nếu bạn không đánh dấu ô nào" in page.text
    nowhere = {**GOOD, "step": "contact", "email": "", "progress": "1", "name_public": "1"}
    refused = browser.send("/submit", page="/submit", **nowhere)
    assert refused.status_code == 422 and "Muốn nhận tin, bạn ghi" in refused.text
    sent = {**GOOD, "sender_name": "Hoa", "progress": "1", "name_public": "77"}
    # the words of a page that lay open count as they stood; what never stood anywhere does not
    assert browser.send("/submit", page="/submit", **sent).status_code == 303

    page = browser.get("/track/file/data")
    assert "hoa@example.vn" in page.text and page.text.count("Đã đồng ý lúc") == 1
    form = {"page": "/track/file/data", "purpose": "progress", "do": "withdraw"}
    lock, file = hidden(page.text, "seen"), hidden(page.text, "file")
    done = browser.send("/track/file/consents", **form, seen=lock, file=file)
    assert done.location.endswith("/track/file/data#dong-y")
    assert "Chúng tôi không gửi gì cho bạn nữa" in browser.get("/track/file/data").text
    again = browser.send("/track/file/consents", **form, seen=lock, file=file)
    assert again.status_code == 409  # a page that lay open meanwhile


def hidden(text: str, name: str) -> str:
    return text.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_agreeing_costs_a_submission_one_statement_and_silence_none(site: Flask) -> None:
    with site.app_context():
        make.reference_data()
        commit()
        costs = []
        both = (("progress", "1"), ("name_public", "1"))
        for agreed in ((), (), (), (("progress", "1"),), both):
            with count_queries() as asked:
                make.receipt(consents=agreed, email="", phone="0901234567", sender_name="Hoa")
                commit()
            costs.append(len(asked))
        silent = costs[2]  # the first ones filled what is remembered
        assert costs[2:] == [silent, silent + 1, silent + 1]


def test_every_purpose_has_its_words_in_both_languages_and_each_version_once() -> None:
    keys = [(one.purpose, one.version, one.locale) for one in all_words()]
    assert len(keys) == len(set(keys))
    for purpose in consents.PURPOSES:
        assert {locale for one, _version, locale in keys if one == purpose} >= {"vi", "en"}
