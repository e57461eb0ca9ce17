"""Text messages reach the gateway over real HTTP: once each, tried again, given up, never elsewhere."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from feedback.core.db import commit, db
from feedback.notifications.channels import maildir
from feedback.notifications.models import OutboxMessage
from feedback.notifications.rendering import sms_words
from feedback.notifications.tasks import Worker
from feedback.petitions import notices
from feedback.petitions.actions import consenting
from feedback.petitions.models import Petition
from feedback.petitions.rules.consents import TEXTED
from tests import make
from tests.accounts.browser import Browser
from tests.notifications.conftest import later, messages, put
from tests.pages.conftest import Story, story
from tests.pages.test_submission import GOOD

__all__ = ["story"]
NUMBER = "+84912345678"


class Gateway:
    """What the gateway was given; ``answer`` is what it says to each message."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], dict[str, str]]] = []
        self.answer, self.url = 202, ""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    held = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            held.taken.append((body, dict(self.headers)))
            self.send_response(held.answer)
            if held.answer == 302:
                self.send_header("Location", f"{held.url}/elsewhere")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.url = f"http://127.0.0.1:{server.server_port}/messages"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield held
    server.shutdown()
    server.server_close()


@pytest.fixture
def told(post_app: Flask, gateway: Gateway) -> Gateway:
    post_app.jinja_loader = ChoiceLoader(  # type: ignore[assignment]
        [DictLoader({"emails/tests/tale.sms.txt": "Về: {{ title }}\n"}), post_app.jinja_loader]  # type: ignore[list-item]
    )
    post_app.config |= {"SMS_URL": gateway.url, "SMS_TOKEN": "bi-mat", "SMS_FROM": "TAYNINH"}
    return gateway


def test_a_message_reaches_the_gateway_and_is_tried_again_until_it_does(
    told: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("one", NUMBER, channel="sms")
    commit()
    for answer in (503, 429, 302):  # busy, too fast, and a way elsewhere that is not followed
        told.answer = answer
        Worker().run(once=True)
        (message,) = messages()
        assert (message.state, message.last_error) == ("queued", "ConnectionError")
        later(monkeypatch, hours=3)
    told.answer = 202
    Worker().run(once=True)
    assert [message.state for message in messages()] == ["sent"]
    assert len(told.taken) == 4 and len({body["id"] for body, _headers in told.taken}) == 1
    body, headers = told.taken[-1]
    assert (body["to"], body["from"], body["text"]) == (NUMBER, "TAYNINH", "Về: Đường lầy lội")
    assert headers["Authorization"] == "Bearer bi-mat"


def test_a_refused_number_is_given_up_and_a_bad_one_never_put_in(told: Gateway) -> None:
    told.answer = 422
    put("one", NUMBER, channel="sms")
    commit()
    Worker().run(once=True)
    (message,) = messages()
    assert (message.state, message.last_error) == ("dead", "the gateway refused with 422")
    for bad in ("0912345678", "+841", f"{NUMBER},{NUMBER}", "+1 202 555 0100", ""):
        with pytest.raises(ValueError, match="number"):
            put("two", bad, channel="sms")


def test_the_token_goes_over_no_open_line(told: Gateway, post_app: Flask) -> None:
    post_app.config["SMS_URL"] = "http://sms.example/messages"
    put("one", NUMBER, channel="sms")
    commit()
    Worker().run(once=True)
    assert [message.last_error for message in messages()] == ["ConnectionError"]
    assert told.taken == []


def test_a_demonstration_shows_what_would_have_been_sent(told: Gateway, post_app: Flask) -> None:
    post_app.config |= {"SMS_URL": "", "DEMO": True}
    put("one", NUMBER, channel="sms")
    commit()
    Worker().run(once=True)
    (shown,) = maildir.newest()
    assert NUMBER in shown.to and "Đường lầy lội" in shown.text


def test_somebody_without_e_mail_supports_by_telephone_and_is_counted_once(
    story: Story, gateway: Gateway
) -> None:
    page = f"/petitions/{story.petitions['in_progress']}"
    browser = Browser(story.site)
    assert "số di động" not in browser.get(f"{page}/supports/new").text
    refused = browser.send(f"{page}/supports/new", contact="0912 345 678")
    assert refused.status_code == 422 and "chưa gửi được tin nhắn" in refused.text
    story.site.config["SMS_URL"] = gateway.url
    assert "số di động" in browser.get(f"{page}/supports/new").text
    landline = browser.send(f"{page}/supports/new", contact="0276 382 2233")
    assert landline.status_code == 422 and "0912 345 678" in landline.text
    for spelling in ("0912 345 678", "+84 912.345.678"):
        browser = Browser(story.site)
        browser.send(f"{page}/supports/new", contact=spelling, notify="y")
        with story.site.app_context():
            Worker().run(once=True)
        body, _headers = gateway.taken[-1]
        assert body["to"] == NUMBER
        assert browser.send(f"{page}/supports/code", code=body["text"][:6]).status_code == 303
    assert "1 người ủng hộ" in Browser(story.site).get(page).text
    third = browser.send(f"{page}/supports/code", page="/track", code="1")
    assert third.status_code == 303  # nothing is pending any more
    slow = Browser(story.site).send(f"{page}/supports/new", contact="0912345678")
    assert slow.status_code == 429  # a message costs money: two a day, then a wait


def test_news_of_important_steps_goes_to_whoever_ticked_it_and_stops_at_once(
    story: Story, gateway: Gateway
) -> None:
    browser, contact = Browser(story.site), {**GOOD, "step": "files", "email": ""}
    assert 'name="sms"' not in browser.send("/submit", page="/submit", **contact).text
    story.site.config.update(SMS_URL=gateway.url, SMS_A_DAY=2)
    offered = browser.send("/submit", page="/submit", **contact).text
    assert 'name="sms" value="1"' in offered and "checked" not in offered
    landline = {**GOOD, "step": "contact", "phone": "0276 382 2233", "sms": "1"}
    refused = browser.send("/submit", page="/submit", **landline)
    assert refused.status_code == 422 and "bạn ghi số di động" in refused.text
    sent = {**GOOD, "email": "", "phone": "0912 345 678", "sms": "1"}
    assert browser.send("/submit", page="/submit", **sent).status_code == 303
    with story.site.app_context():
        petition = newest()
        notices.tell_resident_received(petition)  # no step worth a message
        notices.tell_resident_late(petition)
        notices.tell_resident_late(petition)  # told once
        commit()
        Worker().run(once=True)
        petition = newest()
        (said, _headers) = gateway.taken[-1]
        assert len(gateway.taken) == 1 and said["to"] == NUMBER
        assert petition.reference in said["text"] and "quá hạn" in said["text"]
        assert petition.title not in said["text"] and "/track" in said["text"]
        for _day in (1, 2, 3):  # of three more, one goes out today
            petition.due_on += timedelta(days=1)
            notices.tell_resident_late(petition)
        assert [row.address for row in waiting()] == [NUMBER]
        consenting.withdraw_consent(petition, purpose="sms")
        assert waiting() == []  # nothing more goes out, not even what lay ready
        story.site.config["SMS_A_DAY"] = 9
        notices.tell_resident_answered(petition)
        assert waiting() == []
        commit()
        db.session.remove()
    page = browser.get("/track/file/data").text
    assert "Tôi đồng ý nhận tin nhắn" in page
    story.site.config["SMS_URL"] = ""
    assert 'value="sms"' not in browser.get("/track/file/data").text


def test_each_step_worth_a_message_has_words_that_fit_two_parts(post_app: Flask) -> None:
    about = {"agency": "Sở Tài nguyên", "reference": "TN26-000123", "link": "/track"}
    for what in TEXTED:
        params = {**about, "due": "30/11/2026", "bound": "30/11/2026"}
        words = sms_words(f"petitions/resident_{what}", params, "vi")
        assert "TN26-000123" in words and words.endswith("/track") and len(words) <= 134, words


def newest() -> Petition:
    return db.session.scalars(sa.select(Petition).order_by(Petition.id.desc()).limit(1)).one()


def waiting() -> list[OutboxMessage]:
    """Text messages that are still to go out."""
    rows = sa.select(OutboxMessage).filter_by(channel="sms", state="queued")
    return list(db.session.scalars(rows))


def test_the_files_of_a_number_open_with_a_code_by_text_message(
    story: Story, gateway: Gateway
) -> None:
    story.site.config["SMS_URL"] = gateway.url
    with story.site.app_context():
        make.receipt(email="", phone="0912.345.678", title="Đèn hỏng trước chợ", key="by number")
        commit()
    browser = Browser(story.site)
    assert browser.send("/track/lost", contact="0912 345 678").status_code == 303
    with story.site.app_context():
        Worker().run(once=True)
    body, _headers = gateway.taken[-1]
    assert "10 phút" in body["text"]
    browser.send("/track/email/code", code=body["text"][:6])
    assert "Đèn hỏng trước chợ" in browser.get("/track/mine").text
