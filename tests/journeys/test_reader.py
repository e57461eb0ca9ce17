"""Key pages as a screen reader tells them: what is there, in which order, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Gallery
from tests.journeys.reader import tree, unclear
from tests.servers.browser import OpenPage, go
from tests.servers.web import Web

UNCLEAR = """<html lang="vi"><title>Thử</title><nav aria-label="Một"></nav><nav aria-label="Một"></nav>
<main><h2>Hai</h2><h4>Bốn</h4><button></button><input><img src="data:,">
<table><caption>Bảng</caption><tr><th scope="row">Dòng</th><td>1</td></tr><tr><th scope="row">Dòng</th><td>2</td></tr></table></main>"""


@pytest.fixture(scope="module")
def web(gallery: Gallery) -> Iterator[Web]:
    """All look at the same site."""
    yield gallery.web


def told(page: Page, role: str) -> list[str]:
    """The names of everything of that role, in reading order."""
    return [node.name for node in tree(page).all(role)]


def test_what_is_not_said_is_found(open_page: OpenPage) -> None:
    """The look that every page gets can fail."""
    page = open_page("desktop")
    page.set_content(UNCLEAR)
    assert unclear(page) == [
        "nameless button",
        "nameless textbox",
        "nameless image",
        "0 × banner",
        "0 × contentinfo",
        "two navigations 'Một'",
        "0 headings of the first rank",
        "rank 4 after 2",
        "table 'Bảng' without headings",
    ]


def test_the_front_page_and_an_item(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page("desktop")
    page.goto("/")
    assert told(page, "navigation") == ["Chính", "Cỡ chữ", "Ngôn ngữ"]
    assert told(page, "search") and told(page, "searchbox") == ["Tìm kế hoạch, kiến nghị, trả lời"]
    assert tree(page).all("heading")[0].name == "Bạn muốn làm gì?"
    page.goto(gallery.address("/items/{item}"))
    assert told(page, "navigation")[1] == "Vị trí"
    steps = page.get_by_role("group", name="Người dân làm được gì ở mục này")
    expect(steps.locator("[aria-current=step]")).to_contain_text("Bước 3, đang ở đây: dân làm")
    english = page.get_by_role("link", name="English")
    expect(english).to_have_attribute("lang", "en")  # read with an English voice
    go(page, english)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Tiếng Việt")).to_have_attribute("lang", "vi")


def test_a_form_says_where_one_is_and_what_is_wrong(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page("desktop")
    page.goto("/submit")
    expect(page.get_by_role("group", name="Bước 1 trong 5")).to_be_visible()
    expect(page.locator("[aria-current=step]")).to_have_text("Chuyện gì?")
    go(page, ".dock button.main")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert.get_by_role("heading")).to_have_text("Chưa đi tiếp được, còn chỗ cần sửa")
    assert page.title().startswith("Lỗi: ")
    line = page.get_by_role("textbox", name="Nói gọn trong một dòng")
    expect(line).to_have_attribute("aria-invalid", "true")
    expect(line).to_have_accessible_description(
        "Ví dụ: Đèn đường trước chợ hỏng Bạn viết một dòng cho biết chuyện gì."
    )
    kinds = page.get_by_role("group", name="Bạn muốn gửi gì?")
    expect(kinds).to_have_accessible_description("Bạn chọn một trong ba.")
    expect(kinds.get_by_role("radio")).to_have_count(3)


def test_tables_have_names_and_headings(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page("desktop")
    page.goto("/transparency")
    bodies = page.get_by_role(
        "table", name="Số hồ sơ nhận, trả lời và chưa trả lời của từng cơ quan"
    )
    expect(bodies.get_by_role("columnheader").first).to_have_accessible_name("Cơ quan")
    expect(bodies.get_by_role("rowheader").first).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 800})  # a list of cards is still a table
    expect(bodies.get_by_role("cell").first).to_be_visible()
    assert unclear(page) == []


def test_what_was_done_is_said(open_page: OpenPage, gallery: Gallery) -> None:
    page = gallery.visit(open_page, "thu")
    page.goto(gallery.address("/officer/petitions/{taken_in}/receipts/new"))
    page.check("[name=show][value=yes]")
    go(page, "main button.main")
    expect(page.get_by_role("status")).to_contain_text("Đã tiếp nhận hồ sơ")
    page.goto("/officer")
    files = page.get_by_role("table", name="Hồ sơ, đến hạn trước xếp trước")
    assert [one.name for one in tree(page).all("columnheader")][:2] == ["Chọn", "Hạn"]
    expect(files.get_by_role("row").nth(1).get_by_role("rowheader")).to_be_visible()
    expect(page.get_by_role("navigation", name="Lọc theo tình trạng")).to_be_visible()
