"""The album: every page by day and by night, at 360 and at 1280 px, on sheets in docs/pictures (``make album``).

No test of the suite: its name is not one that pytest looks for. It walks the pages of
``tests.journeys.pages`` and a resident's way through sending and following; each page is loaded once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from feedback.core.config import ROOT
from feedback.core.db import commit
from tests.journeys.conftest import Gallery
from tests.journeys.pages import PUBLIC, STAFF
from tests.journeys.stage import LOOKS, Scheme
from tests.journeys.test_access import NEXT, OWN, told
from tests.servers.browser import OpenPage
from tests.servers.web import Web

WORDS = 14  # the line with the address above a picture
Look = tuple[Scheme, int]


@dataclass(frozen=True)
class Shape:
    """The window's height, the picture's size on the sheet, how many stand in a row."""

    height: int
    wide: int
    tall: int
    across: int


SHAPES = {360: Shape(792, 200, 440, 12), 1280: Shape(1040, 480, 390, 5)}


@dataclass
class Album:
    """Sheets of one kind of pages."""

    name: str
    sheets: dict[Look, list[tuple[str, Image.Image]]] = field(
        default_factory=lambda: {look: [] for look in LOOKS}
    )

    def take(self, page: Page, address: str = "", words: str = "") -> None:
        """What the window shows of a page, in each look."""
        if address:
            page.goto(address, wait_until="networkidle")
        for (scheme, width), sheet in self.sheets.items():
            shape = SHAPES[width]
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": shape.height})
            image = Image.open(BytesIO(page.screenshot())).convert("RGB")
            size = (shape.wide, shape.tall)
            sheet.append(
                (
                    words or "/" + page.url.split("/", 3)[3],
                    image.resize(size, Image.Resampling.LANCZOS),
                )
            )

    def keep(self) -> None:
        """A sheet a look, each picture with its address above it."""
        for (scheme, width), pictures in self.sheets.items():
            shape = SHAPES[width]
            wide, tall = shape.wide + 8, shape.tall + WORDS + 8
            rows = -(-len(pictures) // shape.across)
            sheet = Image.new("RGB", (shape.across * wide, rows * tall), "#888")
            pen = ImageDraw.Draw(sheet)
            for number, (path, image) in enumerate(pictures):
                x, y = number % shape.across * wide + 4, number // shape.across * tall + 2
                pen.text((x, y), path[: shape.wide // 6], fill="white")
                sheet.paste(image, (x, y + WORDS))
            name = f"{self.name}-{scheme}" if width == 360 else f"{self.name}-wide-{scheme}"
            sheet.save(ROOT / "docs" / "pictures" / f"album-{name}.webp", quality=30, method=6)


@pytest.fixture(scope="module")
def web(gallery: Gallery) -> Iterator[Web]:
    yield gallery.web


def test_album_of_what_everybody_sees(open_page: OpenPage, gallery: Gallery) -> None:
    page, album = open_page("desktop"), Album("public")
    for places in PUBLIC.values():
        for one in places:
            album.take(page, gallery.address(one))
    sending(page, gallery, album)
    following(open_page("desktop"), gallery, album)
    album.keep()


def test_album_of_the_desk(open_page: OpenPage, gallery: Gallery) -> None:
    album = Album("desk")
    for name, *places in STAFF.values():
        page = gallery.visit(open_page, name)
        for place in places:
            album.take(page, gallery.address(place))
        page.context.close()
    album.keep()


def sending(page: Page, gallery: Gallery, album: Album) -> None:
    page.goto(gallery.address("/submit?item={item}"))
    page.check("input[value=question]")
    page.fill("[name=title]", "Hỏi lịch tiếp dân")
    page.fill("main textarea[name=text]", "Xin cho biết lịch tiếp dân của xã trong tháng tới.")
    for step in ("where", "files", "contact", "review", "receipt"):
        with page.expect_navigation():
            page.click(NEXT)
        album.take(page, words=f"/submit: {step}")


def following(page: Page, gallery: Gallery, album: Album) -> None:
    with gallery.web.within():
        code = told("answered", int(gallery.places["item"]))
        commit()
    page.goto("/track")
    page.fill("[name=code]", code)
    with page.expect_navigation():
        page.click("main button.main")
    for noun in ("", "/withdrawals/new", "/disputes/new", "/data", *OWN):
        album.take(page, f"/track/file{noun}")
