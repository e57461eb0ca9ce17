"""How somebody likes to read is chosen without JavaScript, and stays. (That nothing is cut off or hidden then
is looked at on every page: ``test_access``.)"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.stage import on_sqlite
from tests.servers.browser import OpenPage, violations
from tests.servers.web import Web

pytestmark = on_sqlite
STYLE = "/kieu-mau"


def test_large_text_is_chosen_and_stays(open_page: OpenPage, web: Web) -> None:
    page = open_page("phone")
    page.goto("/guide")
    page.click("header .aa")
    page.get_by_role("navigation", name="Cỡ chữ").get_by_role("link", name="Rất lớn").click()
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
