"""Hoa sets a pin on the operator's map: by touch, with keys, where her telephone is; and takes it away."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect

from feedback.core.db import db
from feedback.petitions.models import Petition
from tests import make
from tests.files.map_corpus import MIDDLE, write_map, write_vector_map
from tests.journeys.test_pictures import NEXT
from tests.servers.browser import OpenPage, go, violations
from tests.servers.databases import on_sqlite
from tests.servers.mail import Mailbox
from tests.servers.web import Web, running

pytestmark = on_sqlite
PIN, SAID = "#pin-field [name=pin]", "#pin-field [role=status]"
WATER, LAND = [128, 222, 234], [226, 223, 218]  # of Protomaps' light flavour
DRAWN = """(colours) => colours.every(colour => [...document.querySelectorAll("[data-map] canvas")].some(
  tile => { const all = tile.getContext("2d").getImageData(0, 0, tile.width, tile.height).data;
    for (let at = 0; at < all.length; at += 4) if (colour.every((part, n) => all[at + n] === part)) return true;
    return false }))"""


@pytest.fixture
def web(
    request: pytest.FixtureRequest, engine_url: str, mailbox: Mailbox, tmp_path: Path
) -> Iterator[Web]:
    """A site whose operator named a map; the story says which (``drawn``, ``vectors``)."""
    path = request.param(tmp_path / "tinh.pmtiles")
    with running(engine_url, mailbox, tmp_path, worker=False, FEEDBACK_MAP_FILE=str(path)) as site:
        with site.within():
            make.reference_data()
            db.session.commit()
        yield site


drawn = pytest.mark.parametrize("web", [write_map], indirect=True)
vectors = pytest.mark.parametrize("web", [write_vector_map], indirect=True)


@drawn
def test_a_pin_is_set_and_sent(web: Web, open_page: OpenPage) -> None:
    here = {"latitude": MIDDLE[0], "longitude": MIDDLE[1]}
    phone = open_page("phone", java_script_enabled=True, geolocation=here, permissions=["geolocation"])  # fmt: skip
    asked: list[str] = []
    phone.on("request", lambda one: asked.append(one.url))
    hoa_comes_to_the_place(phone)
    assert not any("map" in one for one in asked)  # nothing before she asks for it
    she_sets_a_pin(phone)
    assert sum("tiles.pmtiles" in one for one in asked) > 2
    kept = phone.input_value(PIN)
    for _step in ("files", "contact", "review"):
        go(phone, NEXT)
    expect(phone.locator("main")).to_contain_text("đã đặt ghim trên bản đồ")
    go(phone, NEXT)
    expect(phone).to_have_url(re.compile("/receipt$"))
    with web.within():
        petition = db.session.scalars(sa.select(Petition)).one()
        assert petition.pin_exactly == kept and not petition.pin_public


@vectors
def test_a_map_of_vector_tiles_is_drawn_and_takes_a_pin(web: Web, open_page: OpenPage) -> None:
    phone = open_page("phone", java_script_enabled=True)
    asked: list[str] = []
    phone.on("request", lambda one: asked.append(one.url))
    hoa_comes_to_the_place(phone)
    phone.click("#pin")
    phone.wait_for_function(DRAWN, arg=[WATER, LAND])  # what the file's tiles hold, in both colours
    assert violations(phone) == []
    phone.locator("[data-map]").click()
    expect(phone.locator(SAID)).to_contain_text("Đã đặt ghim: 11,")
    assert phone.input_value(PIN).startswith("11.")
    assert {urlsplit(one).netloc for one in asked} == {urlsplit(phone.url).netloc}


def hoa_comes_to_the_place(page: Page) -> None:
    page.goto("/submit")
    page.check("input[value=concern]")
    page.fill("[name=title]", "Đèn đường trước chợ hỏng")
    page.fill(
        "main textarea[name=text]", "Đèn đường trước chợ hỏng một tuần nay, tối rất nguy hiểm."
    )
    go(page, NEXT)


def later(one: Route) -> None:
    """The slow one of two. (Where a script did not wait for it, that would show; where it does, no time matters.)"""
    time.sleep(0.3)
    one.continue_()


def she_sets_a_pin(page: Page) -> None:
    page.route(
        "**/map*.css", later
    )  # a map measures its box when it is made: the stylesheet must be there
    page.click("#pin")
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator("[data-map]")).to_contain_text("© OpenStreetMap")
    assert violations(page) == []
    page.locator("[data-map]").click()
    expect(page.locator(SAID)).to_contain_text("Đã đặt ghim: 11,")
    touched = page.input_value(PIN)
    page.click("[data-here]")
    expect(page.locator(PIN)).to_have_value(f"{MIDDLE[0]:.5f},{MIDDLE[1]:.5f}")
    page.click("[data-unpin]")
    expect(page.locator(PIN)).to_have_value("")
    page.focus("[data-map]")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".leaflet-pan-anim")).to_have_count(0)  # the map has glided there
    page.focus("[data-middle]")
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_contain_text("Đã đặt ghim")
    assert page.input_value(PIN) not in {"", touched, f"{MIDDLE[0]:.5f},{MIDDLE[1]:.5f}"}
