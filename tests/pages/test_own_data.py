"""What somebody sees, takes along, corrects and has deleted of her own data; the record still verifies."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from feedback.audit.models import EventField
from feedback.audit.queries import verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.notifications.models import OutboxMessage
from feedback.petitions import queries
from feedback.petitions.actions import owndata
from feedback.petitions.models import DataRequest, Petition
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.pages.test_consents import hidden
from tests.pages.test_html import faults
from tests.people import person

SECRET = "hẻm số 7 sau nhà bà Ba"
SignIn = Callable[[str], Browser]


def hoa(story: Story, **changes: object) -> tuple[Browser, str]:
    """She follows an answered petition of her own; its public id."""
    with story.site.app_context():
        told = {"sender_name": "Phan Thị Hoa", "place": SECRET, "key": "hoa keeps this key"}
        file = make.petition(state="answered", item_id=story.item_id, **{**told, **changes})
        commit()
        found, code = file.public_id, make.code_of("hoa keeps this key")
        db.session.remove()
    browser = Browser(story.site)
    browser.send("/track", code=code)
    return browser, found


def sent(browser: Browser, page: str, **fields: str) -> TestResponse:
    shown = browser.get(page).text
    return browser.send(page, seen=hidden(shown, "seen"), file=hidden(shown, "file"), **fields)


def test_she_sees_it_all_and_takes_it_along(story: Story) -> None:
    browser, _file = hoa(story)
    page = browser.get("/track/file/data").text
    assert all(words in page for words in ("Phan Thị Hoa", "hoa@example.vn", SECRET))
    answer = browser.get("/track/file/data.zip")
    assert answer.mimetype == "application/zip" and answer.headers["Cache-Control"] == "no-store"
    with ZipFile(io.BytesIO(answer.data)) as parcel:
        held = json.loads(parcel.read("du-lieu.json"))
        assert held["sender"]["email"] == "hoa@example.vn"
        assert held["answers"][0]["text"] == make.ANSWER
        assert held["consents"][0]["purpose"] == "progress"
        assert SECRET in parcel.read("ho-so.html").decode()


def test_she_puts_her_contact_right_and_the_record_keeps_no_address(story: Story) -> None:
    browser, file = hoa(story)
    page = "/track/file/corrections/new"
    wrong = sent(browser, page, sender_name="Hoa", email="hoa@")
    assert wrong.status_code == 422 and 'value="hoa@"' in wrong.text
    sent(browser, page, sender_name="Hoa", email="hoa.moi@example.vn", phone="")
    with story.site.app_context():
        petition = queries.public_petition(file)
        assert petition is not None and petition.contact is not None
        assert petition.contact.email == "hoa.moi@example.vn"
        values = db.session.scalars(sa.select(EventField.value)).all()
        assert "name email" in values and not any("@" in (value or "") for value in values)
        db.session.remove()


@pytest.mark.parametrize("shown", [True, False], ids=["public", "private"])
def test_she_has_it_deleted_and_the_record_still_verifies(
    story: Story, signed_in: SignIn, tmp_path: Path, shown: bool
) -> None:
    browser, file = hoa(story)
    if not shown:
        with story.site.app_context():
            petition = queries.public_petition(file)
            assert petition is not None
            petition.is_public = False
            commit()
            db.session.remove()
    sent(browser, "/track/file/deletions/new", words="Tôi dọn đi nơi khác")
    assert "Trả lời ban đầu chậm nhất" in browser.get("/track/file/data").text
    with story.site.app_context():
        (asked,) = db.session.scalars(sa.select(DataRequest))
        day, number = asked.asked_on, asked.public_id
        assert (asked.due_on - day).days >= 20 and asked.reply_due_on < asked.due_on
        db.session.remove()
    an, page = signed_in("an"), f"/officer/data-requests/{number}/decisions/new"
    assert "xóa dữ liệu người gửi" in an.get("/officer/data-requests").text
    (tmp_path / "decision.html").write_text(an.get(page).text, encoding="utf-8")
    assert faults(tmp_path) == []  # a page that the walk over all addresses cannot reach
    lock = hidden(an.get(page).text, "seen")
    barren = an.send(page, seen=lock, decision="refuse", words="Không được", basis="")
    assert barren.status_code == 422 and "điều luật" in barren.text
    assert an.send(page, seen=lock, decision="confirm", words="Đã đọc.").status_code == 303
    assert an.send(page, seen=lock, decision="delete", words="Xong.").status_code == 409
    lock = hidden(an.get(page).text, "seen")
    assert an.send(page, seen=lock, decision="delete", words="Đã xóa.").status_code == 303

    with story.site.app_context():
        petition = db.session.scalars(sa.select(Petition).where(Petition.public_id == file)).one()
        assert petition.sender_name == petition.place == ""
        assert petition.contact is not None and petition.contact.email is None
        assert bool(petition.text) is shown
        values = [value or "" for value in db.session.scalars(sa.select(EventField.value))]
        assert not any(SECRET in value for value in values)
        assert not db.session.scalar(
            sa.select(OutboxMessage.id).where(OutboxMessage.dedupe_key.contains(f"{file}:resident"))
        )
        verdict = verify()
        assert verdict.bad_seq is None
        db.session.remove()
    left = browser.get("/track/file/data").text
    assert "Đã xóa ngày" in left and SECRET not in left and "hoa@example.vn" not in left
    assert Browser(story.site).get(f"/petitions/{file}").status_code == (200 if shown else 404)


def test_nothing_is_deleted_while_the_agency_must_answer(story: Story) -> None:
    browser = Browser(story.site)
    browser.send("/track", code=story.codes["in_progress"])
    page = browser.get("/track/file/deletions/new").text
    assert "Chưa xóa được khi cơ quan còn đang giải quyết" in page and "Rút" in page
    with story.site.app_context():
        file = queries.by_code(story.codes["in_progress"])
        assert file is not None
        with pytest.raises(Refused):
            owndata.ask_deletion(file, words="", on=clock.today())
        db.session.remove()


def test_the_clocks_are_those_of_the_decree(story: Story) -> None:
    with story.site.app_context():
        day = date(2026, 11, 23)
        file = make.petition(state="answered", item_id=story.item_id, on=day)
        asked = owndata.ask_deletion(file, words="", on=day)
        assert (asked.reply_due_on, asked.due_on) == (date(2026, 11, 26), date(2026, 12, 14))
        owndata.refuse_request(
            asked, words="Phải lưu hồ sơ.", basis="Luật Lưu trữ", on=day, by=person("an")
        )
        assert asked.state == "refused" and file.contact is not None and file.contact.email
        db.session.rollback()
