"""A form that lay too long: the browser was closed, or somebody was signed out. No word is lost, for anybody."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

from werkzeug.test import TestResponse

from feedback.accounts.queries import code_now, secret_from
from feedback.core import clock
from feedback.core.db import db
from tests.accounts.browser import TOKEN, Browser, replayed
from tests.pages.conftest import Story
from tests.pages.test_submission import GOOD, petitions
from tests.people import person

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


def code_of(story: Story, name: str) -> str:
    """What the telephone shows now."""
    with story.site.app_context():
        code = code_now(secret_from(person(name).totp_seed or ""))
        db.session.remove()
    return code


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


def test_what_cannot_be_undone_asks_for_the_code_of_the_phone_once_more(
    story: Story, signed_in: SignIn
) -> None:
    """Minh left his desk for a while; whoever sits down there erases nothing."""
    minh, path = signed_in("minh"), f"/officer/comments/{story.comment}/erasures/new"
    page = minh.get(path)
    found = TOKEN.search(page.text)
    assert page.status_code == 200 and found
    kept = minh.cookie("__Host-staff")
    with clock.travel(clock.now() + timedelta(minutes=40)):
        assert minh.get("/officer/comments").status_code == 200
        assert minh.get(path).location == f"/sign-in/again?next={path}"
        fields = {
            "csrf_token": found[1],
            "basis": "ordered",
            "order": "Công văn 12/CV-CAT",
            "sure": "y",
        }
        late = minh.client.post(path, data=fields, headers=HERE)
        assert late.status_code == 401
        assert "Công văn 12/CV-CAT" in late.text and 'href="/sign-in/again"' in late.text
        assert minh.send("/sign-in/again", code="000000x").status_code == 422
        answer = minh.send("/sign-in/again", code=code_of(story, "minh"), next=path)
        assert (answer.status_code, answer.location) == (303, path)
        assert minh.get(path).status_code == 200
        assert replayed(story.site, "/officer/comments", kept).status_code == 302
        assert tapped(minh, path, late.text).status_code == 303
