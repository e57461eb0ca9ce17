"""A plan comes in as a Word file: Yến corrects it beside its source, publishes it, takes it back, publishes it
again, and reads a newer version in. On a phone without JavaScript and at a desk with it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from feedback.core.db import commit
from tests import make
from tests.journeys.stage import people_who_can_sign_in, sign_in
from tests.servers.browser import OpenPage, go
from tests.servers.databases import on_sqlite
from tests.servers.web import Web, no_worker

pytestmark = [on_sqlite, no_worker]


def as_word(text: str, path: Path) -> Path:
    """The document as a Word file, a line a paragraph."""
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    made.save(str(path))
    return path


def upload(page: Page, path: Path) -> None:
    page.set_input_files("[name=file]", path)
    page.click("main button.main")
    page.wait_for_url("**/readings/*")


@pytest.mark.parametrize("shape", ["phone", "desktop"])
def test_a_word_file_becomes_a_plan_and_its_newer_version(
    web: Web, open_page: OpenPage, tmp_path: Path, shape: str
) -> None:
    with web.within():
        make.reference_data()
        people_who_can_sign_in()
        commit()
    page = open_page(shape)
    sign_in(page, "yen")
    page.goto("/officer/plans/new")
    first = make.PLAN_FILE.read_text(encoding="utf-8").replace("Sở Ngoại vụ", "Sở Ngoại giao")
    upload(page, as_word(first, tmp_path / "ke-hoach.docx"))
    left = page.locator(".bar [role=status]")
    expect(left).to_have_text("Còn 1 chỗ cần xem")
    page.locator(".doubt + .acts button").filter(has_text="Sở Ngoại vụ").click()
    expect(left).to_contain_text("Đã xem hết")
    page.click("button:has-text('Hoàn tác lần sửa cuối')")  # with a script the page stays
    expect(left).to_have_text("Còn 1 chỗ cần xem")
    go(page, page.locator("#open ~ article a").filter(has_text="Sửa"))
    name = page.locator("#bodies .panel").first.get_by_label("Là cơ quan nào")
    name.fill("Sở Không Có")
    name.blur()
    if shape == "desktop":
        expect(page.locator("[data-done]")).to_contain_text("Chưa lưu được")
    name.fill("Sở Ngoại vụ")
    name.blur()
    if shape == "desktop":
        expect(page.locator("[data-done]")).to_have_text("Đã lưu.")
    page.fill(
        "[name=title]", "Đưa người đi học nước ngoài"
    )  # a field that the button itself leaves
    go(page, "button:has-text('Lưu và quay lại')")
    expect(left).to_contain_text("Đã xem hết")
    publish(page)
    go(page, "button:has-text('Thu hồi lần công bố này')")
    expect(page.locator(".flash")).to_contain_text("Đã thu hồi")
    publish(page)
    go(page, page.get_by_role("link", name="Đọc bản mới vào"))
    newer = make.newer_plan().decode()
    upload(page, as_word(newer, tmp_path / "ban-moi.docx"))
    page.locator(".doubt + .acts button").filter(has_text="Thông tin và Truyền thông").click()
    expect(left).to_contain_text("Đã xem hết")
    go(page, page.get_by_role("link", name="Xem điểm thay đổi"))
    go(page, page.get_by_role("button", name="Mục mới").first)
    go(page, page.get_by_role("button", name="Cùng một mục", exact=True).first)
    expect(page.locator(".figs .hot")).to_have_count(0)
    expect(page.locator("ins").first).to_be_visible()
    go(page, page.get_by_role("link", name="Về trang soát"))
    publish(page)
    expect(page.locator("#versions + ul li")).to_have_count(2)
    go(page, page.get_by_role("link", name="Xem trang công khai"))
    page.locator("summary").filter(has_text="Không còn trong kế hoạch").click()
    go(page, page.locator("details[open] li a").last)
    expect(page.locator("main")).to_contain_text("không còn nêu mục này")


def publish(page: Page) -> None:
    go(page, page.get_by_role("button", name="Công bố", exact=True))
    expect(page.locator(".flash")).to_contain_text("Kế hoạch đã được công bố")
