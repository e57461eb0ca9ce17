"""The whole story in a real browser: a plan is read in, a resident asks, an agency answers, the Front
watches, the record verifies. On a phone without JavaScript and at a desk with it, on both engines; the drill
tells it in every combination.

The real plan lies in ../shared beside a checkout (CI insists on it); the project's own plan always serves.
"""

from __future__ import annotations

import os
import re
import sqlite3
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from feedback.core.db import commit
from tests import make
from tests.journeys.stage import ANSWER, people_who_can_sign_in, sign_in
from tests.servers.browser import OpenPage, go
from tests.servers.databases import ENGINES
from tests.servers.web import Web

REAL = make.PLAN_FILE.parents[3].parent / "shared" / "plans" / "2705-kh-ubnd.txt"


def documents() -> list[Path]:
    if not REAL.is_file():
        assert not os.environ.get("FEEDBACK_STRICT"), "the real plan must lie beside CI"
        return [make.PLAN_FILE]
    return [make.PLAN_FILE, REAL]


@dataclass
class Telling:
    """One telling of the story: the site and the kind of browser everybody uses."""

    web: Web
    open_page: OpenPage
    shape: str

    def page(self) -> Page:
        return self.open_page(self.shape)

    def signed_in(self, name: str) -> Page:
        page = self.page()
        sign_in(page, name)
        return page


def tellings() -> list[Any]:
    """Each document, shape and engine; outside the drill so that every two of them meet once."""
    sample, real = documents()[0], documents()[-1]
    chosen = [
        ("sqlite", "phone", real),
        ("sqlite", "desktop", sample),
        ("postgresql", "phone", sample),
        ("postgresql", "desktop", real),
    ]
    if os.environ.get("FEEDBACK_DRILL"):
        chosen = list(product(ENGINES, ("phone", "desktop"), documents()))
    return [pytest.param(*one, id="-".join([*one[:2], one[2].stem])) for one in chosen]


@pytest.mark.parametrize(("engine_url", "shape", "document"), tellings(), indirect=["engine_url"])
def test_the_whole_story(
    web: Web, open_page: OpenPage, shape: str, document: Path, tmp_path: Path
) -> None:
    set_the_stage(web)
    told = Telling(web, open_page, shape)
    yen_reads_the_plan_in(told, document, tmp_path)
    hoa = told.page()
    code = hoa_asks(hoa)
    file = thu_takes_it_in(told)
    binh_answers_and_giang_approves(told, file)
    mail = web.mailbox.wait_for("hoa@example.vn", 3)
    assert "đã trả lời kiến nghị" in str(mail["subject"])
    assert "Hồ sơ" in str(web.mailbox.wait_for("binh@demo.example")["subject"])
    hoa_reads_and_rates(told, code)
    dung_sees_the_figures(told)
    yen_dispatches_what_has_no_owner(told)
    the_record_tells(web, tmp_path)


def set_the_stage(web: Web) -> None:
    with web.within():
        make.reference_data()
        people_who_can_sign_in()
        commit()


def yen_reads_the_plan_in(told: Telling, document: Path, folder: Path) -> None:
    """One wording is misspelt: it is not understood, and publishing waits for a correction."""
    text = document.read_text(encoding="utf-8")
    copy = folder / "ke-hoach.txt"
    copy.write_text(
        text.replace("chủ trì: Sở Ngoại vụ", "chủ trì: Sở Ngoại giao"), encoding="utf-8"
    )
    page = told.signed_in("yen")
    page.goto("/officer/plans/new")
    page.set_input_files("[name=file]", copy)
    go(page, "main button.main")
    left = page.locator(".bar [role=status]")
    expect(left).to_contain_text("chỗ cần xem")
    go(page, "button:has-text('Công bố')")
    expect(page.locator("[role=alert]")).to_contain_text("đây là cơ quan nào: Sở Ngoại giao")
    page.locator(".doubt + .acts button").filter(has_text="Sở Ngoại vụ").click()
    expect(left).to_contain_text("Đã xem hết")
    go(page, "button:has-text('Công bố')")
    expect(page.locator("[role=status]")).to_contain_text("Kế hoạch đã được công bố")
    go(page, page.get_by_role("link", name="Lời thường ngày, chỉ tiêu 2.2c"))
    page.fill("[name=title]", "Giúp doanh nghiệp nhỏ và vừa làm ăn")
    page.fill("[name=summary]", "Tỉnh gỡ vướng về giấy tờ và vốn, mở lớp cho người mới làm ăn.")
    go(page, "main button.main")
    expect(page.locator("[role=status]")).to_contain_text("Đã lưu")


def hoa_asks(page: Page) -> str:
    """She finds the item without accents, sees who led and who leads, and gets a code and a date."""
    page.goto("/")
    page.fill("[name=q]", "ho tro doanh nghiep nho va vua")
    go(page, "[role=search] button")
    go(page, ".lines a >> nth=0")
    expect(page.locator("h1")).to_have_text("Giúp doanh nghiệp nhỏ và vừa làm ăn")
    pair = page.locator("dl.pair").first
    expect(pair).to_contain_text("Sở Kế hoạch và Đầu tư")
    expect(pair).to_contain_text("Sở Tài chính")
    go(page, page.get_by_role("link", name="Gửi kiến nghị về việc này").last)
    go(page, ".dock button.main")
    expect(page.locator("[role=alert]")).to_contain_text("còn chỗ cần sửa")
    page.check("input[value=proposal]")
    page.fill("[name=title]", "Xin mở lớp kế toán buổi tối")
    page.fill(
        "main textarea[name=text]", "Tôi bán tạp hóa ở chợ, muốn học kế toán buổi tối để vay vốn."
    )
    go(page, ".dock button.main")
    page.select_option("[name=commune]", index=3)
    go(page, ".dock button.main")
    go(page, ".dock button.main")  # no picture this time
    page.fill("[name=email]", "hoa@example.vn")
    page.check("[name=progress]")  # she wishes to hear of each step
    go(page, ".dock button.main")
    expect(page.locator("main")).to_contain_text("Xin mở lớp kế toán buổi tối")
    go(page, ".dock button.main")
    expect(page.locator("main")).to_contain_text("Tiếp theo sẽ thế nào")
    expect(page.locator("main")).to_contain_text("Vì sao là ngày này?")
    return page.inner_text(".ticket .code")


def thu_takes_it_in(told: Telling) -> str:
    page = told.signed_in("thu")
    go(page, "[data-rows] .ttl >> nth=0")
    file = page.url
    go(page, "a.btn.main >> nth=0")
    page.check("[name=show][value=yes]")
    go(page, "main button.main")
    expect(page.locator("[role=status]")).to_contain_text("Đã tiếp nhận hồ sơ")
    go(page, "a.btn.main >> nth=0")
    page.select_option("[name=officer]", label="Nguyễn Thanh Bình")
    go(page, "main button.main")
    expect(page.locator("[role=status]")).to_contain_text("Đã giao hồ sơ")
    return file


def binh_answers_and_giang_approves(told: Telling, file: str) -> None:
    page = told.signed_in("binh")
    expect(page.locator("[data-rows] .ttl").first).to_have_text("Xin mở lớp kế toán buổi tối")
    go(page, "[data-rows] .ttl >> nth=0")
    go(page, "a.btn.main >> nth=0")
    page.fill("[name=text]", ANSWER)
    go(page, "main button.main")
    expect(page.locator("[role=status]")).to_contain_text("Đã gửi duyệt")
    page.goto("/officer/inbox")
    expect(page.locator("main")).to_contain_text("được giao cho bạn")
    head = told.signed_in("giang")
    head.goto(file)
    go(head, "a.btn.main >> nth=0")
    expect(head.locator("article.quote")).to_contain_text("Lớp kế toán buổi tối")
    go(head, "main button.main")
    expect(head.locator("[role=status]")).to_contain_text("Câu trả lời đã được công bố")


def hoa_reads_and_rates(told: Telling, code: str) -> None:
    """On another device, the code typed carelessly."""
    page = told.page()
    page.goto("/track")
    page.fill("[name=code]", "TN-0000-0000-0000-0000")
    go(page, "main button.main")
    expect(page.locator("[role=alert]")).to_contain_text("Không có kiến nghị nào mang mã này")
    page.fill("[name=code]", code.lower().replace("-", " "))
    go(page, "main button.main")
    expect(page.locator("article.quote")).to_contain_text("Lớp kế toán buổi tối")
    page.check("input[value='5']")
    page.fill("[name=words]", "Rõ ràng, cảm ơn.")
    go(page, "#danh-gia button.main")
    expect(page.locator("#danh-gia")).to_contain_text("Bạn đã chấm 5 trên 5")


def dung_sees_the_figures(told: Telling) -> None:
    page = told.signed_in("dung")
    expect(page.locator("h1")).to_contain_text("Ai trả lời, ai chưa")
    row = page.locator("tr", has_text="Sở Tài chính").first
    expect(row).to_contain_text("1")
    go(page, row.locator("td a").first)
    expect(page.locator("main")).to_contain_text("Xin mở lớp kế toán buổi tối")
    public = told.page()
    public.goto("/transparency")
    expect(public.locator("main")).to_contain_text("Sở Tài chính")


def yen_dispatches_what_has_no_owner(told: Telling) -> None:
    """One petition with a commune only, one on an item that names groups only: the same clock."""
    with told.web.within():
        from feedback.plans.queries import published_plans

        plan = published_plans()[0]
        commune = make.commune("xa-tan-bien")
        make.receipt(title="Cầu qua kênh bị sụt", commune_id=commune.id)
        groups_only = make.item(plan, "III.1.1")
        due = make.receipt(title="Lịch học nghị quyết ở ấp", item_id=groups_only.id).petition.due_on
        commit()
    page = told.signed_in("yen")
    page.goto("/officer/dispatch")
    expect(page.locator("[data-rows] .ttl")).to_have_count(2)
    expect(page.locator("main")).to_contain_text(due.strftime("%d/%m"))
    go(page, page.get_by_role("link", name="Cầu qua kênh bị sụt"))
    go(page, "a.btn.main >> nth=0")
    expect(page.locator("main")).to_contain_text("xã Tân Biên")
    page.select_option("[name=agency]", label="Ủy ban nhân dân xã Tân Biên")
    page.fill("[name=reason]", "Đường kênh do xã quản lý.")
    go(page, "main button.main")
    page.goto("/officer/dispatch")
    expect(page.locator("[data-rows] .ttl")).to_have_count(1)


def the_record_tells(web: Web, folder: Path) -> None:
    """It verifies; one byte changed on a copy, and it names the event."""
    whole = web.flask("log", "verify")
    assert whole.returncode == 0, whole.stdout
    assert re.match(r"\d+ events verified", whole.stdout)
    web.close()
    address = web.database_url
    change = "UPDATE event SET header = {} WHERE seq = 7"
    if address.startswith("sqlite"):
        copy = folder / "copy.db"
        source = sqlite3.connect(address.removeprefix("sqlite:///"))
        target = sqlite3.connect(copy)
        source.backup(target)
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in target.execute(triggers).fetchall():
            target.execute(f"DROP TRIGGER {name}")
        byte = "CAST(replace(CAST(header AS TEXT), 'kind', 'kinD') AS BLOB)"
        target.execute(change.format(byte))
        target.commit()
        source.close()
        target.close()
        web.environ["FEEDBACK_DATABASE_URL"] = f"sqlite:///{copy}"
    else:
        with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("ALTER TABLE event DISABLE TRIGGER ALL")
            byte = "convert_to(replace(convert_from(header, 'UTF8'), 'kind', 'kinD'), 'UTF8')"
            connection.execute(change.format(byte))
    broken = web.flask("log", "verify")
    assert broken.returncode == 1
    assert "event 7" in broken.stdout + broken.stderr
