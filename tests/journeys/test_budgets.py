"""What pages cost over the line, as Chromium's network log says: bytes with their headers, and requests.

A first visit is one by a browser that has never been here; a later page is opened from another page of
the site; a second visit is the same page once more. The table stands in docs/budgets.md.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from feedback.core.config import ROOT
from feedback.core.db import commit
from tests import make
from tests.servers.browser import OpenPage, go
from tests.servers.databases import on_sqlite
from tests.servers.patience import PATIENCE_S
from tests.servers.web import Web, no_worker

pytestmark = [on_sqlite, no_worker]
KB = 1024
LETTERS = "document.body.offsetHeight, document.fonts.status"
FIRST_BYTES, FIRST_REQUESTS, LATER_BYTES = 80 * KB, 8, 20 * KB
PLACES = {
    "home": "/",
    "item": "/items/{item}",
    "submit": "/submit?item={item}",
    "follow": "/track",
    "transparency": "/transparency",
}


@dataclass
class Cost:
    """What has come over the line since it was last asked."""

    size: int = 0
    requests: int = 0
    under_way: set[str] = field(default_factory=set)

    def take(self) -> tuple[int, int]:
        found = self.size, self.requests
        self.size = self.requests = 0
        return found


def watched(page: Page) -> Cost:
    """Counts what is really transferred; what the browser still has costs nothing."""
    cost, kept = Cost(), set()
    log = page.context.new_cdp_session(page)
    log.send("Network.enable")
    log.on("Network.requestServedFromCache", lambda said: kept.add(said["requestId"]))

    def ended(said: dict[str, Any]) -> None:
        cost.under_way.discard(said["requestId"])

    def finished(said: dict[str, Any]) -> None:
        if said["requestId"] not in kept and said["encodedDataLength"]:
            cost.size += int(said["encodedDataLength"])
            cost.requests += 1

    log.on("Network.loadingFinished", finished)
    log.on("Network.requestWillBeSent", lambda said: cost.under_way.add(said["requestId"]))
    for end in ("Finished", "Failed"):
        log.on(f"Network.loading{end}", ended)
    return cost


def visit(page: Page, cost: Cost, address: str) -> tuple[int, int]:
    page.goto(address, wait_until="networkidle")
    return whole(page, cost)


def whole(page: Page, cost: Cost) -> tuple[int, int]:
    """What a page cost, once all of it is there: a slow machine lays it out, and so asks for its letters, when
    the line has long been quiet; that would be counted for the next page."""
    patient = time.monotonic() + PATIENCE_S
    while page.evaluate(LETTERS) != "loaded" or cost.under_way:
        assert time.monotonic() < patient, cost.under_way
        page.wait_for_timeout(20)
    return cost.take()


@pytest.fixture
def written(web: Web) -> Iterator[tuple[int, str]]:
    """A plan with some files on one item; the item's number and a tracking code."""
    with web.within():
        make.reference_data()
        item = make.item(make.plan(), "III.2.2.c")
        for state in ("submitted", "in_progress", "answered"):
            make.petition(state=state, item_id=item.id, key=f"key of {state}")
        commit()
        found = item.id, make.code_of("key of answered")
    yield found


def measured(open_page: OpenPage, item: int) -> list[tuple[str, tuple[int, int], ...]]:
    rows: list[Any] = []
    for name, place in PLACES.items():
        address = place.format(item=item)
        fresh, warm = open_page("phone", java_script_enabled=True), None
        cost = watched(fresh)
        first = visit(fresh, cost, address)
        second = visit(fresh, cost, address)
        warm = open_page("phone", java_script_enabled=True)
        cost = watched(warm)
        visit(warm, cost, "/" if name != "home" else "/guide")
        rows.append((name, first, visit(warm, cost, address), second))
    return rows


def test_every_page_stays_within_its_budget(open_page: OpenPage, written: tuple[int, str]) -> None:
    rows = measured(open_page, written[0])
    print("\npage          first visit      later page       second visit   (bytes, requests)")
    for name, *costs in rows:
        print(f"{name:13}", *(f"{size:7,} in {number:2}   " for size, number in costs))
    for name, first, later, second in rows:
        assert first[0] <= FIRST_BYTES and first[1] <= FIRST_REQUESTS, name
        assert later[0] <= LATER_BYTES, name
        assert second[0] <= later[0], name
    told = (ROOT / "docs" / "budgets.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in told for name in PLACES)


def test_following_a_file_stays_within_the_budget_of_a_later_page(
    open_page: OpenPage, written: tuple[int, str]
) -> None:
    page = open_page("phone")
    cost = watched(page)
    visit(page, cost, "/track")
    page.fill("[name=code]", written[1])
    go(page, "main button.main")
    expect(page).to_have_url(re.compile("/track/file$"))
    whole(page, cost)
    size, number = visit(page, cost, "/track/file")
    print(f"\nfollowed file {size:7,} in {number:2}")
    assert size <= LATER_BYTES


def test_built_files_have_far_future_names_and_come_packed(web: Web, open_page: OpenPage) -> None:
    page = open_page("desktop")
    answers = {}
    page.on("response", lambda one: answers.update({one.url.removeprefix(web.url): one}))
    page.goto("/", wait_until="networkidle")
    built = {path: one for path, one in answers.items() if path.startswith("/static/")}
    assert len(built) >= 3
    for path, one in built.items():
        name = path.rsplit("/", 1)[1].split(".")
        assert len(name[-2]) == 8, path  # its content's hash
        assert "immutable" in one.headers["cache-control"], path
        if name[-1] in {"css", "js"}:
            assert one.headers["content-encoding"] in {"br", "gzip"}, path
