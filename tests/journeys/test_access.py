"""Every page can be used by everybody: axe finds nothing, a screen reader hears what is there, and neither
a narrow window, large text, nor text set apart hides anything (``tests.journeys.looking``).

``make test`` looks at each page in one theme and width and with one person; ``make drill`` at every theme,
width and role. A page that nobody looks at fails here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from feedback.core import clock
from feedback.core.db import commit
from feedback.petitions.actions import ending, judging, waiting
from tests import make
from tests.architecture.test_permission_matrix import WHO
from tests.journeys.conftest import Gallery
from tests.journeys.looking import drilled, findings
from tests.journeys.pages import NOT_PAGES, ON_THE_WAY, PUBLIC, STAFF
from tests.journeys.stage import PASSWORD
from tests.people import person
from tests.servers.browser import OpenPage
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


def seen_by(who: str, endpoint: str) -> list[str]:
    """The roles that look at a page of the desk."""
    allowed = WHO[endpoint]
    return sorted({who, *allowed}) if drilled() and not isinstance(allowed, str) else [who]


def test_everybody_can_use_every_public_page(open_page: OpenPage, gallery: Gallery) -> None:
    page, found, number = open_page("desktop"), [], 0
    for endpoint, addresses in PUBLIC.items():
        for address in addresses:
            number += 1
            answer = page.goto(gallery.address(address))
            assert answer and answer.status == (404 if endpoint == "error" else 200), address
            found += findings(page, number)
    assert not found, "\n".join(found)


def test_everybody_can_use_every_page_of_the_desk(open_page: OpenPage, gallery: Gallery) -> None:
    plan: dict[str, list[str]] = {}
    for endpoint, (who, *addresses) in STAFF.items():
        for name in seen_by(who, endpoint):
            plan.setdefault(name, []).extend(addresses)
    found, number = [], 0
    for name, addresses in plan.items():
        page = gallery.visit(open_page, name)
        for address in addresses:
            number += 1
            answer = page.goto(gallery.address(address))
            assert answer
            if answer.status in (403, 404) and drilled():
                continue  # a right over other files; the permission matrix knows which
            assert answer.status == 200, (name, address)
            found += findings(page, number)
        if drilled():  # what everybody reads, with the person's own way out
            for addresses in PUBLIC.values():
                page.goto(gallery.address(addresses[0]))
                found += findings(page, number)
        page.context.close()
    assert not found, "\n".join(found)


def test_everybody_can_send_and_follow(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page("desktop", viewport={"width": 360, "height": 800})
    page.goto(gallery.address("/submit?item={item}"))
    found, number = [], 0

    def go_on() -> None:
        nonlocal number
        number += 1
        with page.expect_navigation():  # else a slow machine lets axe look at the page that goes
            page.click(NEXT)
        found.extend(findings(page, number))

    go_on()  # the same step, with its errors
    page.check("input[value=question]")
    page.fill("[name=title]", "Hỏi lịch tiếp dân")
    page.fill("main textarea[name=text]", "Xin cho biết lịch tiếp dân của xã trong tháng tới.")
    for _step in ("where", "files", "contact", "review", "receipt"):
        go_on()
    page.goto("/track/file")
    found += findings(page, number)
    assert not found, "\n".join(found)


def test_everybody_finds_the_way_in(open_page: OpenPage, gallery: Gallery) -> None:
    """Staff with a wrong and with the right password, residents by e-mail."""
    page, found = open_page("desktop"), []
    for number, password in enumerate(("sai rồi", PASSWORD)):
        page.goto("/sign-in")
        page.fill("[name=email]", "lan@demo.example")
        page.fill("[name=password]", password)
        with page.expect_navigation():
            page.click("main button.main")
        found += findings(page, number)
    page.goto("/track/email")
    page.fill("[name=email]", "hoa@example.vn")
    with page.expect_navigation():
        page.click("main button.main")
    found += findings(page, 2)
    assert not found, "\n".join(found)


def test_everybody_can_do_what_a_sender_does(open_page: OpenPage, gallery: Gallery) -> None:
    """Each page twice: while it is possible, and while it is not."""
    files = {"waits": "", "answered": "", "disputed": "", "declined": ""}
    with gallery.web.within():
        for name in files:
            files[name] = told(name, int(gallery.places["item"]))
        commit()
    number, found = 0, []
    for code in files.values():
        page = open_page("desktop")
        page.goto("/track")
        page.fill("[name=code]", code)
        with page.expect_navigation():
            page.click("main button.main")
        for noun in ("", "/supplies/new", "/withdrawals/new", "/disputes/new", "/data", *OWN):
            number += 1
            page.goto(f"/track/file{noun}")
            found += findings(page, number)
    assert not found, "\n".join(found)


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
