"""Every story with a keyboard alone: no mouse, no touch, nothing focused by the test itself.

At each stop the focus is looked at (``tests.journeys.keyboard``): seen, not covered, in reading order.
A resident's stories run on a phone without JavaScript, those of the desk with it and in the dark.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from feedback.core.db import commit
from tests import make
from tests.journeys.keyboard import LOOK, Keyboard
from tests.journeys.stage import ANSWER, LOOKS, PASSWORD, people_who_can_sign_in
from tests.servers.browser import OpenPage
from tests.servers.databases import on_sqlite
from tests.servers.web import Web, no_worker

pytestmark = [on_sqlite, no_worker]


@pytest.fixture
def item(web: Web) -> int:
    """A plan; a petition about one of its items has been answered."""
    with web.within():
        make.reference_data()
        people_who_can_sign_in()
        item = make.item(make.plan(), "III.2.2.c")
        make.petition(state="answered", item_id=item.id, key="answered")
        commit()
        return item.id


def test_a_resident_skips_to_the_content_sends_and_puts_an_error_right(
    open_page: OpenPage, item: int
) -> None:
    page = open_page("phone")
    page.goto("/")
    keys = Keyboard(page)
    keys.tab()
    expect(keys.focused()).to_have_text("Đến nội dung chính")
    keys.press("Enter")
    keys.tab()
    expect(keys.focused()).to_contain_text("Gửi phản ánh, kiến nghị")
    keys.go()
    keys.to("button", "Tiếp: ở đâu?")
    keys.go()
    expect(keys.focused()).to_contain_text("còn chỗ cần sửa")
    keys.tab()
    keys.press("Enter")
    expect(keys.focused()).to_have_attribute("type", "radio")
    keys.press("Space", "ArrowDown")
    expect(keys.focused()).to_be_checked()
    keys.tab()
    keys.type("Xin mở lớp kế toán buổi tối")
    keys.tab()
    keys.type("Tôi bán tạp hóa ở chợ, muốn học kế toán buổi tối để vay vốn.")
    keys.to("button", "Tiếp: ở đâu?")
    keys.go()
    keys.to("button", "Không, đi tiếp")  # none of the petitions that resemble hers
    keys.go()
    keys.reach(page.locator("[name=commune]"), "the communes")
    keys.choose("xã Tân Biên")
    for words in ("Tiếp: ảnh, tệp", "Tiếp: liên hệ"):
        keys.to("button", words)
        keys.go("Space")
    keys.reach(page.locator("[name=email]"), "the e-mail")
    keys.type("khong phai thu")
    keys.to("button", "Tiếp: xem lại")
    keys.go()
    expect(keys.focused()).to_contain_text("còn chỗ cần sửa")
    keys.tab()
    keys.press("Enter")
    expect(keys.focused()).to_have_value("khong phai thu")
    keys.press("Control+a")
    keys.type("hoa@example.vn")
    keys.to("button", "Tiếp: xem lại")
    keys.go()
    keys.to("button", "Gửi")
    keys.go()
    expect(page.locator("h1")).to_have_text("Bạn giữ mã này")
    keys.to("link", "Theo dõi kiến nghị này")
    keys.go()
    keys.to("link", "Rút kiến nghị")
    assert keys.wrong == []


def test_a_resident_follows_rates_disputes_and_comments(
    web: Web, open_page: OpenPage, item: int
) -> None:
    with web.within():
        code = make.code_of("answered")
    page = open_page("phone")
    page.goto("/track")
    keys = Keyboard(page)
    keys.reach(page.locator("[name=code]"), "the code")
    keys.type(code)
    keys.go()  # Enter in the field sends the form
    keys.reach(page.locator("summary").first, "why this day")
    keys.press("Space")
    expect(page.get_by_role("table")).to_be_visible()
    keys.reach(page.locator("[name=score]").first, "the marks")
    keys.press("Space", "ArrowRight", "ArrowRight")
    keys.to("button", "Gửi đánh giá")
    keys.go()
    expect(page.locator("#danh-gia")).to_contain_text("Bạn đã chấm 3 trên 5")
    keys.to("link", "Câu trả lời chưa thỏa đáng")
    keys.go()
    keys.reach(page.locator("[name=reason]"), "the reason")
    keys.type("Chưa nói bao giờ làm.")
    keys.tab()
    keys.go()
    expect(page.locator("main")).to_contain_text("Chưa nói bao giờ làm.")
    page.goto(f"/items/{item}")
    keys.to("link", "Viết góp ý đầu tiên")
    keys.go()
    keys.to("button", "Gửi góp ý")
    keys.go()
    expect(keys.focused()).to_contain_text("còn chỗ cần sửa")
    keys.tab()
    keys.press("Enter")
    keys.type("Lớp học nên mở buổi tối.")
    keys.to("button", "Gửi góp ý")
    keys.go()
    expect(page.locator("main")).to_contain_text("Cảm ơn")
    assert keys.wrong == []


def test_an_agency_answers_and_the_front_reads_the_figures(
    web: Web, open_page: OpenPage, item: int
) -> None:
    with web.within():
        make.receipt(item_id=item, title="Xin mở lớp kế toán")
        commit()
    thu = signed_in(open_page, "thu")
    opens_the_first_file(thu)
    thu.to("link", "Tiếp nhận")
    thu.go()
    thu.reach(thu.page.locator("[name=show][value=yes]"), "may everybody read it")
    thu.press("Space")
    thu.to("button", "Tiếp nhận")
    thu.go()
    thu.to("link", "Giao cán bộ")
    thu.go()
    thu.reach(thu.page.locator("[name=officer]"), "the officers")
    thu.choose("Nguyễn Thanh Bình")
    thu.tab()
    thu.go()
    expect(thu.page.get_by_role("status")).to_contain_text("Đã giao hồ sơ")
    binh = signed_in(open_page, "binh")
    opens_the_first_file(binh)
    binh.to("link", "Soạn trả lời")
    binh.go()
    binh.to("button", "Gửi duyệt")
    binh.go()
    expect(binh.focused()).to_contain_text("còn chỗ cần sửa")
    binh.tab()
    binh.press("Enter")
    binh.type(ANSWER)
    binh.to("button", "Gửi duyệt")
    binh.go()
    giang = signed_in(open_page, "giang")
    giang.press("j")  # on her queue a letter goes down
    giang.go()
    giang.to("link", "Đọc và duyệt trả lời")
    giang.go()
    giang.to("button", "Duyệt và công bố")
    giang.go()
    expect(giang.page.get_by_role("status")).to_contain_text("Câu trả lời đã được công bố")
    dung = signed_in(open_page, "dung")
    dung.reach(dung.page.locator("[name=from]"), "the months")
    dung.to("button", "Xem")
    dung.go()
    dung.to("link", "Sở Tài chính")
    dung.go()
    dung.to("link", "Xin mở lớp kế toán")
    for keys in (thu, binh, giang, dung):
        assert keys.wrong == []


def signed_in(open_page: OpenPage, name: str) -> Keyboard:
    page = open_page("desktop", color_scheme="dark")
    page.goto("/sign-in")
    keys = Keyboard(page)
    keys.reach(page.locator("[name=email]"), "the e-mail")
    keys.type(f"{name}@demo.example")
    keys.tab()
    keys.type(PASSWORD)
    keys.go()
    code = page.inner_text("#demo-code")
    keys.reach(page.locator("[name=code]"), "the code")
    keys.type(code)
    keys.go()
    return keys


def opens_the_first_file(keys: Keyboard) -> None:
    """Past the tabs and the days into the list."""
    keys.reach(keys.page.locator("[data-rows] .ttl").first, "the first file")
    keys.go()


def test_the_focus_is_seen_on_every_component(open_page: OpenPage, web: Web) -> None:
    for scheme, width in LOOKS:
        page = open_page("desktop", color_scheme=scheme, viewport={"width": width, "height": 640})
        page.goto("/kieu-mau")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        keys = Keyboard(page)
        assert keys.walk() > 60
        assert keys.wrong == [], (scheme, width)


def test_the_way_through_a_page_is_the_same_backwards(open_page: OpenPage, item: int) -> None:
    page = open_page("phone")
    page.goto(f"/items/{item}")
    there, back = [], []
    keys = Keyboard(page)
    for _stop in range(25):
        keys.tab()
        there.append(page.evaluate("document.activeElement.outerHTML"))
    for _stop in range(24):
        keys.press("Shift+Tab")
        keys.wrong += page.evaluate(LOOK, None)
        back.append(page.evaluate("document.activeElement.outerHTML"))
    assert back == there[-2::-1]
    assert keys.wrong == []
