"""Old sessions, codes and counters go; what still holds stays."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from feedback.accounts.actions.forgetting import forget_expired
from feedback.accounts.models import Person, StaffSession, Throttle
from feedback.core import clock
from feedback.core.db import commit, db
from tests.accounts.browser import Browser
from tests.accounts.conftest import later
from tests.accounts.test_sign_in import is_inside, sign_in


def rows(site: Flask, model: type) -> int:
    with site.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def forget(site: Flask) -> int:
    with site.app_context():
        count = forget_expired(on=clock.today())
        commit()
        return count


def test_what_holds_stays_and_what_ended_long_ago_goes(
    site: Flask, browser: Browser, binh: Person
) -> None:
    sign_in(browser, site, binh)
    assert forget(site) == 0
    assert is_inside(browser)
    with later(days=2):
        assert forget(site) > 0
    assert rows(site, StaffSession) == rows(site, Throttle) == 0
    assert rows(site, Person) == 1
