"""Hoa sends by telephone, keeps her receipt on it, and prints it on one small sheet."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, expect

from tests.journeys.test_pictures import NEXT, WORDS, set_the_stage
from tests.servers.browser import OpenPage, go
from tests.servers.databases import on_sqlite
from tests.servers.web import Web, no_worker

pytestmark = [on_sqlite, no_worker]
TITLE = (
    "Đèn đường trước chợ Long Hoa hỏng đã một tuần, tối đi lại nguy hiểm, nhất là cho trẻ em học về"
)
A5 = (420, 595)  # points


def test_the_receipt_is_kept_and_printed(web: Web, open_page: OpenPage, tmp_path: Path) -> None:
    set_the_stage(web)
    hoa = open_page("desktop", viewport={"width": 360, "height": 800})
    hoa.goto("/submit")
    hoa.check("input[value=concern]")
    hoa.fill("[name=title]", TITLE)
    hoa.fill("main textarea[name=text]", WORDS)
    for _step in range(7):  # what fits her words may stand on a page in between
        if not hoa.locator(".ticket").count():
            go(hoa, NEXT)
    code = hoa.inner_text(".ticket .code")
    expect(hoa.get_by_role("button", name="In", exact=True)).to_be_visible()
    assert "BEGIN:VEVENT" in kept(hoa, "Thêm vào lịch", tmp_path / "han.ics")
    it_reads_without_a_line(open_page, kept(hoa, "Lưu vào máy", tmp_path / "bien-nhan.html"), code)
    it_is_one_small_sheet(hoa)


def kept(hoa: Page, words: str, path: Path) -> str:
    with hoa.expect_download() as coming:
        hoa.get_by_role("link", name=words).click()
    coming.value.save_as(path)
    return path.read_text(encoding="utf-8")


def it_reads_without_a_line(open_page: OpenPage, text: str, code: str) -> None:
    page = open_page("phone", offline=True)
    page.set_content(text)
    expect(page.get_by_text(code)).to_be_visible()
    expect(page.get_by_text(TITLE)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def it_is_one_small_sheet(hoa: Page) -> None:
    hoa.emulate_media(media="print")
    for hidden in ("Lưu vào máy", "Thêm vào lịch"):
        expect(hoa.get_by_text(hidden)).to_be_hidden()
    with pikepdf.open(io.BytesIO(hoa.pdf(prefer_css_page_size=True))) as paper:
        assert len(paper.pages) == 1
        sheet = paper.pages[0]
        assert (round(sheet.mediabox[2]), round(sheet.mediabox[3])) == A5
