"""In a demonstration the sign-in pages show what otherwise a person and her phone know."""

from __future__ import annotations

import re

from flask import Flask

from tests.accounts.browser import Browser
from tests.accounts.conftest import PASSWORD, join


def shown(page: str) -> str:
    found = re.search(r'id="demo-code">(\d{6})<', page)
    return found[1] if found else ""


def test_a_visitor_signs_in_with_what_the_pages_show(site: Flask, browser: Browser) -> None:
    site.config["DEMO"] = True
    binh = join(site, "Nguyễn Thanh Bình", "binh@demo.example", "officer")
    page = browser.get("/sign-in").text
    assert "Nguyễn Thanh Bình" in page and site.config["DEMO_PASSWORD"] in page
    assert f'value="{binh.email}"' in browser.get(f"/sign-in?demo={binh.email}").text
    first = browser.password(binh.email, PASSWORD)
    code = shown(browser.get(first.location).text)
    assert browser.code(code).status_code == 303
    browser.sign_out()
    browser.password(binh.email, PASSWORD)
    following = shown(browser.get("/sign-in/code").text)
    assert following != code, "a code works once, so the next one is shown"
    assert browser.code(following).status_code == 303


def test_outside_a_demonstration_nothing_is_shown(site: Flask, browser: Browser) -> None:
    binh = join(site, "Nguyễn Thanh Bình", "binh@demo.example", "officer")
    page = browser.get("/sign-in").text
    assert binh.email not in page and site.config["DEMO_PASSWORD"] not in page
    assert binh.email not in browser.get(f"/sign-in?demo={binh.email}").text
    first = browser.password(binh.email, PASSWORD)
    assert not shown(browser.get(first.location).text)
