"""Mail through a real SMTP server: one recipient, nothing injected, nothing lost, nothing twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from feedback.core import clock
from feedback.core.db import commit
from feedback.notifications import pacing, tasks
from feedback.notifications.channels import maildir
from feedback.notifications.jobs import JOBS, add_job
from feedback.notifications.tasks import Worker
from tests.notifications.conftest import Sink, later, messages, put
from tests.servers.ports import free_port

pytestmark = pytest.mark.usefixtures("post_app")


def work() -> None:
    Worker().run(once=True)


def test_a_mail_reaches_one_recipient_as_text_and_html(smtp: Sink) -> None:
    put("one", title="Đường <b>lầy</b> & {{7*7}} %(site)s {0}")
    commit()
    work()
    ((recipients, mail),) = smtp.taken
    assert recipients == ["hoa@dan.example"]
    assert mail["To"] == "hoa@dan.example"
    assert mail["Subject"] == "Về: Đường <b>lầy</b> & {{7*7}} %(site)s {0}"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert "{{7*7}} %(site)s {0}" in text
    assert "https://ydan.example/track" in text
    assert "Đường &lt;b&gt;lầy&lt;/b&gt; &amp; {{7*7}}" in html
    assert 'href="https://ydan.example/track"' in html


def test_a_line_end_in_a_subject_sends_nothing_to_nobody(smtp: Sink) -> None:
    put("one", title="Chào\r\nBcc: khac@dan.example")
    put("two")
    commit()
    work()
    assert [rcpt for rcpt, _mail in smtp.taken] == [["hoa@dan.example"]]
    bad, good = messages()
    assert (bad.state, good.state) == ("dead", "sent")


def test_a_stopped_server_loses_nothing_and_repeats_nothing(
    post_app: Flask, smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = post_app.config["SMTP_URL"]
    post_app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    for number in range(5):
        put(f"n{number}", f"p{number}@dan.example")
    commit()
    work()
    work()
    assert {(m.state, m.attempts, m.last_error) for m in messages()} == {
        ("queued", 1, "ConnectionRefusedError")
    }
    post_app.config["SMTP_URL"] = running
    later(monkeypatch, minutes=2)
    work()
    work()
    assert sorted(rcpt[0] for rcpt, _mail in smtp.taken) == [f"p{n}@dan.example" for n in range(5)]
    assert {m.state for m in messages()} == {"sent"}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("451 try later", "queued"),
        ("550 no such person", "dead"),
        ("530 sign in first", "queued"),
    ],
)
def test_a_refusal_for_now_is_tried_again_and_a_lasting_one_is_not(
    smtp: Sink, answer: str, state: str
) -> None:
    smtp.answer = answer
    put("one")
    commit()
    work()
    (message,) = messages()
    assert message.state == state
    assert "hoa" not in (message.last_error or "")


def test_a_server_that_refuses_our_own_address_costs_no_message(smtp: Sink) -> None:
    smtp.sender = "553 you are not one of ours"
    put("one")
    commit()
    work()
    assert (messages()[0].state, messages()[0].last_error) == ("queued", "SMTPSenderRefused")


def test_a_slow_server_gets_each_message_once_and_the_clock_goes_on(
    smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A minute a mail: the worker gives back what it has no time for, and takes nothing from itself."""
    monkeypatch.setattr(tasks, "PATIENCE_S", 0.0)
    moments = iter(range(1_000_000))
    before = clock.now
    monkeypatch.setattr(clock, "now", lambda: before() + timedelta(minutes=next(moments)))
    beats: list[int] = []
    add_job("tests.beat", every=timedelta(0), run=lambda on: beats.append(len(smtp.taken)))
    try:
        for number in range(6):
            put(f"n{number}", f"p{number}@dan.example")
        commit()
        Worker(batch=6).run(once=True)
    finally:
        JOBS.pop("tests.beat")
    assert sorted(rcpt[0] for rcpt, _mail in smtp.taken) == [f"p{n}@dan.example" for n in range(6)]
    assert {(m.state, m.attempts) for m in messages()} == {("sent", 1)}
    assert len(set(beats)) > 3  # between the mails, not after all of them


def test_every_attempt_carries_the_same_message_id(
    smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feedback.notifications import actions

    put("one")
    commit()
    with monkeypatch.context() as broken:  # killed between the server's 250 and the commit
        broken.setattr(actions, "mark_sent", lambda *args, **kwargs: False)
        work()
    later(monkeypatch, minutes=11)
    work()
    first, second = (mail["Message-ID"] for _rcpt, mail in smtp.taken)
    assert first == second


def test_a_demonstration_without_server_keeps_mail_in_a_folder(
    post_app: Flask, tmp_path: Path
) -> None:
    post_app.config["DEMO"] = True
    put("one")
    put("two", title="Cầu hỏng")
    commit()
    work()
    mails = maildir.newest()
    assert {mail.subject for mail in mails} == {"Về: Đường lầy lội", "Về: Cầu hỏng"}
    shown = maildir.one(mails[0].key)
    assert shown and "https://ydan.example/track" in shown.text
    assert maildir.one("../../secret") is None


def test_without_server_and_demonstration_mail_waits() -> None:
    put("one")
    commit()
    work()
    (message,) = messages()
    assert (message.state, message.last_error) == ("queued", "ConnectionError")


def test_the_recipient_reads_her_own_language(smtp: Sink) -> None:
    from feedback.notifications.actions import enqueue

    for locale in ("vi", "en"):
        enqueue(
            "email",
            to="hoa@dan.example",
            template="notifications/trial",
            params={},
            dedupe_key=locale,
            locale=locale,
        )
    commit()
    work()
    assert [mail["Content-Language"] for _rcpt, mail in smtp.taken] == ["vi", "en"]
    english = smtp.taken[1][1]
    assert english["Subject"] == "Test message from Ý dân thử"
    assert "Hotline: 1022" in english.get_body(("plain",)).get_content()


def test_a_server_without_tls_gets_nothing_where_tls_is_demanded(
    post_app: Flask, smtp: Sink
) -> None:
    post_app.config["SMTP_URL"] = post_app.config["SMTP_URL"].replace("smtp:", "smtp+starttls:")
    put("one")
    commit()
    work()
    assert smtp.taken == []
    assert messages()[0].state == "queued"


def test_what_anybody_can_cause_floods_nobody(smtp: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sends petition after petition under an address that is not hers."""
    monkeypatch.setattr(pacing, "_most", {"tests/tale": 3})
    for number in range(5):
        put(f"h{number}")
    put("other", "khac@dan.example")
    commit()
    work()
    went = [rcpt[0] for rcpt, _mail in smtp.taken]
    assert (went.count("hoa@dan.example"), went.count("khac@dan.example")) == (3, 1)
    assert [m.state for m in messages()].count("dead") == 2
    later(monkeypatch, hours=25)
    put("next day")
    commit()
    work()
    assert len(smtp.taken) == 5
