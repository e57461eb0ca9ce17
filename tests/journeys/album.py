"""The album: every page at 360 px, by day and by night, on four sheets in docs/pictures (``make album``).

No test of the suite: its name is not one that pytest looks for. It walks the pages of
``tests.journeys.pages`` and a resident's way through sending and following.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from feedback.core.config import ROOT
from feedback.core.db import commit
from tests.journeys.conftest import Gallery
from tests.journeys.pages import PUBLIC, STAFF
from tests.journeys.stage import SCHEMES, Scheme
from tests.journeys.test_access import NEXT, OWN, told
from tests.servers.browser import OpenPage
from tests.servers.web import Web

WIDE, TALL, ACROSS, WORDS = (
    200,
    440,
    12,
    14,
)  # of a picture on the sheet, pictures in a row, caption
PHONE = {"viewport": {"width": 360, "height": 792}, "device_scale_factor": 1}
Picture = tuple[str, Image.Image]


@pytest.fixture(scope="module")
def web(gallery: Gallery) -> Iterator[Web]:
    yield gallery.web


@pytest.mark.parametrize("scheme", SCHEMES)
def test_album(open_page: OpenPage, gallery: Gallery, scheme: Scheme) -> None:
    page = open_page("desktop", color_scheme=scheme, **PHONE)
    public = [taken(page, gallery.address(one)) for places in PUBLIC.values() for one in places]
    public += sending(page, gallery)
    public += following(open_page("desktop", color_scheme=scheme, **PHONE), gallery, scheme)
    keep(public, f"album-public-{scheme}")
    desk = []
    for name, *places in STAFF.values():
        page = gallery.visit(open_page, name, color_scheme=scheme, **PHONE)
        desk += [taken(page, gallery.address(place)) for place in places]
        page.context.close()
    keep(desk, f"album-desk-{scheme}")


def taken(page: Page, address: str = "") -> Picture:
    """What the window shows of a page."""
    if address:
        page.goto(address, wait_until="networkidle")
    path = "/" + page.url.split("/", 3)[3]
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    return path, image.resize((WIDE, TALL), Image.Resampling.LANCZOS)


def sending(page: Page, gallery: Gallery) -> list[Picture]:
    page.goto(gallery.address("/submit?item={item}"))
    page.check("input[value=question]")
    page.fill("[name=title]", "Hỏi lịch tiếp dân")
    page.fill("main textarea[name=text]", "Xin cho biết lịch tiếp dân của xã trong tháng tới.")
    found = []
    for step in ("where", "files", "contact", "review", "receipt"):
        with page.expect_navigation():
            page.click(NEXT)
        found.append((f"/submit: {step}", taken(page)[1]))
    return found


def following(page: Page, gallery: Gallery, scheme: str) -> list[Picture]:
    with gallery.web.within():
        code = told("answered", int(gallery.places["item"])) if scheme == "light" else ""
        commit()
    gallery.places.setdefault("code", code)
    page.goto("/track")
    page.fill("[name=code]", gallery.places["code"])
    with page.expect_navigation():
        page.click("main button.main")
    nouns = ("", "/withdrawals/new", "/disputes/new", "/data", *OWN)
    return [taken(page, f"/track/file{noun}") for noun in nouns]


def keep(pictures: list[Picture], name: str) -> None:
    """One sheet, each picture with its address above it."""
    rows = -(-len(pictures) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (WIDE + 8), rows * (TALL + WORDS + 8)), "#888")
    pen = ImageDraw.Draw(sheet)
    for number, (path, image) in enumerate(pictures):
        x, y = number % ACROSS * (WIDE + 8) + 4, number // ACROSS * (TALL + WORDS + 8) + 2
        pen.text((x, y), path[:33], fill="white")
        sheet.paste(image, (x, y + WORDS))
    sheet.save(ROOT / "docs" / "pictures" / f"{name}.webp", quality=60, method=6)
