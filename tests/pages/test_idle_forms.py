"""A form that lay too long: the browser was closed, or somebody was signed out. No word is lost, for anybody."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from werkzeug.test import TestResponse

from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story
from tests.pages.test_submission import GOOD, petitions

SignIn = Callable[[str], Browser]
HERE = {"Sec-Fetch-Site": "same-origin"}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
AREA = re.compile(r'<textarea name="([^"]+)" hidden[^>]*>\n(.*?)</textarea>', re.S)


def sent_late(browser: Browser, path: str, **fields: str) -> TestResponse:
    """With a token whose cookie the browser has lost."""
    return browser.client.post(path, data={"csrf_token": "old", **fields}, headers=HERE)


def tapped(browser: Browser, path: str, page: str) -> TestResponse:
    """The one button of the page that gave the words back."""
    found = {name: html.unescape(value) for name, value in FIELD.findall(page) + AREA.findall(page)}
    return browser.client.post(path, data=found, headers=HERE)


def test_a_petition_typed_over_night_goes_on_with_one_tap(story: Story) -> None:
    before = petitions(story.site)
    browser = Browser(story.site)
    typed = {**GOOD, "text": "Đèn đường trước chợ hỏng & tối.\n\nMong sửa sớm giúp bà con."}
    page = sent_late(browser, "/submit", **typed)
    assert page.status_code == 400
    assert "chữ bạn viết còn nguyên" in page.text
    assert "Mong sửa sớm" in page.text
    assert petitions(story.site) == before
    assert tapped(browser, "/submit", page.text).location == "/receipt"
    assert petitions(story.site) == before + 1


def test_words_from_another_site_come_no_nearer_to_being_sent(story: Story) -> None:
    browser = Browser(story.site)
    for stood in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {},
    ):
        answer = browser.client.post("/submit", data=GOOD, headers=stood)
        assert answer.status_code == 400
        assert GOOD["text"] not in answer.text


def test_an_officer_who_was_signed_out_loses_no_word(story: Story, signed_in: SignIn) -> None:
    file = story.petitions["in_progress"]
    path = f"/officer/petitions/{file}/questions/new"
    binh = signed_in("binh")
    words = "Chị cho biết hộ kinh doanh đã đăng ký ở phường nào?"
    found = TOKEN.search(binh.get(path).text)
    assert found
    binh.client.delete_cookie("__Host-staff")
    fields = {"csrf_token": found[1], "text": words, "password": "not to be shown"}
    page = binh.client.post(path, data=fields, headers=HERE)
    assert page.status_code == 401
    assert words in page.text and 'href="/sign-in"' in page.text
    assert "not to be shown" not in page.text
    stranger = binh.client.post(path, data=fields)
    assert stranger.status_code == 401
    assert words not in stranger.text


def test_a_sender_whose_code_was_forgotten_loses_no_word(story: Story) -> None:
    hoa = Browser(story.site)
    page = sent_late(hoa, "/track/file/supplies/new", reply="Ở phường Long Hoa, từ năm 2021.")
    assert page.status_code == 400
    asked = tapped(hoa, "/track/file/supplies/new", page.text)
    assert asked.status_code == 401
    assert "Ở phường Long Hoa" in asked.text and 'href="/track"' in asked.text
