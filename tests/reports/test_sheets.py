"""A noticeboard sheet is one page of A4 that says what matters, and can be read aloud."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.plans import actions, queries
from feedback.plans.models import Plan
from feedback.reports.writers.sheet import Section, Sheet, write
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.people import person
from tests.reports.reading import fonts, opened, structure, words

SHEET = Sheet(
    office=("Ủy ban nhân dân tỉnh Tây Ninh", "Sở Nội vụ, cơ quan đầu mối"),
    kind=("Niêm yết", "để dân biết"),
    title="Chăm lo phụ nữ, trẻ em",
    about="Mục 2.2d",
    note=("Được 40%.", ""),
    ask=Section("Bạn muốn hỏi?", text="1. Soi vào ô bên."),
    address="https://ydan.example/items/1",
    alt="Mã QR",
    foot=("Niêm yết từ 26/11/2026", "Nơi niêm yết: …"),
    more="Đọc tiếp trên trang",
)


def report(story: Story) -> None:
    with story.site.app_context():
        duty = queries.duty(story.item_id, clock.today())
        assert duty is not None
        told = actions.Told(
            text="Đã gặp 120 doanh nghiệp nhỏ.",
            as_of_on=clock.today(),
            status="in_progress",
            percent=40,
        )
        agency, by = make.commune("so-tai-chinh"), person("binh")
        actions.report_progress(duty, told, agency=agency, seen=0, on=clock.today(), by=by)
        commit()
        db.session.remove()


def test_each_sheet_is_one_page_with_its_fonts_its_language_and_its_structure(story: Story) -> None:
    report(story)
    browser = Browser(story.site)
    wanted = {
        f"/items/{story.item_id}/sheet.pdf": ["Sở Kế hoạch và Đầu tư", "Sở Tài chính", "120"],
        f"/plans/{story.plan_id}/sheet.pdf": ["2705/KH-UBND", "chưa có báo cáo"],
        f"/petitions/{story.petitions['answered']}/sheet.pdf": ["phòng một cửa", "đúng hạn"],
    }
    for path, said in wanted.items():
        answer = browser.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), path
        pdf = opened(answer.data)
        assert len(pdf.pages) == 1
        assert [round(float(x)) for x in pdf.pages[0].MediaBox] == [0, 0, 595, 842]
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert set(fonts(pdf).values()) == {True}
        kinds = structure(pdf)
        assert {"/H1", "/H2", "/P", "/Figure"} <= set(kinds)
        assert kinds.count("/H1") == kinds.count("/Figure") == 1
        text = words(pdf)
        for words_of_it in [*said, "Niêm yết", "1022"]:
            assert words_of_it in text, (path, words_of_it, text)


def test_a_petition_without_an_answer_has_no_sheet(story: Story) -> None:
    browser = Browser(story.site)
    for state in ("in_progress", "submitted"):
        path = f"/petitions/{story.petitions[state]}/sheet.pdf"
        assert browser.get(path).status_code == 404
    assert browser.get("/items/999/sheet.pdf").status_code == 404
    assert browser.get("/plans/999/sheet.pdf").status_code == 404


@pytest.mark.parametrize("length", [1, 40, 4000])
def test_however_long_the_words_are_it_stays_one_page_and_says_where_to_read_on(
    length: int,
) -> None:
    long = replace(
        SHEET,
        title="Đường ấp ngập " * min(length, 60),
        beside=(
            Section("Việc này là gì?", text="Một câu dài. " * length),
            Section(
                "Ai làm?", rows=(("Chủ trì", "Sở Nội vụ " * min(length, 200)),), widths=(0.3, 0.7)
            ),
        ),
        below=(
            Section(
                "Đã làm đến đâu?",
                text="Đã làm. " * length,
                rows=tuple((f"Mốc {n}", "Xong") for n in range(min(length, 50))),
                widths=(0.7, 0.3),
            ),
        ),
    )
    pdf = opened(write(long, "vi"))
    assert len(pdf.pages) == 1
    text = words(pdf)
    assert ("Đọc tiếp trên trang" in text) is (length == 4000 or length == 40)
    assert "Soi vào ô bên" in text and "Nơi niêm yết" in text
    # a row taller than its room is cut, not drawn over the rest
    assert bool(re.search("(Sở|Nội|vụ) …", text)) is (length > 1)


def test_a_decision_with_d_in_its_number_has_a_sheet_too(story: Story) -> None:
    """A header is written in Latin-1, which has no "Đ": the server would send nothing at all."""
    with story.site.app_context():
        db.session.get_one(Plan, story.plan_id).number = "23/QĐ-UBND"
        commit()
        db.session.remove()
    answer = Browser(story.site).get(f"/plans/{story.plan_id}/sheet.pdf")
    said = answer.headers["Content-Disposition"]
    assert said.encode("latin-1").startswith(b"inline; filename=niem-yet-23-QD-UBND.pdf")
    assert "filename*=UTF-8''niem-yet-23-Q%C4%90-UBND.pdf" in said
