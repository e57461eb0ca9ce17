"""What a phone keeps: drafts that outlive the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.core.db import commit
from tests import make
from tests.files import corpus
from tests.servers.browser import PATIENCE_MS, program
from tests.servers.web import Web

NEXT = ".dock button.main"
TITLE = "Đèn đường trước chợ hỏng"
WORDS = "Đèn đường trước chợ Long Hoa hỏng một tuần nay, tối đi lại nguy hiểm."
Phone = Callable[[], BrowserContext]


@pytest.fixture
def phone_kept(chromium: Browser, web: Web, tmp_path: Path) -> Iterator[Phone]:
    """Hoa's own phone: what it keeps is still there when it is switched on again."""
    opened: list[BrowserContext] = []

    def switch_on() -> BrowserContext:
        for earlier in opened:
            earlier.close()
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=program(),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            base_url=web.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": 360, "height": 800},
            has_touch=True,
            is_mobile=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        opened[:] = [context]
        return context

    yield switch_on
    for last in opened:
        last.close()


def write(page: Page, title: str = TITLE) -> None:
    page.check("input[value=concern]")
    page.fill("[name=title]", title)
    page.fill("main textarea[name=text]", WORDS)
    expect(page.locator("[data-draft-state]")).to_be_visible()


def test_a_draft_outlives_the_browser_with_its_files(
    web: Web, phone_kept: Phone, tmp_path: Path
) -> None:
    with web.within():
        make.reference_data()
        commit()
    photo = tmp_path / "den.jpg"
    photo.write_bytes(corpus.jpeg(3))
    page = phone_kept().new_page()
    page.goto("/submit")
    write(page)
    page.click(NEXT)
    page.fill("[name=place]", "Trước cổng chợ")
    page.click(NEXT)
    page.set_input_files("#files", photo)
    page.wait_for_timeout(400)
    page = phone_kept().new_page()
    page.goto("/submit")
    offered = page.locator("[data-draft-offer]:visible")
    expect(offered).to_contain_text(TITLE)
    offered.get_by_role("button", name="Viết tiếp").click()
    expect(page.locator("#files")).to_be_visible()
    assert page.evaluate("() => document.querySelector('#files').files[0].name") == "den.jpg"
    page.click(NEXT)
    page.click(NEXT)
    expect(page.locator("main")).to_contain_text("Trước cổng chợ")
    expect(page.locator(".files li")).to_have_count(1)
    page.click(NEXT)
    expect(page.locator(".ticket .code")).to_be_visible()
    page.goto("/submit")
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator("[data-draft-offer]:visible")).to_have_count(0)


def test_a_draft_is_thrown_away_by_two_taps(web: Web, phone_kept: Phone) -> None:
    with web.within():
        make.reference_data()
        commit()
    page = phone_kept().new_page()
    page.goto("/submit")
    write(page)
    page.click("[data-erase]")
    expect(page.locator("[data-erase]")).to_have_text("Bấm lần nữa là xoá hẳn")
    page.click("[data-erase]")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    expect(page.locator("[name=title]")).to_have_value("")
    expect(page.locator("[data-draft-offer]:visible")).to_have_count(0)
