"""Words made to break out, in a plan's document, in a body's name and from people: every place that puts them
out shows them as words, whole and alone."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from functools import partial
from zipfile import ZipFile

import feedparser
import icalendar
import pytest
import sqlalchemy as sa
from lxml import etree
from lxml.html import document_fromstring
from werkzeug.test import TestResponse

from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.text import clean, clean_line
from feedback.importer import actions as importer
from feedback.importer import queries as importing
from feedback.importer.models import Reading
from feedback.importer.rules import editing
from feedback.importer.rules.tree import unknown
from feedback.notifications.channels.email import compose
from feedback.notifications.channels.parcel import Parcel
from feedback.notifications.models import OutboxMessage
from feedback.notifications.rendering import inbox_words
from feedback.plans import actions as plans
from feedback.plans import queries as plan_queries
from feedback.publication import actions as publication
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story
from tests.people import person
from tests.reports.reading import opened
from tests.reports.reading import words as pdf_words

SignIn = Callable[[str], Browser]
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORMULA = '=HYPERLINK("http://evil.example","bấm")'
HIDDEN = "an\u202eto\u200bàn\u2066x\u2069\u00ad\ufdd0\u3164\x07"
LONG = "Dài" * 1000
WORDS = f"=1+1 Rà soát {SCRIPT} {FORMULA} {HIDDEN} a(b\\ {{nb}}; d,e \\n\r\nEND:VCALENDAR\r\nBcc: evil@example.org"
NAME = clean_line(f"=Sở Tài chính {SCRIPT} {FORMULA}, (a\\) {{nb}}; \\n")
TITLE = clean_line(f"=1+1 {SCRIPT} \\n, b; {HIDDEN} END:VCALENDAR")
INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u206f\u00ad\u3164\ufdd0-\ufdef\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]"
)
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Language",
}  # fmt: skip
PAGES = (
    "/items/{item}", "/items/{item}/progress", "/items/{item}/versions", "/plans/{plan}", "/plans/{plan}/progress",
    "/plans", "/", "/publications", "/transparency", "/search?q=ra+soat", "/submit?item={item}", "/communes",
    "/items/{item}/follows/new", "/items/{item}/comments/new", "/search/offers?q=ra+soat",
)  # fmt: skip
STAFF = (
    ("binh", "/officer"), ("binh", "/officer/progress"), ("binh", "/officer/progress/{item}/reports/new"),
    ("binh", "/officer/inbox"), ("binh", "/officer/publications"), ("dung", "/oversight"), ("dung", "/oversight/files"),
)  # fmt: skip
TABLES = (
    ("dung", "/oversight"), ("dung", "/oversight/files"), ("", "/transparency"),
)  # fmt: skip


def document() -> bytes:
    """A plan with such words in every place, accents apart, with the line ends of Windows."""
    lines = [
        "ỦY BAN NHÂN DÂN TỈNH TÂY NINH", "Số: 66/KH-UBND", "Tây Ninh, ngày 05 tháng 9 năm 2024", "", "KẾ HOẠCH",
        f"Về {{nb}} {SCRIPT} {HIDDEN}", "", "I. NHIỆM VỤ", "", f"1. Việc một {WORDS}", "",
        "- Cơ quan chủ trì: Sở Tài chính.", f"- Cơ quan phối hợp: Sở Y tế {SCRIPT} {FORMULA}; Hội {LONG}.",
        f"- Thời hạn hoàn thành: 30/6/2027 {SCRIPT}.", "", f"2. Việc hai @SUM(1+1) {LONG}",
        "- Cơ quan thực hiện: Sở Tài chính.", "", f"TM. ỦY BAN NHÂN DÂN\r\nCHỦ TỊCH\r\nAn {LONG}",
    ]  # fmt: skip
    return unicodedata.normalize("NFD", "\r\n".join(lines)).encode()


def harmless(text: str) -> str:
    """Nothing that draws nothing or turns the line round; one Unicode form."""
    assert not INVISIBLE.search(text), ascii(INVISIBLE.findall(text))
    assert unicodedata.is_normalized("NFC", text)
    return text


def shown(answer: TestResponse) -> str:
    """What a page says; no element, attribute or address in it came from the words."""
    assert answer.status_code == 200
    harmless(answer.text)
    if not answer.data:
        return ""
    found = document_fromstring(answer.text)
    assert not found.xpath(
        "//script[not(@src)] | //*[@src='x'] | //*[@*[starts-with(name(), 'on')]]"
    )
    for link in found.xpath("//*[contains(@href, 'evil') or contains(@src, 'evil')]"):
        # an address in a text is a link that shows where it leads
        assert link.tag == "a" and link.text == link.get("href") and "nofollow" in link.get("rel")
    return str(found.text_content())


@pytest.fixture
def told(story: Story, signed_in: SignIn) -> tuple[int, int]:
    """Plan and item: sent by an editor as a file with such a name, looked through, published; then a report, an
    entry of the register and a petition in such words, all of a body with such a name."""
    yen = signed_in("yen")
    token = TOKEN.search(yen.get("/officer/plans/new").text)
    assert token
    form = {
        "csrf_token": token[1],
        "file": (io.BytesIO(document()), f"=1+1{SCRIPT}\u202e\u200b.txt"),
    }
    sent = yen.client.post("/officer/plans/new", data=form)
    assert sent.status_code in (302, 303), sent.text
    shown(yen.get("/officer/plans"))
    with story.site.app_context():
        reading = db.session.scalars(sa.select(Reading).order_by(Reading.id.desc())).first()
        assert reading is not None and reading.number == "66/KH-UBND"
        assert SCRIPT in shown(yen.get(f"/officer/plans/readings/{reading.id}"))
        tree, by = importing.tree(reading), person("yen")
        for line in unknown(tree):
            key = next(n.key for n in tree.nodes if line in n.bodies)
            chosen = partial(editing.choose, key=key, line=line.key, body="-", name="")
            importer.edit(reading, chosen, what="choose", key=key, by=by)
        for key in ("head", *(node.key for node in tree.nodes)):
            importer.edit(reading, partial(editing.accept, key=key), what="accept", key=key, by=by)
        plan = importer.publish(reading, by=by)
        commit()
        shown(yen.get(f"/officer/plans/{plan.id}"))
        item = next(i for i in plan.items if i.is_task and i.text.startswith("Việc một"))
        both = plan.id, item.id
        _people_tell(item.id)
        db.session.remove()
    return both


def _people_tell(item_id: int) -> None:
    today, binh, thu = clock.today(), person("binh"), person("thu")
    tax = db.session.scalars(sa.select(Agency).where(Agency.code == "so-tai-chinh")).one()
    tax.name, tax.short_name = NAME[:200], NAME[:120]
    commit()
    duty = plan_queries.duty(item_id, today)
    assert duty is not None
    plans.follow(duty.plan_id, item_id, who=person("dung"), locale="vi")
    report = plans.Told(text=clean(WORDS), as_of_on=today, status="in_progress", percent=40)
    plans.report_progress(duty, report, agency=tax, seen=0, on=today, by=binh)
    what = publication.What(clean_line(WORDS), kind="budget", decided_on=today, item_id=item_id)
    made = publication.register(what, agency=tax, on=today, by=thu)
    how = publication.How("noticeboard", clean_line(FORMULA), clean_line(SCRIPT), from_on=today)
    publication.post(made, how, seen=made.lock, on=today, by=thu)
    words = {
        "title": TITLE,
        "text": clean(WORDS),
        "item_id": item_id,
        "key": "key of words",
    }
    make.petition(state="answered", **{**words, "key": "key of the answered"})
    make.petition(state="received", **words)
    commit()


def test_words_made_to_break_out_stay_words_wherever_they_are_put_out(
    story: Story, told: tuple[int, int], signed_in: SignIn, capfd: pytest.CaptureFixture[str]
) -> None:
    plan, item = told
    stranger, staff = Browser(story.site), {name: signed_in(name) for name in ("binh", "dung")}
    said = [shown(stranger.get(path.format(item=item, plan=plan))) for path in PAGES]
    said += [shown(staff[name].get(path.format(item=item, plan=plan))) for name, path in STAFF]
    assert sum(SCRIPT in text for text in said) > 12 and any(NAME in text for text in said)
    for path in (f"/items/{item}", f"/plans/{plan}"):
        feed = feedparser.parse(harmless(stranger.get(f"{path}/feed.atom").text))
        assert not feed.bozo and len(feed.entries) == 2
        assert any(entry.author == NAME for entry in feed.entries)
        assert not any(link.href.startswith("http://evil") for link in feed.feed.links)
        sheet = opened(stranger.get(f"{path}/sheet.pdf").data)
        assert len(sheet.pages) == 1 and "{nb}" in harmless(pdf_words(sheet))
        assert "/Annots" not in sheet.pages[0] and "/Names" not in sheet.Root
    for name, path in TABLES:
        browser = staff.get(name, stranger)
        rows = list(csv.reader(io.StringIO(harmless(browser.get(f"{path}.csv").text))))
        assert len({len(row) for row in rows}) == 1 and any("'" + NAME in row for row in rows)
        assert not any(
            cell.lstrip("\ufeff").startswith(("=", "@", "+")) for row in rows for cell in row
        )
        _is_a_quiet_table(browser.get(f"{path}.xlsx").data)
    _is_a_quiet_table(stranger.get("/publications/list.xlsx").data)
    with ZipFile(io.BytesIO(stranger.get("/publications/list.docx").data)) as made:
        body = etree.fromstring(made.read("word/document.xml"))
        assert FORMULA in harmless("".join(body.itertext()))
        assert not [
            e.tag for e in body.iter() if e.tag.endswith(("}hyperlink", "}fldSimple", "}instrText"))
        ]
    for line in capfd.readouterr().err.splitlines():
        assert not line.startswith("{") or json.loads(line)


def _is_a_quiet_table(data: bytes) -> None:
    with ZipFile(io.BytesIO(data)) as book:
        whole = "".join(
            book.read(n).decode() for n in book.namelist() if n.endswith((".xml", ".rels"))
        )
    assert "<f>" not in whole and "<hyperlink" not in whole and 'TargetMode="External"' not in whole
    assert "&lt;script&gt;" in harmless(whole)


def test_no_letter_no_calendar_and_no_line_of_an_inbox_is_broken_by_words(
    story: Story, told: tuple[int, int]
) -> None:
    with story.site.app_context():
        rows = db.session.scalars(sa.select(OutboxMessage)).all()
        subjects = []
        for row in rows:
            if row.channel == "inbox":
                harmless(str(inbox_words(row.template, row.params, "vi")))
            if row.channel != "email":
                continue
            parcel = Parcel(
                row.id,
                "email",
                None,
                row.address or "a@b.example",
                row.template,
                "vi",
                row.params,
                "k",
                0,
            )
            letter = message_from_bytes(compose(parcel).as_bytes(), policy=default)
            subjects.append(harmless(letter["Subject"]))
            assert set(letter.keys()) <= HEADERS, letter.keys()
            assert (
                "evil" not in letter["To"] and not letter.defects and "\n" not in letter["Subject"]
            )
            told_html = letter.get_body(("html",))
            assert told_html is not None and "<script" not in told_html.get_content()
        assert any("=1+1" in one or NAME in one for one in subjects), subjects
        code = make.code_of("key of words")
        db.session.remove()
    hoa = Browser(story.site)
    assert hoa.send("/track", code=code).status_code == 303
    calendar = icalendar.Calendar.from_ical(hoa.get("/track/file/due.ics").data)
    (event,) = calendar.walk("VEVENT")
    assert TITLE in event["SUMMARY"] and not event.errors
    assert hoa.get("/track/file/due.ics").text.count("\r\nEND:VCALENDAR") == 1
