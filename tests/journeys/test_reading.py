"""Large text, a narrow screen, a window zoomed to 400 %: nothing is cut off and nothing scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_access import PUBLIC, STYLE, places  # noqa: F401 - a fixture
from tests.servers.browser import OpenPage, violations
from tests.servers.web import Web

# 1280 CSS pixels at 400 % are 320 of them, and the height shrinks alike
ZOOMED = {"width": 320, "height": 256}


def too_wide(page: Page) -> list[str]:
    """Which pages scroll sideways; a wide table may, within its own frame."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('body *')]
            .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
            .map(one => `${location.pathname} ${one.tagName}.${one.className}`).slice(0, 5)"""
    )


@pytest.mark.parametrize("size", ["normal", "huge"])
def test_no_public_page_scrolls_sideways_at_400_percent(
    open_page: OpenPage,
    places: dict[str, object],  # noqa: F811
    size: str,
) -> None:
    page = open_page("desktop", viewport=ZOOMED)
    page.goto(f"/text-size/{size}")
    found = []
    for address in [STYLE, *PUBLIC]:
        page.goto(address.format(**places))
        for summary in page.query_selector_all("summary"):
            summary.evaluate("one => one.parentElement.open = true")
        found += too_wide(page)
    assert found == []


def test_large_text_is_chosen_without_javascript_and_stays(open_page: OpenPage, web: Web) -> None:
    page = open_page("phone")
    page.goto("/guide")
    page.click("header .aa")
    page.get_by_role("navigation", name="Cỡ chữ").get_by_role("link", name="Rất lớn").click()
    assert page.url == f"{web.url}/guide#reading"
    chosen = page.get_by_role("link", name="Rất lớn")
    expect(chosen).to_have_attribute("aria-current", "true")
    page.goto("/plans")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "23px"


def test_axe_finds_nothing_with_the_largest_text(open_page: OpenPage, web: Web) -> None:
    page = open_page("desktop", viewport={"width": 360, "height": 800})
    page.goto("/text-size/huge")
    for address in (STYLE, "/", "/submit"):
        page.goto(address)
        assert violations(page) == [], address
