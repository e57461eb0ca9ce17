"""Pictures by phone without JavaScript, screened at the desk, seen by everybody within the budget."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, Response, expect

from feedback.accounts.actions.people import equip
from feedback.accounts.rules import hashing
from feedback.core.db import commit
from tests import make
from tests.files import corpus
from tests.journeys.stage import PASSWORD, sign_in
from tests.journeys.test_budgets import FIRST_BYTES as BUDGET_BYTES
from tests.journeys.test_budgets import FIRST_REQUESTS as BUDGET_REQUESTS
from tests.people import CAST, person
from tests.servers.browser import OpenPage, go, violations
from tests.servers.databases import on_sqlite
from tests.servers.web import Web, no_worker

pytestmark = [on_sqlite, no_worker]
NEXT = ".dock button.main"
WORDS = "Đèn đường trước chợ Long Hoa hỏng một tuần nay, tối đi lại nguy hiểm."


def test_five_pictures_by_phone(web: Web, open_page: OpenPage, tmp_path: Path) -> None:
    item = set_the_stage(web)
    photos = [tmp_path / f"IMG_{n}.jpg" for n in range(1, 6)]
    for number, path in enumerate(photos):
        path.write_bytes(corpus.with_gps() if number == 0 else corpus.jpeg(number))
    hoa = open_page("phone")
    hoa_comes_to_the_pictures(hoa, item)
    she_sends_far_too_much_and_goes_back(hoa, tmp_path / "to.jpg")
    hoa.set_input_files("#files", photos[:2])
    go(hoa, "button[value=add]")
    expect(hoa.locator(".files li")).to_have_count(2)
    hoa.wait_for_function("[...document.images].every(one => one.naturalWidth)")
    hoa.set_input_files("#files", photos[2:])
    go(hoa, NEXT)
    go(hoa, NEXT)
    expect(hoa.locator(".files li")).to_have_count(5)
    go(hoa, NEXT)
    hoa.goto("/track/file")
    expect(hoa.locator(".pics li")).to_have_count(5)
    file = thu_screens_them(open_page("desktop"), web)
    everybody_sees_them_within_the_budget(open_page, f"/petitions/{file}")
    one = open_page("desktop", viewport={"width": 360, "height": 800})
    one.goto(f"/petitions/{file}")
    assert violations(one) == []


def set_the_stage(web: Web) -> int:
    with web.within():
        make.reference_data()
        plan = make.plan()
        hashed = hashing.hash_password(PASSWORD)
        for name in CAST:
            equip(person(name), password_hash=hashed, seed=f"seed of {name}")
        commit()
        return int(make.item(plan, "III.2.2.c").id)


def hoa_comes_to_the_pictures(page: Page, item: int) -> None:
    page.goto(f"/submit?item={item}")
    page.check("input[value=concern]")
    page.fill("[name=title]", "Đèn đường trước chợ hỏng")
    page.fill("main textarea[name=text]", WORDS)
    go(page, NEXT)
    go(page, NEXT)


def she_sends_far_too_much_and_goes_back(page: Page, path: Path) -> None:
    """What the page promises is true: the browser's back button shows the step with her words."""
    path.write_bytes(b"\xff\xd8\xff" + b"0" * 50 * 1024 * 1024)
    page.set_input_files("#files", path)
    go(page, "button[value=add]")
    expect(page.locator("main")).to_contain_text("nhiều nhất 25 MB")
    page.go_back()
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile(rf"^\s*{WORDS}\s*$"))


def thu_screens_them(page: Page, web: Web) -> str:
    sign_in(page, "thu")
    go(page, "[data-rows] .ttl >> nth=0")
    file = page.url.rsplit("/", 1)[1]
    page.goto(f"/officer/petitions/{file}/receipts/new")
    assert violations(page) == []
    boxes = page.locator("[name=pictures]")
    expect(boxes).to_have_count(5)
    for number in range(5):
        expect(boxes.nth(number)).not_to_be_checked()
        boxes.nth(number).check()
    page.check("[name=show][value=yes]")
    go(page, "main button.main")
    expect(page.locator("main")).to_contain_text("Mọi người xem được")
    return file


def everybody_sees_them_within_the_budget(open_page: OpenPage, address: str) -> None:
    """Three stand there; two more come when somebody unfolds them, or are links where no script runs."""
    phone = open_page("phone")
    size, number = first_visit(phone, address)
    assert size <= BUDGET_BYTES and number <= BUDGET_REQUESTS
    phone.click(".pics ~ details summary")
    expect(phone.get_by_role("link", name="Ảnh 5")).to_be_visible()
    scripted = open_page("phone", java_script_enabled=True)
    size, number = first_visit(scripted, address)
    assert size <= BUDGET_BYTES and number <= BUDGET_REQUESTS
    scripted.click(".pics ~ details summary")
    expect(scripted.locator("img[alt='Ảnh 5 của người gửi']")).to_be_visible()


def first_visit(page: Page, address: str) -> tuple[int, int]:
    """Bytes and requests."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    expect(page.locator(".pics img").first).to_be_visible()
    size = sum(
        sum(answer.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
        for answer in answers
    )
    print(f"\nfirst visit of a petition with five pictures: {size} bytes, {len(answers)} requests")
    return size, len(answers)
