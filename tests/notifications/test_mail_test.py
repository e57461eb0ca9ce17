"""An administrator sends herself a test message: taken, refused, or nobody there, each said in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from structlog.testing import capture_logs

from feedback.accounts.models import RoleGrant
from feedback.core.db import commit
from feedback.notifications import pacing
from feedback.notifications.channels import trial
from tests.notifications.conftest import Sink
from tests.notifications.test_pages import SAFE, person, signed_in, site
from tests.servers.mail import post_office
from tests.servers.ports import free_port

__all__ = ["site"]  # the application of the inbox serves here too
ADDRESS = "/admin/mail-tests/new"
Try = Callable[[], str]


@pytest.fixture
def box(site: Flask) -> Iterator[Sink]:
    """A mail server of the administrator's own."""
    sink = Sink()
    with post_office(sink) as site.config["SMTP_URL"]:
        yield sink


@pytest.fixture
def tries(site: Flask) -> Try:
    """``tries()``: she presses the button; what the page says then."""
    pacing.forget()
    binh = person("binh")
    binh.grants.append(RoleGrant(role="admin"))
    commit()
    client = signed_in(site, "binh")

    def press() -> str:
        page = client.post(ADDRESS, **SAFE)
        assert page.status_code == 200
        return page.text

    return press


def test_a_taken_message_is_said_to_be_taken(box: Sink, tries: Try) -> None:
    with capture_logs() as lines:
        page = tries()
    assert "Máy chủ thư đã nhận" in page
    assert "binh@demo.example" in page
    ((recipients, mail),) = box.taken
    assert recipients == ["binh@demo.example"]
    assert "Ý dân Tây Ninh" in mail["Subject"]
    (line,) = [one for one in lines if one["event"] == "mail_tried"]
    assert line["outcome"] == "took"
    assert "binh@demo.example" not in str(line)


@pytest.mark.parametrize(
    ("answer", "sender", "said"),
    [
        ("550 no such person", "250 OK", "Máy chủ thư từ chối thư này"),
        ("250 OK", "553 you are not one of ours", "Máy chủ thư không nhận thư của người gửi này"),
        ("250 OK", "530 sign in first", "Máy chủ thư không nhận tên hoặc mật khẩu"),
    ],
)
def test_a_refusal_is_told_with_the_words_of_the_server(
    box: Sink, tries: Try, answer: str, sender: str, said: str
) -> None:
    box.answer, box.sender = answer, sender
    page = tries()
    assert said in page
    assert (answer if sender == "250 OK" else sender) in page
    assert not box.taken


def test_a_server_that_is_not_there_or_speaks_otherwise(site: Flask, box: Sink, tries: Try) -> None:
    here = site.config["SMTP_URL"].removeprefix("smtp://")
    for url, said in {
        f"smtp://127.0.0.1:{free_port()}": "không mở cổng này",
        f"smtps://{here}": "Không mã hóa được đường nối",
        f"smtp+starttls://{here}": "không có cách nối này",
        f"smtp://hoa:bi-mat@{here}": "không có cách nối này",
        "": "Thư nằm trong hộp thư thử",
    }.items():
        site.config["SMTP_URL"] = url
        page = tries()
        assert said in page, url
        assert "bi-mat" not in page
    site.config["DEMO"] = False
    assert "Chưa đặt máy chủ thư" in tries()
    assert not box.taken


def test_nobody_floods_herself(site: Flask, box: Sink, tries: Try) -> None:
    for _time in range(trial.A_DAY):
        tries()
    again = signed_in(site, "binh").post(ADDRESS, **SAFE)
    assert again.status_code == 429
    assert "Hôm nay thử vậy là đủ" in again.text
    assert len(box.taken) == trial.A_DAY
