"""Chromium: an emulated phone without JavaScript and a desk with it, both Vietnamese."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.servers.patience import PATIENCE_S, STEP_MS
from tests.servers.web import Web

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SHAPES: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 360, "height": 800},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
        "java_script_enabled": False,
    },
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
OpenPage = Callable[..., Page]
expect.set_options(timeout=STEP_MS)  # of its own accord it gives a busy machine five seconds
# how every browser is started, one that is kept between two visits too
PROGRAM: dict[str, Any] = {
    "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    "timeout": PATIENCE_S * 1000,
}
# and how everybody's window is: a Vietnamese one in which nothing is on its way, no colour to another one
# and no map to another place. The tests of what moves say so
HABITS: dict[str, Any] = {
    "locale": "vi-VN",
    "timezone_id": "Asia/Ho_Chi_Minh",
    "reduced_motion": "reduce",
}


def program() -> str:
    """Where Chromium is. Raises FileNotFoundError when there is none."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise FileNotFoundError("Chromium is not installed: apt install chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a worker; every page gets a context, and so cookies, of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), **PROGRAM)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, web: Web) -> Iterator[OpenPage]:
    """``open_page("phone")``: somebody's own browser. At the end no page may have complained
    (an error of a script, something that the policy blocked) or asked another host."""
    complaints: list[str] = []
    contexts = []

    def opened(shape: str = "phone", **changes: Any) -> Page:
        context = chromium.new_context(base_url=web.url, **{**HABITS, **SHAPES[shape], **changes})
        context.set_default_timeout(STEP_MS)
        contexts.append(context)
        page = context.new_page()
        _listen(page, web.url, complaints)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, complaints


def _listen(page: Page, home: str, complaints: list[str]) -> None:
    def console(message: Any) -> None:
        # a page answered with 4xx is a story of its own, not a complaint
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{page.url}: {message.text}")

    def request(asked: Any) -> None:
        if not asked.url.startswith((home, "data:", "blob:", "about:")):
            complaints.append(f"{page.url} asked {asked.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", request)


def go(page: Page, place: str | Locator) -> None:
    """Press what leads to another page, and wait until that one stands with its scripts. A click alone comes
    back while they are still on their way, or while the page that goes is still there."""
    pressed = page.locator(place) if isinstance(place, str) else place
    with page.expect_navigation():
        pressed.click()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """360 × 800, twice as dense, touch, no JavaScript."""
    return open_page("phone")


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    """1280 × 800 with JavaScript."""
    return open_page("desktop")


def violations(page: Page) -> list[str]:
    """What axe finds on a page with JavaScript: rule and the places, too small targets (WCAG 2.2) among
    them. Nothing is loaded by address: the site's own policy would block it."""
    if page.evaluate("!window.axe"):  # once for a document, however often it is looked at
        page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(
        "scrollTo(0, document.documentElement.scrollHeight)"
    )  # where no bar lies over a button
    found = page.evaluate(
        "() => axe.run({resultTypes: ['violations'], preload: false, rules: {'target-size': {enabled: true}}})"
    )
    return [
        f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]
    ]
