"""Hoa sets a pin on the operator's map: by touch, with keys, where her telephone is; and takes it away."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from feedback.core.db import db
from feedback.petitions.models import Petition
from tests import make
from tests.files.map_corpus import MIDDLE, write_map
from tests.journeys.stage import on_sqlite
from tests.journeys.test_pictures import NEXT
from tests.servers.browser import OpenPage, violations
from tests.servers.web import Web

pytestmark = on_sqlite
PIN, SAID = "#pin-field [name=pin]", "#pin-field [role=status]"


def test_a_pin_is_set_and_sent(web: Web, open_page: OpenPage, tmp_path: Path) -> None:
    web.stop("web")
    web.environ["FEEDBACK_MAP_FILE"] = str(write_map(tmp_path / "tinh.pmtiles"))
    web.start("web")
    with web.within():
        make.reference_data()
        db.session.commit()
    web.wait()
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
        phone.click(NEXT)
    expect(phone.locator("main")).to_contain_text("đã đặt ghim trên bản đồ")
    phone.click(NEXT)
    phone.wait_for_url("**/receipt")
    with web.within():
        petition = db.session.scalars(sa.select(Petition)).one()
        assert petition.pin_exactly == kept and not petition.pin_public


def hoa_comes_to_the_place(page: Page) -> None:
    page.goto("/submit")
    page.check("input[value=concern]")
    page.fill("[name=title]", "Đèn đường trước chợ hỏng")
    page.fill(
        "main textarea[name=text]", "Đèn đường trước chợ hỏng một tuần nay, tối rất nguy hiểm."
    )
    page.click(NEXT)


def she_sets_a_pin(page: Page) -> None:
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
    page.wait_for_timeout(500)  # the map glides there
    page.focus("[data-middle]")
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_contain_text("Đã đặt ghim")
    assert page.input_value(PIN) not in {"", touched, f"{MIDDLE[0]:.5f},{MIDDLE[1]:.5f}"}
