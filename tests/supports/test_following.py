"""Who asked to hear of a petition hears of it, and only she; a file can be added to one's list by its code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from feedback.accounts.models import Contact
from feedback.accounts.rules.addresses import Proven
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage
from feedback.notifications.rendering import sms_words, words
from feedback.petitions.actions import answering, ending, following, judging, waiting
from feedback.petitions.models import Follower
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.people import person
from tests.supports.conftest import file, newest_code

Neighbour = Callable[..., tuple[Browser, object]]


def told(what: str) -> dict[str, OutboxMessage]:
    rows = db.session.scalars(sa.select(OutboxMessage).filter_by(template=f"petitions/{what}"))
    return {row.address.split("@")[0]: row for row in rows}


def test_who_ticked_the_box_hears_the_answer_and_the_end_until_she_says_stop(
    story: Story, here: str, neighbour: Neighbour
) -> None:
    for name, notify in (("mai", True), ("tam", False), ("loc", True)):
        neighbour(f"{name}@dan.example.vn", notify=notify)
    with story.site.app_context():
        petition, day = file(story), clock.today()
        version = answering.send_for_approval(petition, text=make.ANSWER, on=day, by=person("binh"))
        answering.approve(petition, version_id=version.id, on=day, by=person("giang"))
        commit()
        mails = told("follower_answered")
        assert set(mails) == {"mai", "loc"}
        said = words("petitions/follower_answered", mails["mai"].params, "vi")
        assert f"https://ydan.example{here}" in said.text or here in said.text
        stop = mails["mai"].params["end"]
        db.session.remove()
    browser = Browser(story.site)
    assert "Thôi nhận tin" in browser.get(stop).text
    assert "đã được xóa" in browser.send(stop).text
    assert browser.get(stop).status_code == 404
    with story.site.app_context():
        judging.close(file(story), on=clock.today() + timedelta(days=31))
        commit()
        assert set(told("follower_closed")) == {"loc"}
        assert db.session.scalars(sa.select(Follower)).all() == []  # at rest: no address is kept
        db.session.remove()


def test_who_follows_hears_of_the_steps_on_the_way_by_mail_or_by_text_message(
    story: Story, neighbour: Neighbour
) -> None:
    """Tư ticked the box while it named the answer and the end alone: nothing more goes to her."""
    neighbour("mai@dan.example.vn", notify=True)
    with story.site.app_context():
        petition, day, binh = file(story), clock.today(), person("binh")
        following.follow(petition, who=Proven(phone="+84912345678"), locale="vi", steps=True)
        following.follow(petition, who=Proven(email="tu@dan.example.vn"), locale="vi")
        more = {"to_on": petition.due_on + timedelta(days=3), "reason": "Chờ kết quả đo."}
        asked = waiting.ask_extension(petition, **more, on=day, by=binh)
        waiting.approve_extension(petition, asked, on=day, by=person("giang"))
        waiting.ask_resident(petition, question="Nhà số mấy?", on=day, by=binh)
        judging.mark_late(petition, on=petition.due_on + timedelta(days=1))
        commit()
        for what, said in (
            ("extended", "gia hạn"),
            ("asked", "hỏi thêm người gửi"),
            ("late", "quá hạn"),
        ):
            rows = told(f"follower_{what}")
            assert set(rows) == {"mai", "+84912345678"}, what
            assert rows["mai"].channel == "email" and rows["+84912345678"].channel == "sms"
            text = sms_words(rows["mai"].template, rows["mai"].params, "vi")
            assert said in text and "Nhà số mấy?" not in text
            mail = words(rows["mai"].template, rows["mai"].params, "vi")
            assert "/followings/" in mail.text and "Nhà số mấy?" not in mail.text
        db.session.remove()


def test_followers_of_a_joined_petition_and_its_sender_hear_of_the_other_one(
    story: Story, neighbour: Neighbour
) -> None:
    neighbour("mai@dan.example.vn", notify=True)
    with story.site.app_context():
        old, new = file(story, "received"), file(story)
        new.contact = Contact(email="lan@dan.example.vn")
        ending.merge(new, into=old, on=clock.today(), by=person("thu"))
        silent = make.receipt(email="kin@dan.example.vn").petition  # who wants no mail
        silent.notices = "none"
        ending.merge(silent, into=old, on=clock.today(), by=person("thu"))
        commit()
        (mail,) = told("follower_ended").values()
        said = words("petitions/follower_ended", mail.params, "vi")
        assert "cũng được tính ở đó" in said.text and old.public_id in said.text
        rows = db.session.execute(sa.select(Follower.petition_id, Follower.email)).all()
        assert set(rows) == {(old.id, "mai@dan.example.vn"), (old.id, "lan@dan.example.vn")}
        ending.guide(
            old, words="Nộp ở quầy một cửa của phường.", on=clock.today(), by=person("thu")
        )
        commit()
        assert set(told("follower_ended")) == {"mai", "lan"}
        db.session.remove()


def test_a_file_opened_by_its_code_goes_into_the_list_of_a_proved_address(story: Story) -> None:
    browser = Browser(story.site)
    browser.send("/track", code=story.codes["submitted"])
    assert "Thêm vào danh sách của tôi" in browser.get("/track/file").text
    assert "Thêm" not in Browser(story.site).get("/track").text
    browser.send("/track/email", contact="an@dan.example.vn", email="an@dan.example.vn")
    browser.send("/track/email/code", code=newest_code(story.site, "an@dan.example.vn"))
    listed = browser.get("/track/mine").text
    assert "Bạn đã mở hồ sơ này bằng mã" in listed
    for _twice in range(2):
        added = browser.send("/track/file/additions", page="/track/mine")
        assert added.location == "/track/mine"
    listed = browser.get("/track/mine").text
    assert "Bỏ khỏi danh sách" in listed and "bằng mã" not in listed

    browser.send(
        "/track/email/end", page="/track/mine"
    )  # a new day, another phone: no code at hand
    browser.send("/track/email", email="an@dan.example.vn")
    browser.send("/track/email/code", code=newest_code(story.site, "an@dan.example.vn"))
    public_id = story.petitions["submitted"]
    held = browser.send(f"/track/mine/{public_id}", page="/track/mine", to="data")
    assert held.location == "/track/file/data"
    assert "Dữ liệu của tôi" in browser.get(held.location).text
    opened = browser.send(f"/track/mine/{public_id}", page="/track/mine")
    assert opened.status_code == 303 and browser.get("/track/file").status_code == 200
    other = f"/track/mine/{story.petitions['received']}"
    assert browser.send(other, page="/track/mine").status_code == 404
    with story.site.app_context():
        row = db.session.scalars(sa.select(Follower)).one()
        assert (row.own, row.email) == (True, "an@dan.example.vn")
        stop = f"/followings/{row.public_id}"
        db.session.remove()
    browser.send(stop)
    assert browser.send(f"/track/mine/{public_id}", page="/track/mine").status_code == 404
