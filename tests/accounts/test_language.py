"""Each browser keeps its language and its size of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback.core import reading
from tests.accounts.browser import Browser


def test_the_language_is_kept_and_the_reader_stays_on_her_page(browser: Browser) -> None:
    assert "Cán bộ đăng nhập" in browser.get("/sign-in").text
    answer = browser.get("/language/en?next=/sign-in?next=/officer")
    assert answer.location == "/sign-in?next=/officer"
    assert "Sign in for staff" in browser.get("/sign-in").text
    browser.get("/language/vi")
    assert "Cán bộ đăng nhập" in browser.get("/sign-in").text


def test_without_a_word_the_page_before_is_the_place_to_return_to(browser: Browser) -> None:
    def after(page: str) -> str:
        return str(browser.get("/language/en", headers={"Referer": page}).location)

    assert after("http://localhost/items/7?x=1") == "/items/7?x=1"
    assert after("http://la.example/items/7") == "/"


@pytest.mark.parametrize("target", ["https://la.example", "//la.example", "/\\la.example"])
def test_changing_the_language_never_leads_to_another_site(browser: Browser, target: str) -> None:
    assert browser.get("/language/en", query_string={"next": target}).location == "/"


def test_the_size_of_text_is_kept_and_the_reader_comes_back_to_the_switch(browser: Browser) -> None:
    assert "data-size" not in browser.get("/guide").text
    answer = browser.get("/text-size/huge", headers={"Referer": "http://localhost/guide"})
    assert answer.location == "/guide#reading"
    assert 'data-size="huge"' in browser.get("/guide").text
    assert 'data-size="huge"' in browser.get("/nowhere").text
    browser.get("/text-size/normal")
    assert "data-size" not in browser.get("/guide").text


def test_a_third_language_is_a_folder_of_its_own(tmp_path: Path) -> None:
    for code in ("vi", "km"):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
    assert reading.languages(tmp_path) == ("vi", "en", "km")
    assert reading.own_name("km") == "ខ្មែរ"
    assert reading.own_name("vi") == "Tiếng Việt"


def test_an_unknown_size_is_no_page(browser: Browser) -> None:
    assert browser.get("/text-size/en").status_code == 404


def test_an_unknown_language_is_no_page(browser: Browser) -> None:
    assert browser.get("/language/xx").status_code == 404


def test_a_spoilt_cookie_is_taken_for_vietnamese(browser: Browser) -> None:
    for value in ("xx_YY", "!!", "../../etc"):
        browser.client.set_cookie("__Host-lang", value)
        assert "Cán bộ đăng nhập" in browser.get("/sign-in").text
