"""How somebody likes to read is chosen without JavaScript, and stays. (That nothing is cut off or hidden then
is looked at on every page: ``test_access``.)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Gallery
from tests.servers.browser import OpenPage, go, violations
from tests.servers.web import Web

STYLE = "/kieu-mau"


@pytest.fixture(scope="module")
def web(gallery: Gallery) -> Iterator[Web]:
    """All look at the same site."""
    yield gallery.web


def test_large_text_is_chosen_and_stays(open_page: OpenPage, web: Web) -> None:
    page = open_page("phone")
    page.goto("/guide")
    page.click("header .aa")
    sizes = page.get_by_role("navigation", name="Cỡ chữ")
    go(page, sizes.get_by_role("link", name="Rất lớn"))
    assert page.url == f"{web.url}/guide#reading"
    chosen = page.get_by_role("link", name="Rất lớn")
    expect(chosen).to_have_attribute("aria-current", "true")
    page.goto("/plans")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "23px"
    large = open_page("desktop", viewport={"width": 360, "height": 800})
    large.goto("/text-size/huge")
    for address in (STYLE, "/", "/submit"):
        large.goto(address)
        assert violations(large) == [], address


def test_nothing_moves_for_whoever_asked_for_that(open_page: OpenPage, web: Web) -> None:
    still = open_page("desktop", reduced_motion="reduce")
    still.goto(STYLE)
    moving = """() => [...document.querySelectorAll('*')].filter(one => {
      const style = getComputedStyle(one);
      return style.transitionDuration !== '0s' || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
    }).length + document.getAnimations().length"""
    assert still.evaluate(moving) == 0
    usual = open_page("desktop", reduced_motion="no-preference")
    usual.goto(STYLE)
    assert usual.evaluate(moving) > 0  # so the test can see what moves


def test_with_forced_colours_every_box_has_an_edge_and_the_step_of_now_stands_out(
    open_page: OpenPage, web: Web
) -> None:
    """High contrast takes every ground away: what was a ground needs a line, and a mask its colour."""
    page = open_page("desktop", forced_colors="active")
    page.goto(STYLE)
    without = """() => [...document.querySelectorAll(
      '.btn, .tag, .choice, .opt, .well, .note, .flash, .empty, .fold, .due, .alert, input, select, textarea')]
      .filter(one => { const style = getComputedStyle(one);
        return !parseFloat(style.borderTopWidth) && style.outlineStyle === 'none' && style.appearance !== 'auto' })
      .map(one => one.className || one.tagName)"""
    assert page.evaluate(without) == []
    joint = "one => getComputedStyle(one, '::before').backgroundColor"
    now, done, later = (
        page.locator(f".steps .{which}").first.evaluate(joint)
        for which in ("now", "done", "now + li")
    )
    assert len({now, done}) == 2 and now != later
    assert page.locator(".i").first.evaluate("one => getComputedStyle(one).backgroundColor") == done


def test_long_lists_are_folded_on_a_phone_and_whole_on_a_wide_window_and_on_paper(
    open_page: OpenPage, gallery: Gallery
) -> None:
    for address in (gallery.address("/plans/{plan}"), "/communes"):
        phone = open_page("phone")
        phone.goto(address)
        folded, last = phone.locator(".opens > summary").last, phone.locator(".opens a").last
        for shown in (False, True, False):  # no script: the browser's own
            expect(last).to_be_visible(visible=shown)
            folded.click()
        folded.click()
        expect(last).to_be_hidden()
        phone.emulate_media(media="print")
        expect(last).to_be_visible()
        wide = open_page("desktop")
        wide.goto(address)
        expect(wide.locator(".opens a").last).to_be_visible()
        expect(wide.locator(".opens > h2").last).to_be_visible()
        expect(wide.locator(".opens > summary").last).to_be_hidden()


def test_a_page_is_handed_on(open_page: OpenPage, gallery: Gallery) -> None:
    """By plain links, which ask nobody before they are followed, and by the clipboard."""
    for address in (gallery.address("/items/{item}"), gallery.address("/petitions/{answered}")):
        bare = open_page("phone")
        bare.goto(address)
        links = bare.locator(".share a")
        expect(links).to_have_count(2)
        for link in links.all():
            assert address.strip("/") in (link.get_attribute("href") or "")
        expect(bare.locator(".share button:visible")).to_have_count(0)
        phone = open_page("phone", java_script_enabled=True, permissions=["clipboard-read", "clipboard-write"])  # fmt: skip
        phone.goto(address)
        phone.get_by_role("button", name="Chép liên kết").click()
        expect(phone.get_by_role("button", name="Đã chép")).to_be_visible()
        assert phone.evaluate("navigator.clipboard.readText()").endswith(address)
