"""Every page can be used by everybody: axe finds nothing, a screen reader hears what is there, and neither
a narrow window, large text, nor text set apart hides anything (``tests.journeys.looking``).

``make test`` looks at each page in one theme and width and with one person; ``make drill`` loads each page
once for each person and looks at it in every theme and width. A page that nobody looks at fails here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from feedback.core import clock
from feedback.core.db import commit
from feedback.petitions.actions import ending, judging, waiting
from tests import make
from tests.architecture.test_permission_matrix import NOT_THERE, WHO
from tests.journeys.conftest import Gallery
from tests.journeys.looking import Walk, drilled
from tests.journeys.pages import NOT_PAGES, ON_THE_WAY, PUBLIC, STAFF
from tests.journeys.stage import PASSWORD
from tests.journeys.tally import WALKED
from tests.people import CAST, person
from tests.servers.browser import OpenPage, go
from tests.servers.web import Web

NEXT = ".dock button.main"
OWN = ("/corrections/new", "/deletions/new")


@pytest.fixture(scope="module")
def web(gallery: Gallery) -> Iterator[Web]:
    """All look at the same site."""
    yield gallery.web


def test_no_page_is_forgotten(app: Flask) -> None:
    """A new address gets a row in ``tests.journeys.pages``."""
    known = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert known == (set(PUBLIC) - {"error"}) | set(STAFF) | ON_THE_WAY | NOT_PAGES


DESK = [(endpoint, who, one) for endpoint, (who, *all_of) in STAFF.items() for one in all_of]
SOMEBODY = sorted(CAST if drilled() else {who for _endpoint, who, _one in DESK})
Looking = Callable[[str], Walk]


@pytest.fixture
def looking(record_property: Callable[[str, object], None]) -> Iterator[Looking]:
    """``looking("binh")``: at the end nothing may have been found, and the table gets its line."""
    walks: list[Walk] = []

    def walk(who: str) -> Walk:
        walks.append(Walk(who))
        return walks[-1]

    yield walk
    for one in walks:
        record_property(WALKED, one.told())
    found = [line for one in walks for line in one.found]
    assert not found, "\n".join(found)


def test_everybody_can_use_every_public_page(
    open_page: OpenPage, gallery: Gallery, looking: Looking
) -> None:
    look_at_public_pages(open_page("desktop"), gallery, looking("signed out"))


def look_at_public_pages(page: Page, gallery: Gallery, walk: Walk) -> None:
    addresses = [(endpoint, one) for endpoint, all_of in PUBLIC.items() for one in all_of]
    for number, (endpoint, address) in enumerate(addresses, 1):
        walk.open(page, gallery.address(address), 404 if endpoint == "error" else 200)
        walk.look(page, number)


@pytest.mark.parametrize("name", SOMEBODY)
def test_everybody_can_use_every_page_of_the_desk(
    open_page: OpenPage, gallery: Gallery, looking: Looking, name: str
) -> None:
    """In the drill each person tries every page, and reads what everybody reads with a way out of her own."""
    page, walk = gallery.visit(open_page, name), looking(name)
    for number, (endpoint, who, address) in enumerate(DESK, 1):
        place = gallery.address(address)
        right = name in WHO[endpoint] or (name, endpoint) in NOT_THERE
        if name == who or (drilled() and walk.may_open(page, place, right)):
            walk.open(page, place)
            walk.look(page, number)
    if drilled():
        look_at_public_pages(page, gallery, walk)


def test_everybody_can_send_and_follow(
    open_page: OpenPage, gallery: Gallery, looking: Looking
) -> None:
    page = open_page("desktop", viewport={"width": 360, "height": 800})
    page.goto(gallery.address("/submit?item={item}"))
    walk, number = looking("who sends"), 0

    def go_on() -> None:
        nonlocal number
        number += 1
        go(page, NEXT)
        walk.look(page, number)

    go_on()  # the same step, with its errors
    page.check("input[value=question]")
    page.fill("[name=title]", "Hỏi lịch tiếp dân")
    page.fill("main textarea[name=text]", "Xin cho biết lịch tiếp dân của xã trong tháng tới.")
    for _step in ("where", "files", "contact", "review", "receipt"):
        go_on()
    page.goto("/track/file")
    walk.look(page, number)


def test_everybody_finds_the_way_in(
    open_page: OpenPage, gallery: Gallery, looking: Looking
) -> None:
    """Staff with a wrong and with the right password, residents by e-mail."""
    page, walk = open_page("desktop"), looking("on the way in")
    for number, password in enumerate(("sai rồi", PASSWORD)):
        page.goto("/sign-in")
        page.fill("[name=email]", "lan@demo.example")
        page.fill("[name=password]", password)
        go(page, "main button.main")
        walk.look(page, number)
    page.goto("/track/email")
    page.fill("[name=email]", "hoa@example.vn")
    go(page, "main button.main")
    walk.look(page, 2)


def test_everybody_can_do_what_a_sender_does(
    open_page: OpenPage, gallery: Gallery, looking: Looking
) -> None:
    """Each page twice: while it is possible, and while it is not."""
    files = {"waits": "", "answered": "", "disputed": "", "declined": ""}
    with gallery.web.within():
        for name in files:
            files[name] = told(name, int(gallery.places["item"]))
        commit()
    number, walk = 0, looking("who sent")
    for code in files.values():
        page = open_page("desktop")
        page.goto("/track")
        page.fill("[name=code]", code)
        go(page, "main button.main")
        for noun in ("", "/supplies/new", "/withdrawals/new", "/disputes/new", "/data", *OWN):
            number += 1
            page.goto(f"/track/file{noun}")
            walk.look(page, number)


def told(name: str, item_id: int) -> str:
    """A file of the sender's that waits for her, was answered, disputed or declined; its code."""
    today, state = clock.today(), {"waits": "in_progress", "declined": "received"}
    petition = make.petition(state=state.get(name, "answered"), item_id=item_id, key=name)
    if name == "waits":
        waiting.ask_resident(petition, question="Ở chợ nào?", on=today, by=person("binh"))
    elif name == "disputed":
        judging.dispute(petition, reason="Chưa nói bao giờ làm.", on=today)
    elif name == "declined":
        code = "outside_province"
        outcome = ending.propose_decline(
            petition, reason_code=code, words="Gửi tỉnh bạn.", by=person("thu")
        )
        ending.confirm_decline(petition, outcome, on=today, by=person("giang"))
    return make.code_of(name)
