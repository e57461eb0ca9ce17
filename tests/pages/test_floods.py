"""Petitions in a flood: whoever sends many waits a little, loses nothing, and nobody else notices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from feedback.accounts.models import Throttle
from feedback.accounts.rules.delays import LIMITS, Limit
from feedback.core.db import db
from tests.accounts.browser import TOKEN, Browser
from tests.accounts.conftest import later
from tests.pages.conftest import Story
from tests.pages.test_offline_pages import sends
from tests.pages.test_submission import GOOD, petitions

AN_HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, free in (("petition_network", 4), ("petition_contact", 2)):
        monkeypatch.setitem(LIMITS, name, Limit(free=free, first=5, most=60, window=AN_HOUR))


def hands_in(browser: Browser, number: int, **changes: str) -> Any:
    fields = {**GOOD, "key": f"the flood's own key, number {number}", **changes}
    return browser.send("/submit", page="/submit", **fields)


def test_who_sends_many_under_one_address_waits_and_keeps_the_words(story: Story) -> None:
    before = petitions(story.site)
    browser = Browser(story.site)
    assert [hands_in(browser, n).status_code for n in range(3)] == [303] * 3
    same = hands_in(Browser(story.site, address="198.51.100.4"), 3, email="Hoa+1@Example.vn")
    assert same.status_code == 429
    assert "Vừa có nhiều kiến nghị" in same.text and "giây rồi bấm gửi lại" in same.text
    assert "Đèn đường trước chợ Long Hoa" in same.text and TOKEN.search(same.text)
    assert hands_in(browser, 0).status_code == 303  # sent before: its receipt, as ever
    assert hands_in(browser, 4, email="tu@example.vn").status_code == 303
    with later(seconds=61):
        assert hands_in(browser, 3).status_code == 303
    assert petitions(story.site) == before + 5
    with story.site.app_context():
        kept = db.session.scalars(sa.select(Throttle.key)).all()
        assert kept and not any("hoa" in key for key in kept)


def test_a_network_in_a_flood_waits_and_its_telephones_try_again(story: Story) -> None:
    before = petitions(story.site)
    for number in range(5):
        browser = Browser(story.site, address=f"203.0.113.{number}")
        assert hands_in(browser, number, email="").status_code == 303
    assert hands_in(browser, 5, email="").status_code == 429
    browser.client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    waits = sends(browser)
    assert waits.status_code == 429
    assert waits.get_json() == {"wait": int(waits.headers["Retry-After"])}
    other = Browser(story.site, address="198.51.100.4")
    assert hands_in(other, 6).status_code == 303
    # behind a proxy whose hops nobody configured everybody is one network: only addresses count
    passed = Browser(story.site, address="127.0.0.1")
    passed.client.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.5"
    emails = [*(f"p{n}@example.vn" for n in range(6)), *["an@example.vn"] * 4]
    statuses = [hands_in(passed, 10 + n, email=one).status_code for n, one in enumerate(emails)]
    assert statuses == [303] * 9 + [429]
    assert petitions(story.site) == before + 5 + 1 + 9
