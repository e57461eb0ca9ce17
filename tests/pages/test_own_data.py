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
from flask import Flask
from werkzeug.test import TestResponse

from feedback.accounts.models import Contact, ResidentSession
from feedback.accounts.queries import contact_hash
from feedback.accounts.rules.addresses import Proven
from feedback.audit.models import EventField
from feedback.audit.queries import verify
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.notifications.models import InboxItem, OutboxMessage
from feedback.petitions import queries
from feedback.petitions.actions import following, owndata
from feedback.petitions.models import DataRequest, Petition
from feedback.supports import actions as supports
from feedback.supports.models import Support, SupportEntry
from tests import make
from tests.accounts.browser import Browser
from tests.counting import count_queries
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


def mailbox() -> list[str]:
    """What waits to be sent: channel and template."""
    rows = db.session.execute(sa.select(OutboxMessage.channel, OutboxMessage.template))
    return [f"{channel} {template.partition('/')[2]}" for channel, template in rows]


def proved(site: Flask, email: str) -> Browser:
    """A browser in which somebody has proved an e-mail address."""
    browser = Browser(site)
    browser.send("/track/email", email=email)
    with site.app_context():
        params = db.session.scalars(
            sa.select(OutboxMessage.params).where(OutboxMessage.address == email)
        ).all()
        db.session.remove()
    browser.send("/track/email/code", code=params[-1]["code"])
    return browser


def test_the_desk_hears_of_it_and_she_hears_what_became_of_it(
    story: Story, signed_in: SignIn
) -> None:
    browser, file = hoa(story)
    page = "/track/file/correction-requests/new"
    assert sent(browser, page, words=" ").status_code == 422
    assert sent(browser, page, words="Là số 12, không phải số 7.").status_code == 303
    with story.site.app_context():
        (asked,) = db.session.scalars(sa.select(DataRequest))
        number, days = asked.public_id, (asked.due_on - asked.asked_on).days
        assert asked.kind == "correct" and 10 <= days < 20
        told = mailbox()
        assert {"inbox staff_data_asked", "email staff_data_asked", "email data_asked"} <= {*told}
        db.session.remove()
    shown = browser.get("/track/file/data").text
    assert "Dữ liệu về tôi có chỗ sai" in shown and '<table class="days">' in shown
    an, desk = signed_in("an"), f"/officer/data-requests/{number}/decisions/new"
    form = an.get(desk).text
    assert "sửa dữ liệu người gửi" in form and f'value="{SECRET}"' in form
    lock = hidden(form, "seen")
    kept = {"sender_name": "Phan Thị Hoa", "email": "hoa@example.vn", "phone": ""}
    said = {**kept, "decision": "correct", "words": "Đã sửa.", "seen": lock}
    same = an.send(desk, **said, place=SECRET)
    assert same.status_code == 422 and "Chưa có gì thay đổi" in same.text
    assert an.send(desk, **said, place="số 12").status_code == 303
    with story.site.app_context():
        petition = queries.public_petition(file)
        assert petition is not None and petition.place == "số 12"
        values = [value or "" for value in db.session.scalars(sa.select(EventField.value))]
        assert "place" in values and "số 12" not in values
        assert mailbox().count("email data_ended") == 1
        db.session.remove()
    assert "Đã sửa ngày" in browser.get("/track/file/data").text


@pytest.mark.parametrize("uncount", ["", "y"], ids=["counted still", "taken back"])
def test_all_that_is_held_about_her_goes_in_one_request(
    story: Story, signed_in: SignIn, uncount: str
) -> None:
    _browser, private = hoa(story, email="ba@example.vn", key="hoa keeps this key")
    with story.site.app_context():
        hers = queries.by_code(make.code_of("hoa keeps this key"))
        assert hers is not None
        hers.is_public = False
        make.petition(state="answered", item_id=story.item_id, email="ba@example.vn")
        other = queries.public_petition(story.petitions["in_progress"])
        assert other is not None
        who = Proven(email="ba@example.vn")
        supports.support(other, who=who, whence=supports.Whence())
        supports.support(other, who=Proven(email="tu@example.vn"), whence=supports.Whence())
        following.follow(other, who=who, locale="vi")
        supports.seal_batch(on=clock.today())
        commit()
        supports.forget_person(Proven(email="nobody@example.vn"), uncount=True)
        assert other.supports == 2
        for message in db.session.scalars(sa.select(OutboxMessage)):
            if "reference" in message.params and message.channel == "inbox":  # as the worker does
                db.session.add(InboxItem(person_id=message.person_id, subject=message.params["reference"], body=message.params.get("title", ""), link=message.params["link"]))  # fmt: skip
        commit()
        db.session.remove()
    ba, page = proved(story.site, "ba@example.vn"), "/track/mine/deletions/new"
    assert "Những gì còn lại, vì sao" in ba.get(page).text
    assert ba.send(page, words="Tôi dọn đi.", uncount=uncount).status_code == 303
    assert ba.send(page, page="/track/mine").status_code == 409
    assert "bạn xin xóa mọi dữ liệu về mình" in ba.get("/track/mine").text
    with story.site.app_context():
        (asked,) = db.session.scalars(sa.select(DataRequest))
        number = asked.public_id
        db.session.remove()
    an, desk = signed_in("an"), f"/officer/data-requests/{number}/decisions/new"
    lock = hidden(an.get(desk).text, "seen")
    assert an.send(desk, seen=lock, decision="delete", words="Đã xóa hết.").status_code == 303
    with story.site.app_context():
        assert not db.session.scalar(sa.select(Contact.id).where(Contact.email == "ba@example.vn"))
        assert not db.session.scalar(sa.select(ResidentSession.id))
        left = db.session.scalars(
            sa.select(OutboxMessage).where(OutboxMessage.address == "ba@example.vn")
        ).all()
        assert [message.template for message in left] == ["petitions/data_ended"]  # the last one
        gone = db.session.scalars(sa.select(Petition).where(Petition.public_id == private)).one()
        assert gone.title == gone.text == ""
        about = db.session.scalars(sa.select(InboxItem).where(InboxItem.link.contains(private)))
        assert {(item.subject, item.body) for item in about} == {(gone.reference, "")}
        other = queries.public_petition(story.petitions["in_progress"])
        assert other is not None and other.supports == (1 if uncount else 2)
        hashed = contact_hash(Proven(email="ba@example.vn"))
        for model in (Support, SupportEntry):
            assert not db.session.scalar(sa.select(model.id).where(model.contact_hash == hashed))
        supports.seal_batch(on=clock.today())
        commit()
        assert supports.verify_batches().bad is None and supports.recount().wrong == 0
        assert verify().bad_seq is None
        db.session.remove()
    assert ba.get("/track/mine").status_code == 302  # signed out: nothing opens with it any more


def test_whoever_only_follows_is_forgotten_at_once(story: Story) -> None:
    tu = proved(story.site, "tu@example.vn")
    page = "/track/mine/deletions/new"
    assert "không cần ai duyệt" in tu.get(page).text
    assert tu.send(page).location == "/"
    assert tu.get("/track/mine").status_code == 302
    hoas = proved(story.site, "hoa@example.vn")
    for known, most in (("/track/mine", 6), (page, 4)):
        with story.site.app_context(), count_queries() as asked:
            hoas.get(known)
            assert len(asked) <= most, asked
            db.session.remove()
    assert "đang giải quyết: cơ quan cần hỏi" in hoas.get(page).text
    assert hoas.send(page, page="/track/mine").status_code == 422
