"""What a session costs and writes, on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.accounts.models import Person, StaffSession
from feedback.core.db import db
from tests.accounts.browser import Browser
from tests.accounts.conftest import later
from tests.accounts.test_sign_in import INSIDE, sign_in


@pytest.fixture
def url(engine_url: str) -> str:
    return engine_url


def statements(browser: Browser, path: str) -> list[str]:
    seen: list[str] = []

    def note(*rest: object) -> None:
        seen.append(str(rest[2]))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    browser.get(path)
    sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return seen


def last_seen(site: Flask) -> object:
    with site.app_context():
        return db.session.scalar(
            sa.select(StaffSession.last_seen_at).where(StaffSession.totp_passed)
        )


def test_knowing_who_asks_costs_two_queries(site: Flask, browser: Browser, binh: Person) -> None:
    sign_in(browser, site, binh)
    asked = [s for s in statements(browser, "/sign-in") if s.startswith("SELECT")]
    assert len(asked) == 2
    assert "staff_session" in asked[0] and "JOIN person" in asked[0]
    assert "role_grant" in asked[1]


def test_a_stranger_costs_no_query(site: Flask, browser: Browser) -> None:
    assert statements(browser, "/sign-in") == []


def test_last_seen_is_noted_at_most_once_a_minute(
    site: Flask, browser: Browser, binh: Person
) -> None:
    sign_in(browser, site, binh)
    with later(seconds=10):
        assert not any(s.startswith("UPDATE") for s in statements(browser, INSIDE))
    before = last_seen(site)
    with later(seconds=70):
        assert any(s.startswith("UPDATE") for s in statements(browser, INSIDE))
        assert not any(s.startswith("UPDATE") for s in statements(browser, INSIDE))
    assert last_seen(site) != before


def test_reading_goes_on_while_somebody_else_is_writing(
    site: Flask, browser: Browser, binh: Person, tmp_path: Path
) -> None:
    """The note of the last click is given up, and the page is shown without a long wait."""
    sign_in(browser, site, binh)
    with site.app_context(), db.engine.connect() as other:
        other.execute(sa.update(StaffSession).values(totp_passed=True))
        with later(minutes=5):
            assert browser.get(INSIDE).status_code == 200
        other.rollback()
    with later(minutes=6):
        assert browser.get(INSIDE).status_code == 200
