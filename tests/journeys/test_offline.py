"""What a phone keeps: drafts that outlive the browser, pages that were read, and what waits for a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.core.db import commit, db
from feedback.files.models import StoredFile
from feedback.petitions.models import Attachment, Petition
from tests import make
from tests.files import corpus
from tests.journeys.test_shrinking import taken
from tests.servers.browser import HABITS, PROGRAM, go, program, violations
from tests.servers.databases import on_sqlite
from tests.servers.line import NO_ANSWER, THROUGH, Line, cut, whole
from tests.servers.patience import STEP_MS
from tests.servers.web import Web, no_worker

pytestmark = no_worker
NEXT = ".dock button.main"
TITLE = "Đèn đường trước chợ hỏng"
OTHER = "Cầu qua kênh bị sụt"
WORDS = "Đèn đường trước chợ Long Hoa hỏng một tuần nay, tối đi lại nguy hiểm."
PICTURES = "(await (await fetch('/sw.js')).text()).match(/static\\/pictures[^\"]+/)[0]"
KEPT = """async () => {
    const found = {};
    for (const name of ["read", "shells"]) {
        const cache = await caches.open(name);
        for (const one of await cache.keys())
            found[new URL(one.url).pathname] = await (await cache.match(one)).text();
    }
    return found;
}"""
DRAFTED = """words => new Promise((done, fail) => {
    const asked = indexedDB.open("forms");
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => {
        const drafts = asked.result.transaction("drafts").objectStore("drafts").getAll();
        drafts.onsuccess = () => {
            asked.result.close();
            done(drafts.result.some(one =>
                JSON.stringify([one.fields, one.files?.map(file => file.name)]).includes(words)));
        };
    };
})"""
# the receipt has told the phone that nothing of these words waits any more
DONE = f"""async words => !await ({DRAFTED})(words)"""
# both taps in one moment, which no slow machine draws apart; what the button says in between
TWO_TAPS = (
    """button => { button.click(); const said = button.textContent; button.click(); return said }"""
)
KEPT_ALL = """async paths => {
    const kept = await Promise.all(paths.map(path => caches.match(path)));
    return kept.every(Boolean);
}"""
# a cheap phone, whose own store opens only when somebody has long begun to write
SLOW_STORE = """{
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...named) {
        let real;
        const asked = { get result() { return real.result }, get error() { return real.error } };
        setTimeout(() => {
            real = open.apply(this, named);
            for (const said of ["onupgradeneeded", "onsuccess", "onerror"])
                real[said] = event => asked[said]?.(event);
        }, 1500);
        return asked;
    };
}"""
OFFER = "[data-draft-offer]:visible"
Phone = Callable[[], BrowserContext]


@pytest.fixture
def phone_kept(chromium: Browser, line: Line, tmp_path: Path) -> Iterator[Phone]:
    """Hoa's own phone: what it keeps is still there when it is switched on again."""
    opened: list[BrowserContext] = []

    def switch_on() -> BrowserContext:
        for earlier in opened:
            earlier.close()
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=program(),
            base_url=line.url,
            viewport={"width": 360, "height": 800},
            has_touch=True,
            is_mobile=True,
            **{**PROGRAM, **HABITS},
        )
        context.set_default_timeout(STEP_MS)
        opened[:] = [context]
        return context

    yield switch_on
    for last in opened:
        last.close()


def write(page: Page, title: str = TITLE) -> None:
    page.check("input[value=concern]")
    page.fill("[name=title]", title)
    page.fill("main textarea[name=text]", WORDS)
    expect(page.locator("[data-draft-state]")).to_be_visible()


def published(web: Web) -> None:
    """A site with a plan that can be read."""
    with web.within():
        make.reference_data()
        make.plan()
        commit()


@on_sqlite
def test_a_draft_outlives_the_browser_with_its_files(
    web: Web, phone_kept: Phone, tmp_path: Path
) -> None:
    with web.within():
        make.reference_data()
        commit()
    photo = tmp_path / "den.jpg"
    photo.write_bytes(corpus.jpeg(3))
    page = phone_kept().new_page()
    page.goto("/submit")
    write(page)
    go(page, NEXT)
    page.fill("[name=place]", "Trước cổng chợ")
    go(page, NEXT)
    page.set_input_files("#files", photo)
    page.wait_for_function(DRAFTED, arg="den.jpg")
    page = phone_kept().new_page()
    page.goto("/submit")
    offered = page.locator(OFFER)
    expect(offered).to_contain_text(TITLE)
    go(page, offered.get_by_role("button", name="Viết tiếp"))
    page.wait_for_function("() => document.querySelector('#files').files[0]?.name === 'den.jpg'")
    go(page, NEXT)
    go(page, NEXT)
    expect(page.locator("main")).to_contain_text("Trước cổng chợ")
    expect(page.locator(".files li")).to_have_count(1)
    go(page, NEXT)
    expect(page.locator(".ticket .code")).to_be_visible()
    page.wait_for_function(DONE, arg=TITLE)
    only_what_is_written_next_is_offered(page)


@on_sqlite
def test_a_draft_is_thrown_away_by_two_taps(web: Web, phone_kept: Phone) -> None:
    with web.within():
        make.reference_data()
        commit()
    page = phone_kept().new_page()
    page.goto("/submit")
    write(page)
    with page.expect_navigation():
        said = page.locator("[data-erase]").evaluate(TWO_TAPS)
    assert said == "Bấm lần nữa là xóa hẳn"
    expect(page.locator("[name=title]")).to_have_value("")
    only_what_is_written_next_is_offered(page)


def only_what_is_written_next_is_offered(page: Page) -> None:
    """Offers come all at once: where this one stands, an earlier one would stand too."""
    page.goto("/submit")
    write(page, OTHER)
    page.wait_for_function(DRAFTED, arg=OTHER)
    page.goto("/submit")
    expect(page.locator(OFFER)).to_have_count(1)
    expect(page.locator(OFFER)).to_contain_text(OTHER)


def petitions(web: Web) -> list[str]:
    """Titles, as the site has them."""
    with web.within():
        return list(db.session.scalars(sa.select(Petition.title).order_by(Petition.id)))


def reads_two_pages(page: Page) -> None:
    """From the second page on the phone keeps what it reads, and with it the form."""
    page.goto("/")
    page.goto("/plans")
    page.wait_for_function("async () => Boolean((await navigator.serviceWorker.ready).active)")
    page.wait_for_function(KEPT_ALL, arg=["/", "/plans", "/offline/submit"])


def test_what_is_sent_without_a_line_arrives_once(
    web: Web, line: Line, phone_kept: Phone, tmp_path: Path
) -> None:
    published(web)
    photo = tmp_path / "den.jpg"
    photo.write_bytes(corpus.jpeg(3))
    page = phone_kept().new_page()
    reads_two_pages(page)
    asked = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert asked["installabilityErrors"] == []
    page.goto("/submit")
    write(page)
    line.fate = cut
    go(page, NEXT)
    expect(page.locator("h1")).to_have_text("Soạn khi không có mạng")
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    page.set_input_files("#files", photo)
    assert violations(page) == []
    page.click(NEXT)
    waits = page.locator("[data-offline-waits]")
    expect(waits).to_contain_text("Chưa gửi: máy sẽ gửi khi có mạng")
    expect(waits).to_contain_text(TITLE)
    page.goto("/plans")
    expect(page.locator("main")).to_contain_text("Bản đã lưu lúc")
    expect(page.locator("[data-queue-word]")).to_contain_text("đang chờ có mạng")
    page.goto("/guide")
    expect(page.locator("h1")).to_have_text("Máy của bạn đang không có mạng")
    assert petitions(web) == []
    line.fate = whole
    page = phone_kept().new_page()  # the phone was off meanwhile
    page.goto("/plans")
    expect(page.locator("[data-queue-word]")).to_contain_text("đã gửi")
    go(page, "[data-queue-word] a")
    expect(page.locator("[data-offline-sent] .code")).to_contain_text("TN-")
    assert violations(page) == []
    page.get_by_role("button", name="Tôi đã ghi lại mã").click()
    expect(page.locator("[data-offline-sent]")).to_be_hidden()
    assert petitions(web) == [TITLE]
    with web.within():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == 1
    for path in ("/receipt", "/track/file", "/plans", "/sign-in"):  # she has a session now
        page.goto(path)
    kept = page.evaluate(KEPT)
    assert {"/", "/plans"} <= set(kept) <= {"/", "/plans", "/offline", "/offline/submit"}
    assert not any("TN-" in text or "csrf_token" in text for text in kept.values())


def test_a_lost_answer_makes_no_second_petition(web: Web, line: Line, phone_kept: Phone) -> None:
    published(web)
    page = phone_kept().new_page()
    reads_two_pages(page)
    page.goto("/track")
    go(page, "main .btn.main")
    expect(page.locator(".alert")).to_be_visible()
    page.goto("/guide")
    page.go_back()  # what a form was answered with is not kept: its page opens anew
    expect(page.locator("h1")).to_have_text("Theo dõi kiến nghị")
    page.goto("/submit")
    write(page)
    for _step in range(4):
        go(page, NEXT)
    expect(page.locator("h1")).to_have_text("Bạn xem lại lần nữa")
    page.go_back()  # a step is kept nowhere: it is asked for again, not taken for a lost line
    expect(page.locator("h1")).to_have_text("Liên hệ với bạn thế nào?")
    go(page, NEXT)
    expect(page.locator("h1")).to_have_text("Bạn xem lại lần nữa")
    line.fate = lambda first: NO_ANSWER if first.startswith(b"POST") else THROUGH
    go(page, NEXT)
    expect(page.locator("main")).to_contain_text("Bạn đã bấm Gửi nhưng chưa thấy biên nhận")
    page.click(NEXT)
    expect(page.locator("[data-offline-waits]")).to_contain_text(TITLE)
    line.wait_for_cuts(2)
    line.fate = whole
    page.goto("/offline/submit")
    expect(page.locator("[data-offline-sent] .code")).to_contain_text("TN-")
    code = page.inner_text("[data-offline-sent] .code")
    assert petitions(web) == [TITLE]
    page.goto("/receipt")
    expect(page.locator(".ticket .code")).to_have_text(code)


@on_sqlite
def test_what_the_site_refuses_comes_back_to_be_put_right(
    web: Web, line: Line, phone_kept: Phone, tmp_path: Path
) -> None:
    """She is quicker than her phone: what she wrote, chose and sent before it was ready is not lost."""
    published(web)
    paper = tmp_path / "don.pdf"
    paper.write_bytes(corpus.pdf())
    page = phone_kept().new_page()
    reads_two_pages(page)
    line.fate = cut
    page.add_init_script(SLOW_STORE)
    page.goto("/submit")
    expect(page.locator("h1")).to_have_text("Soạn khi không có mạng")
    page.set_input_files("#files", paper)
    page.check("input[value=concern]")
    page.fill("[name=title]", TITLE)
    page.fill("main textarea[name=text]", "Hỏng")
    page.click(NEXT)
    expect(page.locator("[data-offline-waits]")).to_be_visible()
    line.fate = whole
    page.goto("/offline/submit")
    expect(page.locator("[data-offline-wrong]")).to_contain_text("Ngắn quá")
    expect(page.locator("main textarea[name=text]")).to_have_value("Hỏng")
    page.fill("main textarea[name=text]", WORDS)
    page.click(NEXT)
    expect(page.locator("[data-offline-sent] .code")).to_contain_text("TN-")
    assert petitions(web) == [TITLE]
    with web.within():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == 1
    page.goto("/offline/kept")
    go(page, "main button.main")
    expect(page.locator("main")).to_contain_text("Máy này không còn lưu gì của bạn")
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
    assert page.evaluate("async () => (await caches.keys()).length") == 0


@on_sqlite
def test_a_reader_of_english_writes_in_english_and_her_picture_is_made_small(
    web: Web, line: Line, phone_kept: Phone, tmp_path: Path
) -> None:
    published(web)
    photo = taken(tmp_path / "den.jpg")
    page = phone_kept().new_page()
    page.goto("/")
    page.goto("/language/en")
    reads_two_pages(page)
    page.goto("/submit")
    page.wait_for_function("async () => Boolean(await caches.match(" + PICTURES + "))")
    line.fate = cut
    page.goto("/submit")
    expect(page.locator("h1")).to_have_text("Write offline")
    page.set_input_files("#files", photo)
    expect(page.locator("#chosen li")).to_contain_text("KB (was")
    page.wait_for_function("() => document.querySelector('#files').files[0].size < 400 * 1024")
    page.get_by_role("button", name="Blur den.jpg").click()
    page.get_by_role("button", name="Blur here").click()
    page.get_by_role("button", name="Keep the blurred picture").click()
    expect(page.locator("#chosen li")).to_contain_text("partly blurred")
    write(page)
    page.click(NEXT)
    waits = page.locator("[data-offline-waits]")
    expect(waits).to_be_visible()  # its words stand there, hidden, before it is kept
    expect(waits).to_contain_text("sends it once it is online")
    line.fate = whole
    page.goto("/plans")
    expect(page.locator("[data-queue-word]")).to_contain_text("was sent")
    assert petitions(web) == [TITLE]
    with web.within():
        stored = db.session.scalars(sa.select(StoredFile)).all()
        assert stored and all(one.size < 600 * 1024 for one in stored)
