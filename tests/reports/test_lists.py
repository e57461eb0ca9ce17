"""The quarterly list opens as it was written, holds no formula, and grows without growing in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.publication import actions
from feedback.reports.writers import lists
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.people import person

SignIn = Callable[[str], Browser]
EVIL = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "http://evil.example", "007"]


def listing() -> lists.Listing:
    columns = (lists.Column("STT", 5), lists.Column("Việc", 40), lists.Column("Ngày", 12))
    about = {"office": ("UBND", "Sở"), "motto": ("CỘNG HÒA", "Độc lập"), "cut": "Còn nữa."}
    return lists.Listing(
        title="Danh sách", about="Đến hôm nay", columns=columns, sheet="Q4", **about
    )  # type: ignore[arg-type]


def sheet_of(data: bytes) -> tuple[str, str]:
    """The sheet, and the strings that it holds."""
    with ZipFile(BytesIO(data)) as book:
        names = book.namelist()
        shared = "xl/sharedStrings.xml"
        strings = book.read(shared).decode() if shared in names else ""
        return book.read("xl/worksheets/sheet1.xml").decode(), strings


def test_what_people_typed_is_never_a_formula_or_a_link() -> None:
    out = BytesIO()
    rows = [(n, text, clock.today()) for n, text in enumerate(EVIL, start=1)]
    assert lists.write_xlsx(listing(), rows, out) == len(EVIL)
    sheet, _strings = sheet_of(out.getvalue())
    assert "<f>" not in sheet and "<hyperlink" not in sheet
    assert "=1+1" in sheet and "007" in sheet
    document = Document(BytesIO(lists.write_docx(listing(), rows)))
    texts = [cell.text for cell in document.tables[1].columns[1].cells]
    assert texts == ["Việc", *EVIL]


def test_a_long_list_stays_whole_as_a_table_and_says_so_where_a_document_cannot_hold_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = BytesIO()
    made = ((n, "Một việc", None) for n in range(20_000))
    assert lists.write_xlsx(listing(), made, out) == 20_000
    monkeypatch.setattr(lists, "MOST_ROWS", 3)
    short = Document(
        BytesIO(lists.write_docx(listing(), [(n, "Một việc", None) for n in range(5)]))
    )
    assert len(short.tables[1].rows) == 4
    assert short.paragraphs[-1].text == "Còn nữa."


def test_everybody_gets_the_list_of_a_quarter(story: Story) -> None:
    with story.site.app_context():
        today = clock.today()
        what = actions.What(title="=Dự toán ngân sách", kind="budget", decided_on=today)
        made = actions.register(
            what, agency=make.commune("so-tai-chinh"), on=today, by=person("thu")
        )
        how = actions.How(form="noticeboard", place="Bảng tin", person="Anh Tư", from_on=today)
        actions.post(made, how, seen=made.lock, on=today, by=person("thu"))
        commit()
        db.session.remove()
    stranger = Browser(story.site)
    page = stranger.get("/publications").text
    assert "=Dự toán ngân sách" in page and "Đã công khai đúng hạn" in page
    links = [
        link.replace("&amp;", "&") for link in re.findall(r'href="(/publications/list[^"]+)"', page)
    ]
    assert len(links) == 2
    table, document = (stranger.get(link) for link in links)
    assert table.mimetype.endswith("spreadsheetml.sheet")
    sheet, strings = sheet_of(table.data)
    assert "=Dự toán ngân sách" in sheet + strings and "<f>" not in sheet
    said = Document(BytesIO(document.data))
    assert "Anh Tư" in [cell.text for cell in said.tables[1].rows[1].cells]
    assert "Danh sách" in said.paragraphs[0].text
    old = (today - timedelta(days=200)).year
    assert "Chưa có gì" in stranger.get(f"/publications?quarter={old}-1").text


def test_a_keeper_writes_down_what_her_body_published(story: Story, signed_in: SignIn) -> None:
    thu, today = signed_in("thu"), clock.today().isoformat()
    assert (
        thu.send("/officer/publications/new", title="x", kind="", decided_on="").status_code == 422
    )
    said = {"title": "Danh sách hộ được vay vốn", "kind": "people", "decided_on": today}
    entry = thu.send("/officer/publications/new", decision="", item="", **said).location
    assert "Danh sách hộ được vay vốn" in thu.get(entry).text
    seen = re.search(r'name="seen" value="(\d+)"', thu.get(f"{entry}/postings/new").text)
    assert seen
    how = {"form": "noticeboard", "place": "Bảng tin", "person": "Chị Năm", "from_on": today}
    assert thu.send(f"{entry}/postings/new", seen=seen[1], **how).status_code == 303
    again = thu.send(f"{entry}/postings/new", seen=seen[1], **how)
    assert again.status_code == 409 and "Chị Năm" in again.text
    down = re.search(r'href="([^"]+/removals/new)"', thu.get(entry).text)
    assert down
    assert thu.send(down[1], to_on="01/01/2030").status_code == 422
    assert thu.send(down[1], to_on=today).status_code == 303
    assert "Gỡ trước" in Browser(story.site).get("/publications").text
    assert signed_in("cuc").get(entry).status_code == 404
    assert signed_in("sau").get("/officer/publications").status_code == 403


def test_the_front_takes_away_what_it_sees_and_everybody_the_public_table(
    story: Story, signed_in: SignIn
) -> None:
    """The same numbers as on the page; of the files behind them all that she may read, and no more."""
    dung, stranger = signed_in("dung"), Browser(story.site)
    for reader, page in ((dung, "/oversight"), (stranger, "/transparency")):
        link = re.search(rf'href="({page}\.xlsx[^"]*)"', reader.get(page).text)
        assert link, page
        sheet, strings = sheet_of(reader.get(link[1].replace("&amp;", "&")).data)
        assert "Sở Tài chính" in sheet + strings and "Tất cả" in sheet + strings
    behind = "/oversight/files{}?indicator=received&agency=so-tai-chinh"
    number = re.search(r"<strong>(\d+) hồ sơ", dung.get(behind.format("")).text)
    assert number
    text = dung.get(behind.format(".csv")).text
    assert len(text.splitlines()) == int(number[1]) + 1
    assert "TN2" in text and "hoa@" not in text
    sheet, strings = sheet_of(dung.get(behind.format(".xlsx")).data)
    assert "TN2" in sheet + strings
    assert dung.get("/oversight/files.csv?agency=nobody").status_code == 404
    # who may not read every file gets the public ones alone
    public = signed_in("yen").get("/oversight/files.csv?indicator=received").text
    assert len(public.splitlines()) > 1
