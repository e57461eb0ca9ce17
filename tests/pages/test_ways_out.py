"""Whatever goes wrong, the page says what happened and leads on: errors, and no line at all."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from feedback.app import create_app
from feedback.core.permissions import public
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.servers.databases import settings_for

SignIn = Callable[[str], Browser]
FAULTS = {
    500: ZeroDivisionError("secret detail"),
    503: OSError(errno.EROFS, "Read-only file system"),
    507: OSError(errno.ENOSPC, "No space left on device"),
}


def leads_on(text: str) -> None:
    """One heading, words under it, a main button to the front page; nothing of the machine."""
    main = text.partition("<main")[2].partition("</main>")[0]
    assert main.count("<h1>") == 1
    assert re.search(r"<h1>[^<]+</h1>\s*<p>[^<]+</p>", main)
    assert main.count("btn main") == 1
    assert 'href="/"' in main
    assert "Traceback" not in text and "secret detail" not in text


def test_every_refusal_leads_on(story: Story, signed_in: SignIn) -> None:
    client = story.site.test_client()
    answers = {
        400: client.post("/submit"),
        403: signed_in("binh").get("/admin"),
        404: client.get("/nowhere"),
        405: client.get("/sign-out"),
        413: client.post("/submit", data=b"x" * (26 * 1024 * 1024)),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        leads_on(answer.text)


def test_who_opens_where_a_form_is_sent_is_led_to_the_form(story: Story) -> None:
    client = story.site.test_client()
    for address, above in (
        ("/track/file/rating", "/track/file"),
        ("/track/mine/nowhere", "/track/mine"),
    ):
        answer = client.get(address)
        assert answer.status_code == 405
        leads_on(answer.text)
        assert f'class="btn main" href="{above}"' in answer.text


def test_staff_go_back_to_their_own_desk(story: Story, signed_in: SignIn) -> None:
    """Where each began her day; never to a page that she may not open either."""
    for name, desk in (("binh", "/officer"), ("minh", "/officer/comments"), ("an", "/admin")):
        browser = signed_in(name)
        for address in ("/nowhere", "/oversight"):
            answer = browser.get(address)
            assert answer.status_code in {403, 404}
            leads_on(answer.text)
            assert f'class="btn main" href="{desk}"' in answer.text
        assert browser.get(desk).status_code == 200


@pytest.fixture
def broken(sqlite_url: str, tmp_path: Path) -> Flask:
    """A site in service with an address for each fault."""
    app = create_app(settings_for(sqlite_url, tmp_path, testing=False))
    for status, fault in FAULTS.items():
        app.add_url_rule(f"/{status}", f"fault{status}", public(raising(fault)))
    return app


def raising(fault: Exception) -> Callable[[], str]:
    def view() -> str:
        raise fault

    return view


@pytest.mark.parametrize("status", FAULTS)
def test_every_fault_leads_on_and_names_the_telephone(broken: Flask, status: int) -> None:
    answer = broken.test_client().get(f"/{status}")
    assert answer.status_code == status
    leads_on(answer.text)
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert 'href="tel:1022"' in main


def test_the_page_without_a_line_needs_nothing_but_its_own_stylesheet(story: Story) -> None:
    answer = Browser(story.site).get("/offline")
    assert answer.status_code == 200
    leads_on(answer.text.replace('href=""', 'href="."'))
    assert "Set-Cookie" not in answer.headers
    assert "<form" not in answer.text
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert 'href=""' in main  # tries the address again that could not be reached
    assert 'href="tel:1022"' in main
