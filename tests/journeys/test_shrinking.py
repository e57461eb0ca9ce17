"""Hoa's phone makes her pictures small before they are sent, and lets her blur a plate for good."""

from __future__ import annotations

import base64
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from feedback.core import files
from feedback.core.db import db
from feedback.files.models import StoredFile
from tests import make
from tests.files import corpus
from tests.journeys.test_pictures import NEXT, hoa_comes_to_the_pictures
from tests.servers.browser import OpenPage, go, violations
from tests.servers.databases import on_sqlite
from tests.servers.web import Web, no_worker

pytestmark = [on_sqlite, no_worker]
READY, BLUR = "#chosen-said", "#chosen li:first-child button >> nth=0"
MOST_SENT = 400 * 1024
SENT = """async () => {
  const bytes = new Uint8Array(await document.querySelector("#files").files[0].arrayBuffer());
  return btoa(Array.from(bytes, one => String.fromCharCode(one)).join(""));
}"""


def plate() -> Image.Image:
    """A street seen by a phone that lay on its side, with a plate of fine black bars in the middle."""
    picture = corpus.photo(3200, 2400)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((1250, 850, 1950, 1550), fill="white")
    for at in range(1260, 1950, 40):
        pen.rectangle((at, 870, at + 18, 1530), fill="black")
    return picture


@cache
def shot() -> bytes:
    notes = Image.open(BytesIO(corpus.with_gps())).getexif()
    return corpus.encoded(plate(), "JPEG", quality=92, exif=notes)


def taken(path: Path) -> Path:
    path.write_bytes(shot())
    return path


def edges(data: bytes, box: tuple[float, ...]) -> int:
    """How many points of this part differ clearly from the one above or beside it."""
    image = Image.open(BytesIO(data)).convert("L")
    sides = (image.width, image.height) * 2
    part = image.crop(tuple(round(a * b) for a, b in zip(box, sides, strict=True)))  # type: ignore[arg-type]
    points = part.load()
    assert points is not None
    return sum(
        abs(points[x, y] - points[x - 1, y]) > 25 or abs(points[x, y] - points[x, y - 1]) > 25  # type: ignore[operator]
        for x in range(1, part.width)
        for y in range(1, part.height)
    )


MIDDLE = (0.37, 0.37, 0.63, 0.63)  # within the frame as it stands at first


def sent_bytes(page: Page) -> bytes:
    return base64.b64decode(page.evaluate(SENT))


def kept_pictures(web: Web) -> list[bytes]:
    with web.within():
        rows = db.session.scalars(sa.select(StoredFile.sha256).order_by(StoredFile.id)).all()
        return [files.read(one) for one in rows]


@pytest.fixture
def hoa(web: Web, open_page: OpenPage) -> Page:
    with web.within():
        make.reference_data()
        item = int(make.item(make.plan(), "III.2.2.c").id)
        db.session.commit()
    page = open_page("phone", java_script_enabled=True)
    hoa_comes_to_the_pictures(page, item)
    return page


def test_a_picture_is_made_small_and_a_plate_unreadable_before_it_is_sent(
    web: Web, hoa: Page, tmp_path: Path
) -> None:
    photo = taken(tmp_path / "IMG_1.jpg")
    hoa.set_input_files("#files", photo)
    expect(hoa.locator(READY)).to_contain_text("Đã sẵn sàng: 1 tệp")
    small = sent_bytes(hoa)
    picture = Image.open(BytesIO(small))
    assert len(small) <= MOST_SENT < photo.stat().st_size
    assert picture.size == (1200, 1600) and not picture.getexif()  # upright, without place
    assert corpus.PLACE.encode() not in small
    before = edges(small, MIDDLE)
    she_blurs_the_plate_with_keys(hoa)
    blurred = sent_bytes(hoa)
    assert edges(blurred, MIDDLE) < before / 20
    she_draws_undoes_and_leaves(hoa)
    assert sent_bytes(hoa) == blurred
    go(hoa, NEXT)
    expect(hoa.locator("h1")).to_contain_text("Liên hệ")
    [kept] = kept_pictures(web)
    assert edges(kept, MIDDLE) < before / 20 and not Image.open(BytesIO(kept)).getexif()


def she_blurs_the_plate_with_keys(page: Page) -> None:
    page.click(BLUR)
    stage = page.locator("#blur .stage")
    expect(stage).to_be_focused()  # it has opened
    assert violations(page) == []
    expect(stage).to_be_focused()
    for key in ("ArrowLeft", "ArrowRight", "+", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#blur [role=status]")).to_contain_text("Số chỗ đã làm mờ: 1")
    page.get_by_role("button", name="Dùng ảnh đã làm mờ").click()
    expect(page.locator("#chosen")).to_contain_text("đã làm mờ")


def she_draws_undoes_and_leaves(page: Page) -> None:
    """A finger draws a frame, too; what is taken back or left leaves the picture as it was."""
    page.click(BLUR)
    expect(page.locator("#blur .stage")).to_be_focused()
    box = page.locator("#blur canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60)
    page.mouse.up()
    expect(page.locator("#blur [role=status]")).to_contain_text("Khung: cách trái")
    page.get_by_role("button", name="Làm mờ chỗ này").click()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("#blur [role=status]")).to_contain_text("Số chỗ còn mờ: 0")
    page.get_by_role("button", name="Giữ nguyên").click()
    expect(page.locator("#blur")).to_be_hidden()


def test_what_is_sent_too_early_or_cannot_be_shrunk_is_not_lost(
    web: Web, hoa: Page, tmp_path: Path
) -> None:
    paper, broken = tmp_path / "Đơn.pdf", tmp_path / "dở dang.jpg"
    paper.write_bytes(corpus.pdf())
    broken.write_bytes(
        corpus.jpeg()[:300]
    )  # no browser draws it: it goes as it is, and the server says why
    photo = taken(tmp_path / "IMG_1.jpg")
    hoa.set_input_files("#files", [photo, paper])
    go(hoa, NEXT)  # while the picture is still being made small
    expect(hoa.locator("h1")).to_contain_text("Liên hệ")
    assert len(kept_pictures(web)) == 2
    go(hoa, ".dock button:not(.main)")
    hoa.set_input_files("#files", broken)
    expect(hoa.locator(READY)).to_contain_text("Đã sẵn sàng")
    go(hoa, NEXT)
    expect(hoa.locator("main")).to_contain_text("dở dang.jpg: tệp bị hỏng")
