"""Hoa lost her receipt: what she left when she sent opens her petitions again, and tells nobody else a thing."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa

from feedback.accounts.rules.addresses import looks_like_telephone
from feedback.accounts.rules.delays import LIMITS
from feedback.core.db import db
from feedback.notifications.models import OutboxMessage
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story

HOA, STRANGE = "hoa@example.vn", "khong.gui.gi@example.vn"


def ask(story: Story, contact: str, *, address: str = "203.0.113.7") -> tuple[Browser, Any]:
    browser = Browser(story.site, address=address)
    return browser, browser.send("/track/lost", contact=contact)


def codes(story: Story, email: str) -> list[str]:
    with story.site.app_context():
        query = sa.select(OutboxMessage.params).where(
            OutboxMessage.template == "accounts/code", OutboxMessage.address == email
        )
        found = [params["code"] for params in db.session.scalars(query.order_by(OutboxMessage.id))]
        db.session.remove()
        return found


def test_who_comes_to_a_file_without_its_code_is_told_and_asked_for_it(story: Story) -> None:
    browser = Browser(story.site)
    for address in ("/track/file", "/receipt", "/receipt/save", "/track/file/withdrawals/new"):
        answer = browser.get(address)
        assert (answer.status_code, answer.location) == (302, "/track?sent_from=file"), address
    told = "Trình duyệt này chưa mở kiến nghị nào"
    assert told in browser.get("/track?sent_from=file").text
    assert told not in browser.get("/track").text
    wrong = browser.send("/track", page="/track?sent_from=file", code="TN26-khong-dung")
    assert wrong.status_code == 422 and told not in wrong.text and "TN26-khong-dung" in wrong.text


def test_from_the_code_page_she_finds_the_way_and_opens_her_own_file(story: Story) -> None:
    assert 'href="/track/lost"' in Browser(story.site).get("/track").text
    browser, answer = ask(story, " Hoa@Example.VN ")
    assert (answer.status_code, answer.location) == (303, "/track/email/code")
    (code,) = codes(story, HOA)
    assert browser.send("/track/email/code", code=code).location == "/track/mine"
    mine = browser.get("/track/mine").text
    assert "Xin hướng dẫn vay vốn cho cửa hàng nhỏ" in mine
    assert "Báo tin từng bước." in mine
    public_id = story.petitions["answered"]
    assert f"/track/mine/{public_id}" in mine
    browser.send(f"/track/mine/{public_id}", page="/track/mine")
    assert "Gửi đánh giá" in browser.get("/track/file").text
    # the new way in does not show the old code
    assert story.codes["answered"] not in browser.get("/track/file").text


def test_the_answer_does_not_tell_whether_an_address_has_written(story: Story) -> None:
    pages = []
    for email in (HOA, STRANGE):
        browser, answer = ask(story, email)
        assert (answer.status_code, answer.location) == (303, "/track/email/code")
        text = TOKEN.sub("", browser.get("/track/email/code").text).replace(email, "…")
        pages.append(re.sub(r"\s+", " ", text))
        assert len(codes(story, email)) == 1
    assert pages[0] == pages[1]


def test_a_telephone_number_is_told_honestly_that_it_opens_nothing_yet(story: Story) -> None:
    for number in ("0912 345 678", "+84 (912) 345-678"):
        _browser, answer = ask(story, number)
        assert answer.status_code == 422
        assert "chưa gửi được tin nhắn SMS" in answer.text and 'href="tel:1022"' in answer.text
        assert f'value="{number}"' in answer.text
    with story.site.app_context():
        asked = sa.select(OutboxMessage.id).where(OutboxMessage.template == "accounts/code")
        assert db.session.scalars(asked).all() == []


def test_what_is_neither_stays_in_its_field(story: Story) -> None:
    for typed in ("", "chị Hoa ở chợ", "1022"):
        _browser, answer = ask(story, typed)
        assert answer.status_code == 422
        assert 'href="#contact"' in answer.text and f'value="{typed}"' in answer.text


def test_both_pages_together_are_held_to_one_limit_per_address(story: Story) -> None:
    free = LIMITS["mail"].free
    for number in range(free):
        page, field = (("/track/lost", "contact"), ("/track/email", "email"))[number % 2]
        browser = Browser(story.site, address=f"198.51.{number}.1")
        assert browser.send(page, **{field: HOA}).status_code == 303
    _browser, answer = ask(story, HOA, address="198.51.200.1")
    assert answer.status_code == 429
    assert f'value="{HOA}"' in answer.text
    assert len(codes(story, HOA)) == free


def test_one_network_cannot_ask_for_address_after_address(story: Story) -> None:
    statuses = [
        ask(story, f"nguoi{n}@example.vn", address=f"203.0.113.{n + 1}")[1].status_code
        for n in range(LIMITS["mail_network"].free + 1)
    ]
    assert statuses == [303] * LIMITS["mail_network"].free + [429]


def test_who_has_proved_an_address_goes_straight_to_the_list(story: Story) -> None:
    browser, _answer = ask(story, HOA)
    browser.send("/track/email/code", code=codes(story, HOA)[0])
    assert browser.get("/track/lost").location == "/track/mine"


def test_a_number_is_told_from_an_address() -> None:
    assert looks_like_telephone("0276.382-2233") and looks_like_telephone("+84912345678")
    assert not any(map(looks_like_telephone, ("", "1022", "0912a345678", "091234@567890", None)))
