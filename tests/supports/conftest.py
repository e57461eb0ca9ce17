"""Hoa's petition in progress, and neighbours who prove an address and support it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from feedback.core.db import db
from feedback.notifications.models import OutboxMessage
from feedback.petitions.models import Petition
from tests.accounts.browser import Browser
from tests.pages.conftest import Story, signed_in, story

__all__ = ["signed_in", "story"]


def newest_code(site: Flask, address: str) -> str:
    """The digits that went to an address last."""
    with site.app_context():
        row = db.session.scalars(
            sa.select(OutboxMessage)
            .where(OutboxMessage.address == address, OutboxMessage.template == "accounts/code")
            .order_by(OutboxMessage.id.desc())
        ).first()
        db.session.remove()
        assert row is not None, f"no code went to {address}"
        return str(row.params["code"])


@pytest.fixture
def here(story: Story) -> str:
    """The address of the petition in progress."""
    return f"/petitions/{story.petitions['in_progress']}"


@pytest.fixture
def neighbour(story: Story, here: str) -> Callable[..., tuple[Browser, TestResponse]]:
    """Somebody supports the petition in a browser of her own, proving her address on the way."""

    def supports(email: str, *, notify: bool = False, address: str = "203.0.113.7") -> object:
        browser = Browser(story.site, address=address)
        wish = {"notify": "y"} if notify else {}
        asked = browser.send(f"{here}/supports/new", contact=email, **wish)
        assert asked.status_code == 303, asked.text
        code = newest_code(story.site, email.strip().lower())
        return browser, browser.send(f"{here}/supports/code", code=code)

    return supports  # type: ignore[return-value]


def file(story: Story, state: str = "in_progress") -> Petition:
    """Within the site's context: the story's petition in this state."""
    return db.session.query(Petition).filter_by(public_id=story.petitions[state]).one()
