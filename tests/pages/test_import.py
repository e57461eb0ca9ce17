"""Reading a plan in on the site: what is no plan, what is not understood, what may no longer be changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from feedback.core.db import db
from feedback.plans.models import Plan, PlanItem
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story

SignIn = Callable[[str], Browser]


def upload(browser: Browser, data: bytes, name: str) -> Any:
    found = TOKEN.search(browser.get("/officer/plans/new").text)
    assert found
    form = {"csrf_token": found[1], "file": (io.BytesIO(data), name)}
    return browser.client.post("/officer/plans/new", data=form)


def plans(story: Story) -> int:
    with story.site.app_context():
        number = db.session.query(Plan).count()
        db.session.remove()
        return number


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        ("Kính gửi anh chị, hôm nay trời đẹp.".encode(), "thu.txt", "Không thấy số, ký hiệu"),
        (b"", "trong.txt", "Tệp này trống"),
        (b"MZ\x90\x00", "ke-hoach.exe", "Chưa đọc được loại tệp này"),
        (b"\xff\xff\xff", "ke-hoach.txt", "Không đọc được bảng chữ"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_beside_the_field(
    story: Story, signed_in: SignIn, data: bytes, name: str, sentence: str
) -> None:
    before = plans(story)
    answer = upload(signed_in("yen"), data, name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'id="file-e"' in answer.text
    assert plans(story) == before


def test_a_draft_is_nobodys_but_the_editors_and_can_be_thrown_away(
    story: Story, signed_in: SignIn
) -> None:
    before, yen = plans(story), signed_in("yen")
    answer = upload(yen, make.PLAN_FILE.read_bytes(), "ke-hoach.txt")
    assert answer.status_code == 303
    number = answer.location.rsplit("/", 1)[1]
    stranger = Browser(story.site)
    assert stranger.get(f"/plans/{number}").status_code == 404
    with story.site.app_context():
        task = db.session.query(PlanItem).filter_by(plan_id=int(number), is_task=True).first()
        assert task is not None
        address = f"/items/{task.id}"
        db.session.remove()
    assert stranger.get(address).status_code == 404
    page = f"/officer/plans/{number}"
    assert yen.send(f"{page}/discard", page=page).status_code == 303
    assert plans(story) == before


def test_a_published_plan_is_not_changed_behind_the_publics_back(
    story: Story, signed_in: SignIn
) -> None:
    yen = signed_in("yen")
    page = f"/officer/plans/{story.plan_id}/assignments/{story.assignment_id}"
    answer = yen.send(page, role="lead", body="so-y-te")
    assert answer.status_code == 422
    assert "Kế hoạch này đã công bố" in answer.text
