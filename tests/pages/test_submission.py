"""What can go wrong when a resident sends something: a clear sentence, the words still there, nothing half-written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.core.db import db
from feedback.petitions.models import Leg, Petition
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story
from tests.servers.databases import settings_for

GOOD = {
    "step": "review",
    "go": "next",
    "key": "the form's own key, random enough",
    "kind": "concern",
    "title": "Đèn đường trước chợ hỏng",
    "text": "Đèn đường trước chợ Long Hoa hỏng một tuần nay, tối đi lại nguy hiểm.",
    "email": "hoa@example.vn",
}


def petitions(site: Flask) -> int:
    with site.app_context():
        number = db.session.scalar(sa.select(sa.func.count()).select_from(Petition)) or 0
        legs = db.session.scalar(sa.select(sa.func.count()).select_from(Leg)) or 0
        assert legs >= number
        db.session.remove()
        return number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Bạn viết chuyện gì đã xảy ra"),
        ("Hỏng", "Ngắn quá"),
        ("https://example.vn/mot/hai/ba", "Chỉ có đường dẫn thì chưa đủ"),
        ("đèn đường hỏng " * 7000, "Dài quá: nhiều nhất 10.000 ký tự"),
    ],
    ids=["empty", "one word", "only a link", "100 KB"],
)
def test_a_text_that_nobody_can_act_on_comes_back(story: Story, text: str, sentence: str) -> None:
    before = petitions(story.site)
    browser = Browser(story.site)
    for step in ("what", "review"):  # in order, and by somebody who jumped ahead
        fields = {**GOOD, "step": step, "text": text}
        answer = browser.send("/submit", page="/submit", **fields)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "Đèn đường trước chợ hỏng" in answer.text
        assert text.strip()[-200:] in answer.text
        assert 'aria-invalid="true"' in answer.text
    assert petitions(story.site) == before


def test_what_was_typed_rides_along_through_all_steps(story: Story) -> None:
    browser = Browser(story.site)
    for step, following in (
        ("what", "Ở đâu"),
        ("where", "Có ảnh hay tệp"),
        ("files", "Liên hệ với bạn"),
        ("contact", "xem lại"),
    ):
        answer = browser.send("/submit", page="/submit", **{**GOOD, "step": step})
        assert answer.status_code == 200
        assert following in answer.text
        assert "Đèn đường trước chợ Long Hoa" in answer.text
    back = browser.send("/submit", page="/submit", **{**GOOD, "go": "what"})
    assert "Đèn đường trước chợ Long Hoa" in back.text


def test_an_address_that_is_none_is_named_beside_its_field(story: Story) -> None:
    fields = {**GOOD, "step": "contact", "email": "hoa@"}
    answer = Browser(story.site).send("/submit", page="/submit", **fields)
    assert answer.status_code == 422
    assert "Địa chỉ email chưa đủ" in answer.text
    assert 'value="hoa@"' in answer.text


def test_a_double_tap_is_one_petition_with_one_receipt(story: Story) -> None:
    before = petitions(story.site)
    browser = Browser(story.site)
    found = TOKEN.search(browser.get("/submit").text)
    assert found
    cookie = f"__Host-session={browser.cookie('__Host-session')}"

    def tap(_n: int) -> Any:
        client = story.site.test_client(use_cookies=False)
        data = {**GOOD, "csrf_token": found[1]}
        return client.post("/submit", data=data, headers={"Cookie": cookie})

    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(tap, range(4)))
    assert [a.status_code for a in answers] == [303] * 4
    assert petitions(story.site) == before + 1
    assert {answer.location for answer in answers} == {"/receipt"}


def test_another_text_under_the_same_key_is_a_conflict(story: Story) -> None:
    browser = Browser(story.site)
    assert browser.send("/submit", page="/submit", **GOOD).status_code == 303
    other = {**GOOD, "text": "Một chuyện khác hẳn: cầu qua kênh bị sụt từ tuần trước."}
    answer = browser.send("/submit", page="/submit", **other)
    assert answer.status_code == 409
    assert "Biểu mẫu này đã gửi rồi" in answer.text
    assert "cầu qua kênh bị sụt" in answer.text


def test_an_unknown_code_is_said_kindly(story: Story) -> None:
    browser = Browser(story.site)
    for typed in ("TN-0000-0000-0000-0000", "xin chào", "", "💣" * 40):
        answer = browser.send("/track", code=typed)
        assert answer.status_code == 422
    assert "Không có kiến nghị nào mang mã này" in browser.send("/track", code="abc").text


def test_following_needs_the_code(story: Story) -> None:
    assert Browser(story.site).get("/track/file").location.endswith("/track?sent_from=file")
    browser = Browser(story.site)
    browser.send("/track", code=story.codes["answered"])
    assert "Gói hỗ trợ còn nhận đơn" in browser.get("/track/file").text
    rating = {"page": "/track/file", "score": "4", "words": "Được"}
    other = browser.send("/track/file/rating", file=story.petitions["received"], **rating)
    assert other.status_code == 409 and "kiến nghị khác" in other.text
    mine = story.petitions["answered"]
    assert browser.send("/track/file/rating", file=mine, **rating).status_code == 303
    assert "Bạn đã chấm 4 trên 5" in browser.get("/track/file").text


def test_a_full_disk_is_a_clear_page_and_nothing_half_written(
    sqlite_url: str, tmp_path: Any
) -> None:
    from feedback.app import create_app

    site = create_app(settings_for(sqlite_url, tmp_path, testing=False))
    with site.app_context():
        make.reference_data()
        make.commit()
        engine = db.engine
        full = {"on": True}

        @sa.event.listens_for(engine, "connect")
        def shrink(connection: Any, _record: Any) -> None:
            if full["on"]:
                pages = connection.execute("PRAGMA page_count").fetchone()[0]
                connection.execute(f"PRAGMA max_page_count={pages}")

        engine.dispose()
    browser = Browser(site)
    long = {**GOOD, "text": "Đèn đường trước chợ hỏng. " * 350}
    before = petitions(site)
    answer = browser.send("/submit", page="/submit", **long)
    while answer.status_code == 303:  # free pages inside the file are used up first
        before += 1
        long["key"] += "x"
        answer = browser.send("/submit", page="/submit", **long)
    assert answer.status_code == 507
    assert "Hiện chưa lưu được" in answer.text
    assert petitions(site) == before
    assert browser.get("/").status_code == 200  # reading goes on
    with site.app_context():
        full["on"] = False
        engine.dispose()
    assert browser.send("/submit", page="/submit", **long).status_code == 303  # no restart needed
    assert petitions(site) == before + 1
    with site.app_context():
        db.session.remove()
        engine.dispose()
