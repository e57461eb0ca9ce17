"""axe finds nothing, nothing is asked of another host, and a first visit stays within its budget.

``make test`` looks at each page once in one theme and width; ``make drill`` at every combination.
"""

from __future__ import annotations

import os
from datetime import timedelta
from itertools import product

import pytest
from playwright.sync_api import Page, Response

from feedback.accounts.actions.people import equip
from feedback.accounts.rules import hashing
from feedback.comments.actions import Sender, hide, let_appear, reply_for_agency, report
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit
from feedback.petitions.actions import ending, judging, waiting
from feedback.petitions.actions.parts import give_part
from tests import make
from tests.people import CAST, person
from tests.servers.browser import OpenPage, violations
from tests.servers.web import Web

PASSWORD = "mười hai con giáp"
LOOKS = list(product(("light", "dark"), (360, 1280)))
STYLE = "/kieu-mau"
PUBLIC = [
    "/",
    "/plans",
    "/plans/{plan}",
    "/items/{item}",
    "/items/{item}/comments/new",
    "/items/{item}/comments/thanks",
    "/comments/{said}",
    "/comments/{said}/replies/new",
    "/comments/{said}/reports/new",
    "/comments/{said}/marks/new",
    "/comments/{said}/withdrawals/new",
    "/submit?item={item}",
    "/track",
    "/guide",
]
PUBLIC += ["/guide/complaint", "/guide/denunciation", "/privacy", "/search?q=von", "/sign-in"]
PUBLIC += ["/communes", "/communes?q=chau+thanh", "/communes?q=zz", "/track/lost"]
PUBLIC += ["/communes/xa-tan-bien", "/communes/xa-tan-lap", "/submit?commune=xa-tan-lap"]
PUBLIC += ["/petitions/{answered}", "/transparency", "/track/email", "/offline", "/nowhere"]
PUBLIC += ["/offline/submit", "/offline/kept"]
STAFF = {
    "binh": ["/officer", "/officer/petitions/{in_progress}", "/officer/inbox"]
    + ["/officer/petitions/{in_progress}/answers/new"]
    + ["/officer/petitions/{in_progress}/questions/new"]
    + ["/officer/petitions/{in_progress}/extensions/new"]
    + ["/officer/petitions/{in_progress}/parts/new"],
    "cuc": [
        "/officer/comments/{said}/replies/new",
        "/officer/parts",
        "/officer/parts/{owed}",
        "/officer/parts/{given}",
    ],
    "thu": ["/officer/petitions/{submitted}/receipts/new"]
    + ["/officer/petitions/{submitted}/" + noun + "/new" for noun in ("refusals", "guidances")]
    + ["/officer/petitions/{submitted}/merges/new", "/officer/petitions/{waits}"],
    "giang": ["/officer/petitions/{awaiting_approval}/approvals/new", "/officer?tab=approval"]
    + ["/officer/petitions/{proposed}", "/officer/petitions/{proposed}/refusals/decision"]
    + ["/officer/petitions/{asked}", "/officer/petitions/{asked}/extensions/decision"]
    + ["/officer/petitions/{in_progress}/transfers/new", "/officer/parts/{given}/showings/new"],
    "yen": ["/officer/dispatch", "/officer/plans", "/officer/plans/new", "/officer/plans/{plan}"],
    "dung": ["/oversight"],
    "an": ["/admin"],
    "sau": ["/officer/entries", "/officer/entries/new", "/officer/entries/receipt"],
    "minh": ["/officer/comments", "/officer/comments/{comment}/decisions/new"]
    + ["/officer/comments?tab=decided", "/officer/comments/{comment}/erasures/new"],
}
BUDGET_BYTES, BUDGET_REQUESTS = 80 * 1024, 8


@pytest.fixture
def places(web: Web) -> dict[str, object]:
    """A site with a plan and a petition in each usual state; where to find them."""
    with web.within():
        make.reference_data()
        plan = make.plan()
        hashed = hashing.hash_password(PASSWORD)
        for name in CAST:
            equip(person(name), password_hash=hashed, seed=f"seed of {name}")
        item = make.item(plan, "III.2.2.c")
        found: dict[str, object] = {"plan": plan.id, "item": item.id}
        for state in ("submitted", "in_progress", "awaiting_approval", "answered"):
            found[state] = make.petition(state=state, item_id=item.id).public_id
        make.contact("xa-tan-bien")
        make.receipt()
        found |= pending(item.id)
        owed, given = make.part(str(found["in_progress"])), make.part(str(found["asked"]))
        give_part(given, text=make.PART, on=clock.today(), by=person("cuc"))
        found |= {"owed": owed.public_id, "given": given.public_id}
        found["comment"] = make.comment(item, "Gọi anh Ba 0912 345 678 để hỏi thêm.").public_id
        shown = make.comment(item, name="Cô Hoa")
        let_appear(shown, seen="pending", by=person("minh"))
        found["said"] = talk(shown)
        commit()
    return found


def talk(shown: Comment) -> str:
    """A thread with every sort of line in it, one of them reported."""
    minh, cuc = person("minh"), person("cuc")
    reply = make.comment(shown.item, "Xóm tôi cũng thấy vậy.", parent=shown)
    gone = make.comment(shown.item, "Mua hàng ở chỗ tôi.", parent=reply)
    for comment in (reply, gone):
        let_appear(comment, seen="pending", by=minh)
    hide(gone, reason="advertising", seen="visible", by=minh)
    agency = make.commune("so-y-te")
    reply_for_agency(parent=reply, text="Sở ghi nhận.", key="talk", agency=agency, by=cuc)
    report(reply, reason="off_topic", words="Lạc đề.", sender=Sender(visitor="Hoa"))
    return shown.public_id


def pending(item_id: int) -> dict[str, object]:
    """Files that wait for somebody's word: a refusal, more time, the resident's answer."""
    proposed = make.petition(state="received", item_id=item_id)
    asked = make.petition(state="in_progress", item_id=item_id)
    waits = make.petition(state="in_progress", item_id=item_id)
    ending.propose_decline(proposed, reason_code="insulting", words="Viết lại.", by=person("thu"))
    today, to_on, by = clock.today(), asked.due_on + timedelta(days=3), person("binh")
    waiting.ask_extension(asked, to_on=to_on, reason="Chờ kết quả đo.", on=today, by=by)
    waiting.ask_resident(waits, question="Cửa hàng ở chợ nào?", on=today, by=by)
    return {"proposed": proposed.public_id, "asked": asked.public_id, "waits": waits.public_id}


def looks(number: int) -> list[tuple[str, int]]:
    """All looks in the drill; else one, another one for each page in turn."""
    return LOOKS if os.environ.get("FEEDBACK_DRILL") else [LOOKS[number % len(LOOKS)]]


def look(page: Page, address: str, number: int) -> None:
    for scheme, width in looks(number):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        assert violations(page) == [], f"{address} {scheme} {width}"
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{address} is {overflow} px too wide at {width}"


def test_axe_finds_nothing_on_the_style_page_in_any_look(open_page: OpenPage, web: Web) -> None:
    """First of all: what is wrong with a component is wrong on every page that has it."""
    page = open_page("desktop")
    for number in range(len(LOOKS)):
        look(page, STYLE, number)


def test_axe_finds_nothing_on_public_pages(open_page: OpenPage, places: dict[str, object]) -> None:
    page = open_page("desktop")
    for number, address in enumerate(PUBLIC):
        look(page, address.format(**places), number)


def test_axe_finds_nothing_while_somebody_sends_and_follows(
    open_page: OpenPage, places: dict[str, object]
) -> None:
    page = open_page("desktop", viewport={"width": 360, "height": 800})
    page.goto(f"/submit?item={places['item']}")
    with page.expect_navigation():
        page.click(".dock button.main")
    assert violations(page) == [], "what, with its errors"
    page.check("input[value=question]")
    page.fill("[name=title]", "Hỏi lịch tiếp dân")
    page.fill("main textarea[name=text]", "Xin cho biết lịch tiếp dân của xã trong tháng tới.")
    for step in ("where", "files", "contact", "review", "receipt"):
        with page.expect_navigation():  # else a slow machine lets axe look at the page that goes
            page.click(".dock button.main")
        assert violations(page) == [], step
    page.goto("/track/file")
    page.click("summary >> nth=0")
    assert violations(page) == [], "follow, the calendar unfolded"


def test_axe_finds_nothing_on_what_a_sender_does(
    open_page: OpenPage, web: Web, places: dict[str, object]
) -> None:
    """Each page twice: while it is possible, and while it is not."""
    files = {"waits": "", "answered": "", "disputed": "", "declined": ""}
    with web.within():
        for name in files:
            files[name] = told(name, int(str(places["item"])))
        commit()
    number = 0
    for code in files.values():
        page = open_page("desktop")
        page.goto("/track")
        page.fill("[name=code]", code)
        page.click("main button.main")
        for noun in ("", "/supplies/new", "/withdrawals/new", "/disputes/new"):
            number += 1
            look(page, f"/track/file{noun}", number)
        page.goto("/track/file")
        for summary in page.query_selector_all("summary"):
            summary.click()
        assert violations(page) == [], "the file with everything unfolded"


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


def test_axe_finds_nothing_at_the_desk(open_page: OpenPage, places: dict[str, object]) -> None:
    number = 0
    for name, addresses in STAFF.items():
        page = open_page("desktop")
        page.goto("/sign-in")
        page.fill("[name=email]", f"{name}@demo.example")
        page.fill("[name=password]", PASSWORD)
        page.click("main button.main")
        page.fill("[name=code]", page.inner_text("#demo-code"))
        page.click("main button.main")
        for address in addresses:
            number += 1
            look(page, address.format(**places), number)


def test_a_first_visit_of_an_item_stays_within_its_budget(
    open_page: OpenPage, places: dict[str, object]
) -> None:
    page = open_page("phone")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"/items/{places['item']}", wait_until="networkidle")
    size = sum(
        sum(answer.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
        for answer in answers
    )
    print(f"\nfirst visit of an item: {size} bytes in {len(answers)} requests")
    assert size <= BUDGET_BYTES and len(answers) <= BUDGET_REQUESTS
