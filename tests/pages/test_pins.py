"""A pin on the operator's map: exactly for the agency, about for everybody who may, nothing without a map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback.core import maps
from feedback.core.config import BadSettings
from feedback.core.db import db
from feedback.petitions import queries
from feedback.petitions.rules.pins import read_pin, write_pin
from tests.accounts.browser import TOKEN, Browser
from tests.files.map_corpus import write_map
from tests.pages.conftest import Story
from tests.pages.test_submission import GOOD
from tests.servers.databases import settings_for

SignIn = Callable[[str], Browser]
PIN, ABOUT = "11.30987,106.10021", "11.310,106.100"


@pytest.fixture
def mapped(story: Story, tmp_path: Path) -> Story:
    """A site whose operator supplies a map."""
    found = maps.read(write_map(tmp_path / "tinh.pmtiles"), "© OpenStreetMap")
    story.site.extensions["feedback.map"] = found
    return story


def where(browser: Browser, **fields: str) -> str:
    """The step that asks where it is."""
    answer = browser.send("/submit", page="/submit", **{**GOOD, "step": "what", **fields})
    assert answer.status_code == 200
    return answer.text


def sent(story: Story, **fields: str) -> str:
    """Hoa's petition; its public id."""
    item = {"item": str(story.item_id)}
    assert Browser(story.site).send("/submit", page="/submit", **{**GOOD, **item, **fields}).status_code == 303  # fmt: skip
    with story.site.app_context():
        petition = queries.by_submission_key(GOOD["key"])
        assert petition is not None
        found = petition.public_id
        db.session.remove()
    return found


def test_without_a_map_there_is_no_trace_of_one(story: Story) -> None:
    page = where(Browser(story.site))
    shown = TOKEN.sub("", page)  # random letters may spell anything
    assert "pin" not in shown and "map" not in shown
    assert Browser(story.site).get("/map/tiles.pmtiles").status_code == 404
    file = sent(story, pin=PIN)  # forged: nobody could set one
    with story.site.app_context():
        petition = queries.by_submission_key(GOOD["key"])
        assert petition and petition.public_id == file and petition.pin is None
        db.session.remove()


def test_the_map_is_asked_for_in_parts_and_kept(mapped: Story) -> None:
    browser = Browser(mapped.site)
    page = where(browser)
    assert 'data-bounds="106.0,11.2,106.2,11.4"' in page and "© OpenStreetMap" in page
    address = page.split('data-tiles="')[1].split('"')[0]
    part = browser.get(address, headers={"Range": "bytes=0-126"})
    assert part.status_code == 206 and part.data.startswith(b"PMTiles\x03")
    assert len(part.data) == 127 and "Set-Cookie" not in part.headers
    assert part.headers["Cache-Control"] == "public, max-age=2592000"
    asked = {"If-None-Match": part.headers["ETag"]}
    assert browser.get(address, headers=asked).status_code == 304
    answer = browser.send("/submit", page="/submit", **{**GOOD, "step": "what"})
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    assert "geolocation=()" in browser.get("/").headers["Permissions-Policy"]


def test_a_pin_outside_of_the_map_comes_back(mapped: Story) -> None:
    for wrong in ("21.03,105.85", "nowhere", "11.3", "nan,106.1", "11.3,106.1,5"):
        for step in ("where", "review"):
            answer = Browser(mapped.site).send("/submit", page="/submit", **{**GOOD, "step": step, "pin": wrong})  # fmt: skip
            assert answer.status_code == 422, (wrong, step)
            assert "Ghim nằm ngoài bản đồ" in answer.text and GOOD["text"] in answer.text
            assert f'value="{wrong}"' not in answer.text


def test_the_agency_sees_the_pin_and_everybody_about_where(
    mapped: Story, signed_in: SignIn
) -> None:
    hoa, thu, stranger = Browser(mapped.site), signed_in("thu"), Browser(mapped.site)
    read_over = hoa.send("/submit", page="/submit", **{**GOOD, "step": "contact", "pin": PIN})
    assert "đã đặt ghim trên bản đồ" in read_over.text and f'value="{PIN}"' in read_over.text
    file = sent(mapped, pin=PIN)
    desk = f"/officer/petitions/{file}"
    assert f"geo:{PIN}" in thu.get(desk).text
    address = f"{desk}/receipts/new"
    page = thu.get(address).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert "Cho mọi người xem vị trí ghim" in page
    assert thu.send(address, seen=seen, show="yes").status_code == 303
    assert "geo:" not in stranger.get(f"/petitions/{file}").text  # not ticked: not shown
    address = f"{desk}/pictures/new"
    seen = thu.get(address).text.split('name="seen" value="')[1].split('"')[0]
    assert thu.send(address, seen=seen, pin="y").status_code == 303
    shown = stranger.get(f"/petitions/{file}").text
    assert f"geo:{ABOUT}" in shown and PIN not in shown and PIN.replace(",", ", ") not in shown
    assert f"geo:{PIN}" in signed_in("giang").get(desk).text


def test_a_pin_is_read_as_it_is_written() -> None:
    assert read_pin(PIN) == (11.30987, 106.10021)
    assert write_pin((11.30987, 106.10021)) == PIN
    assert read_pin("-91,0") is read_pin("0,181") is read_pin("") is read_pin("inf,0") is None


def test_a_file_that_is_no_map_stops_the_start(tmp_path: Path) -> None:
    from dataclasses import replace

    from feedback.app import create_app

    wrong = tmp_path / "x.pmtiles"
    for content in (b"", b"PMTiles\x02" + b"\0" * 130, b"PMTiles\x03" + b"\0" * 130):
        wrong.write_bytes(content)
        settings = replace(settings_for(f"sqlite:///{tmp_path / 'x.db'}", tmp_path), map_file=wrong)
        with pytest.raises(BadSettings, match="FEEDBACK_MAP_FILE"):
            create_app(settings)
