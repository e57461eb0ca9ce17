"""Every address says who may open it, and every answer carries the headers that keep people safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from feedback.core.db import db
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.servers.databases import settings_for

FILLERS = {
    "public_id": "0000000000000000",
    "token": "x" * 43,
    "code": "en",
    "size": "big",
    "key": "x",
    "plan_id": 1,
    "item_id": 1,
    "assignment_id": 1,
    "reading_id": 1,
    "part_id": "0000000000000000",
    "wording_id": 1,
    "milestone_id": 1,
    "target_id": 1,
    "posting_id": 1,
    "body_id": 1,
    "line_id": 1,
    "part": 0,
}
# only what this machine asks may be shown a mail or a style page
DEMO = {"notifications.trial_mail", "notifications.trial_message", "pages.style"}
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}


def rules(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and method in (rule.methods or ()):
            yield rule


def address(app: Flask, rule: Rule) -> str:
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: FILLERS[name] for name in rule.arguments})


def test_every_address_says_who_may_open_it(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            assert getattr(app.view_functions[rule.endpoint], "__access__", ""), rule.endpoint


def test_every_page_carries_the_headers(app: Flask) -> None:
    with app.app_context():
        make.reference_data()
        make.plan()
        make.commit()
    client = app.test_client()
    for rule in rules(app, "GET"):
        answer = client.get(address(app, rule))
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (rule.rule, name)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert cookie.startswith("__Host-"), cookie
            assert "Secure" in cookie and "HttpOnly" in cookie and "SameSite=" in cookie, cookie


@pytest.mark.parametrize("path", ["/nowhere", "/boom"])
def test_an_error_carries_them_too(sqlite_url: str, tmp_path: object, path: str) -> None:
    from pathlib import Path

    from feedback.app import create_app
    from feedback.core.permissions import public

    app = create_app(settings_for(sqlite_url, Path(str(tmp_path)), testing=False))

    def boom() -> str:
        raise ZeroDivisionError

    app.add_url_rule("/boom", "boom", public(boom))
    answer = app.test_client().get(path)
    assert answer.status_code in {404, 500}
    assert all(answer.headers.get(name) == value for name, value in HEADERS.items())
    assert "Content-Security-Policy" in answer.headers
    assert "ZeroDivisionError" not in answer.text


def test_every_post_without_a_token_is_refused(app: Flask) -> None:
    client = app.test_client()
    posts = list(rules(app, "POST"))
    assert len(posts) > 15
    for rule in posts:
        assert client.post(address(app, rule)).status_code == 400, rule.rule


def _everything(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    with app.app_context():
        return {
            table.name: [tuple(row) for row in db.session.execute(sa.select(table))]
            for table in db.metadata.sorted_tables
        }


def pages(story: Story) -> Iterator[str]:
    """Every address that is read, filled with what the story has."""
    values = {**FILLERS, "item_id": story.item_id, "plan_id": story.plan_id}
    values |= {"assignment_id": story.assignment_id, "public_id": story.petitions["answered"]}
    values |= {"part_id": story.part, "wording_id": story.wording, "reading_id": story.reading_id}
    values |= {"key": story.node}
    with story.site.test_request_context():
        for rule in rules(story.site, "GET"):
            names = {name: values[name] for name in rule.arguments}
            yield story.site.url_for(rule.endpoint, **names)


def test_reading_changes_nothing(story: Story) -> None:
    before = _everything(story.site)
    client = story.site.test_client()
    seen = sum(client.get(path).status_code == 200 for path in list(pages(story)))
    assert seen > 12
    assert _everything(story.site) == before


@pytest.mark.parametrize("name", ["binh", "giang", "yen", "dung", "minh", "sau", "an"])
def test_reading_at_the_desk_changes_nothing(
    story: Story, signed_in: Callable[[str], Browser], name: str
) -> None:
    browser = signed_in(name)
    before = _everything(story.site)
    seen = sum(browser.get(path).status_code == 200 for path in list(pages(story)))
    assert seen > 14
    assert _everything(story.site) == before
