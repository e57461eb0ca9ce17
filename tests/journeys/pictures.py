"""The pictures in the docs, taken anew from the sample province and from one line that is cut (``make album``).

No test of the suite, as ``tests.journeys.album``: it starts ``feedback.run`` on a folder of its own and looks at
the same files each time, so that a changed page needs no hand to show in the docs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from feedback.core.config import ROOT
from tests.journeys.stage import sign_in
from tests.journeys.test_access import NEXT
from tests.journeys.test_offline import (  # noqa: F401 - a fixture
    TITLE,
    phone_kept,
    published,
    reads_two_pages,
    write,
)
from tests.run.test_supervisor import Running
from tests.servers.line import Line, cut, whole
from tests.servers.web import Web, no_worker

FOLDER = ROOT / "docs" / "pictures"
PASSWORD = "ydan-tayninh-demo"  # noqa: S105 - as the sign-in page prints it
ASKED = "Xin mở lớp kế toán buổi tối"
COLOURS = 160  # a page has few: the pictures stay small
PHONE, PHONE_FIRST, DESK, TABLET = (
    (360, 0),
    (360, 800),
    (1280, 860),
    (768, 0),
)  # height 0: all of it
# Names for addresses, as the sample province has them.
PLACES = {
    "item": "SELECT item_id FROM comment GROUP BY item_id ORDER BY count(*) DESC, item_id LIMIT 1",
    "passed_on": "SELECT p.public_id FROM petition p JOIN leg l ON l.petition_id = p.id GROUP BY p.id"
    " ORDER BY count(*) DESC, p.id LIMIT 1",
    "asks_time": "SELECT p.public_id FROM petition p JOIN extension e ON e.petition_id = p.id"
    " WHERE e.approved_at IS NULL LIMIT 1",
    "part": "SELECT o.public_id FROM part o JOIN agency a ON a.id = o.agency_id"
    " WHERE o.text = '' AND a.name = 'Sở Y tế' LIMIT 1",
    "reading": "SELECT id FROM reading WHERE state = 'draft' LIMIT 1",
    "to_approve": "SELECT p.public_id FROM petition p JOIN agency a ON a.id = p.agency_id"
    " WHERE p.state = 'awaiting_approval' AND a.name = 'Sở Tài chính' LIMIT 1",
}


@dataclass(frozen=True)
class Picture:
    """Who looks at what; how wide and high the window is (height 0: the page, up to ``longest``)."""

    name: str
    who: str
    address: str
    size: tuple[int, int] = PHONE
    dark: bool = False
    fold: str = ""  # opened before
    start: str = ""  # the picture begins there
    longest: int = 2400


PICTURES = (
    Picture("phone-home.png", "", "/", longest=1900),
    Picture("phone-item.png", "", "/items/{item}", longest=1900),
    Picture("phone-submit.png", "", "/submit?item={item}", longest=1200),
    Picture("phone-lost.png", "", "/track/lost"),
    Picture("phone-commune.png", "", "/communes/phuong-go-dau", longest=2200),
    Picture("phone-style.png", "", "/kieu-mau", longest=2200),
    Picture("phone-style-dark.png", "", "/kieu-mau", dark=True, longest=2200),
    Picture("phone-comments-dark.png", "", "/items/{item}", dark=True, start="#ban", longest=1500),
    Picture("item-phone.webp", "", "/items/{item}", longest=6000),
    Picture("story-2-search.png", "", "/search?q=ho+tro+doanh+nghiep+nho+va+vua", longest=1600),
    Picture("full-why.png", "", "/petitions/{passed_on}", fold=".due details", longest=2000),
    Picture("full-part.png", "cuc", "/officer/parts/{part}"),
    Picture("full-comment.png", "", "/items/{item}/comments/new"),
    Picture("full-moderation.png", "minh", "/officer/comments"),
    Picture("full-entry.png", "sau", "/officer/entries/new", longest=1600),
    Picture("full-item-dark.png", "", "/items/{item}", dark=True, longest=1600),
    Picture("full-file.png", "giang", "/officer/petitions/{asks_time}", TABLET, longest=900),
    Picture("full-oversight.png", "dung", "/oversight", TABLET, longest=1400),
    Picture("story-7-approve.png", "giang", "/officer/petitions/{to_approve}/approvals/new", DESK),
    Picture("desk-queue.png", "giang", "/officer", DESK),
    Picture("desk-oversight.png", "dung", "/oversight", DESK),
    Picture("desk-review.webp", "yen", "/officer/plans/readings/{reading}", DESK),
    Picture("phone-review.webp", "yen", "/officer/plans/readings/{reading}", PHONE_FIRST),
    Picture("desk-changes.webp", "yen", "/officer/plans/readings/{reading}/changes", (1280, 0), longest=1560),
)  # fmt: skip


def keep(page: Page, name: str, longest: int = 800, start: int = 0) -> None:
    """Up to so many pixels of a page from ``start`` on, in few colours."""
    image = Image.open(BytesIO(page.screenshot(full_page=longest > 860))).convert("RGB")
    image = image.crop((0, start, image.width, min(image.height, start + longest)))
    if name.endswith(".webp"):
        image.save(FOLDER / name, quality=70, method=6)
    else:
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)


@dataclass
class Sample:
    """The running sample province, and who has signed in."""

    url: str
    places: dict[str, str]
    browser: Browser
    _states: dict[str, Any] = field(default_factory=dict)

    def page(self, who: str, size: tuple[int, int], *, dark: bool = False) -> Page:
        context = self.browser.new_context(
            base_url=self.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": size[0], "height": size[1] or 800},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            service_workers="block",
            storage_state=self._states.get(who),
        )
        page = context.new_page()
        if who and who not in self._states:
            sign_in(page, who, PASSWORD)
            page.wait_for_url(lambda url: "/sign-in" not in url)
            self._states[who] = context.storage_state()
        return page


@pytest.fixture(scope="module")
def sample(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    folder = tmp_path_factory.mktemp("province") / "instance"
    running = Running(folder)
    try:
        running.wait()
        with sqlite3.connect(f"file:{folder / 'feedback.db'}?mode=ro", uri=True) as rows:
            places = {name: str(rows.execute(one).fetchone()[0]) for name, one in PLACES.items()}
        yield Sample(f"http://127.0.0.1:{running.port}", places, chromium)
    finally:
        running.process.terminate()
        running.process.wait()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: one.name)
def test_pages_of_the_sample(sample: Sample, picture: Picture) -> None:
    page = sample.page(picture.who, picture.size, dark=picture.dark)
    answer = page.goto(picture.address.format(**sample.places), wait_until="networkidle")
    assert answer is not None and answer.ok, (answer and answer.status, page.url)
    if picture.fold:
        page.locator(picture.fold).first.evaluate("one => { one.open = true }")
    start = page.locator(picture.start).first.bounding_box() if picture.start else None
    keep(page, picture.name, picture.size[1] or picture.longest, int(start["y"]) if start else 0)
    page.context.close()


def test_a_resident_sends_and_follows(sample: Sample) -> None:
    page = sample.page("", PHONE_FIRST)
    page.goto("/submit?item={item}".format(**sample.places))
    page.check("input[value=proposal]")
    page.fill("[name=title]", ASKED)
    page.fill("main textarea[name=text]", "Tôi bán tạp hóa ở chợ, muốn học kế toán để vay vốn.")
    keep(page, "story-3-submit.png", 1600)
    for _step in ("alike", "where", "files", "contact", "review", "receipt"):
        with page.expect_navigation():
            page.click(NEXT)
    expect(page.locator(".ticket .code")).to_be_visible()
    keep(page, "phone-receipt.png", 1300)
    page.goto("/track/file")
    keep(page, "phone-follow.png", 1300)
    file = thu_takes_it_in(sample.page("thu", DESK))
    for name, who, noun, size in THEN:
        page = sample.page(who, size)
        page.goto(f"{file}/{noun}/new")
        expect(page.locator("main textarea").first).to_be_visible()
        keep(page, name, size[1] or 2000)


THEN = (
    ("full-extension.png", "binh", "extensions", PHONE),
    ("full-question.png", "binh", "questions", PHONE),
    ("full-part-asked.png", "binh", "parts", PHONE),
    ("full-transfer.png", "giang", "transfers", TABLET),
    ("story-6-answer.png", "binh", "answers", DESK),
)


def thu_takes_it_in(page: Page) -> str:
    """The file's own address."""
    page.goto("/officer")
    page.get_by_role("link", name=ASKED).first.click()
    page.wait_for_url("**/officer/petitions/*")
    file = page.url
    page.locator("a.btn.main").first.click()
    page.check("[name=show][value=yes]")
    keep(page, "story-5-receive.png")
    page.click("main button.main")
    page.locator("a.btn.main").first.click()
    page.select_option("[name=officer]", label="Nguyễn Thanh Bình")
    page.click("main button.main")
    expect(page.locator("[role=status]")).to_contain_text("Đã giao hồ sơ")
    return file


@no_worker
def test_a_line_that_is_cut(
    web: Web,
    line: Line,
    phone_kept: Callable[[], Any],  # noqa: F811
) -> None:
    published(web)
    page = phone_kept().new_page()
    reads_two_pages(page)
    page.goto("/submit")
    write(page)
    keep(page, "cut-1-write.png")
    line.fate = cut
    page.click(NEXT)
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    keep(page, "cut-2-no-line.png")
    page.click(NEXT)
    expect(page.locator("[data-offline-waits]")).to_contain_text(TITLE)
    keep(page, "cut-3-waits.png")
    page.goto("/plans")
    expect(page.locator("[data-queue-word]")).to_contain_text("đang chờ có mạng")
    keep(page, "cut-4-read.png")
    line.fate = whole
    page = phone_kept().new_page()
    page.goto("/plans")
    expect(page.locator("[data-queue-word]")).to_contain_text("đã gửi")
    keep(page, "cut-5-sent.png")
    page.click("[data-queue-word] a")
    expect(page.locator("[data-offline-sent] .code")).to_contain_text("TN-")
    keep(page, "cut-6-code.png")
