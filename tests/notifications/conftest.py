"""A bare application with the outbox, one template of its own, and a real SMTP server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

import feedback.accounts.models
import feedback.agencies.models  # noqa: F401
from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications.actions import enqueue
from feedback.notifications.models import OutboxMessage
from tests.bare import bare_app, opened
from tests.servers.mail import post_office

TABLES = ("agency", "person", "role_grant", "outbox_message", "inbox_item", "clock_job")
TABLES += ("worker_heartbeat", "event", "event_field", "event_head")
TEMPLATES = {
    "emails/tests/tale.subject.txt": "Về: {{ title }}\n",
    "emails/tests/tale.txt": '{% extends "emails/layout.txt" %}{% block body %}'
    "{{ title }}\n\nXem {{ url(link) }}{% endblock %}",
}


@pytest.fixture
def post_app(engine_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = bare_app(engine_url, tmp_path)
    app.jinja_loader = ChoiceLoader([DictLoader(TEMPLATES), app.jinja_loader])  # type: ignore[list-item]
    yield from opened(app, TABLES)


@pytest.fixture
def hoa(post_app: Flask) -> Person:
    person = Person(name="Hoa", email="hoa@dan.example", locale="vi")
    db.session.add(person)
    commit()
    return person


class Sink:
    """What the SMTP server took in; ``answer`` is what it says to each message, ``sender`` to who sends."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.answer = self.sender = "250 OK"

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.sender

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            message = message_from_bytes(envelope.content, policy=default)
            self.taken.append((envelope.rcpt_tos, message))
        return self.answer


@pytest.fixture
def smtp(post_app: Flask) -> Iterator[Sink]:
    sink = Sink()
    with post_office(sink) as post_app.config["SMTP_URL"]:
        yield sink


def put(key: str, to: Any = "hoa@dan.example", *, channel: str = "email", **params: Any) -> None:
    params = {"title": "Đường lầy lội", "link": "/track"} | params
    enqueue(channel, to=to, template="tests/tale", params=params, dedupe_key=key)


def messages() -> list[OutboxMessage]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))


def later(monkeypatch: pytest.MonkeyPatch, **span: float) -> None:
    """Let some time pass for the rest of the test."""
    before = clock.now
    monkeypatch.setattr(clock, "now", lambda: before() + timedelta(**span))
