"""Hoa takes her receipt along: on paper, in her telephone, and its day in her calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import icalendar
import pytest

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions import queries
from feedback.petitions.actions import ending
from feedback.petitions.actions.waiting import ask_resident, resume
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.pages.test_submission import GOOD
from tests.people import person

SignIn = Callable[[str], Browser]
ADDRESSES = ("/receipt", "/receipt/save", "/receipt/due.ics", "/track/file/due.ics")
LONG = "Cầu qua kênh Đìa Xù ở ấp Bàu Đồn bị sụt; xe đạp, xe máy, người đi bộ đều phải vòng 7 km"


@pytest.fixture
def hoa(story: Story) -> Browser:
    """Hoa, who has just sent something and looks at her receipt."""
    browser = Browser(story.site)
    assert browser.send("/submit", page="/submit", **GOOD).location == "/receipt"
    return browser


def code_of(story: Story) -> str:
    with story.site.app_context():
        return make.code_of(GOOD["key"])


def event_of(browser: Browser, address: str) -> icalendar.Event:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(
        r"attachment; filename=han-tra-loi-TN\d\d-\d{6}\.ics",
        answer.headers["Content-Disposition"],
    )
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(answer.data)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    (event,) = calendar.events
    return event


def test_the_receipt_shows_code_picture_day_and_what_comes_next(story: Story, hoa: Browser) -> None:
    page = hoa.get("/receipt").text
    found = [
        page.index(words)
        for words in (
            f'class="code">{code_of(story)}',
            "/receipt/qr.svg",
            "Lưu vào máy",
            "Hạn trả lời",
            "Vì sao",
            "Thêm vào lịch",
            "Tiếp theo sẽ thế nào",
        )
    ]
    assert found == sorted(found)


def test_hoa_puts_the_day_into_her_calendar(story: Story, hoa: Browser) -> None:
    with story.site.app_context():
        petition = queries.by_code(make.code_of(GOOD["key"]))
        assert petition is not None
        due_on, reference, public_id = petition.due_on, petition.reference, petition.public_id
        address = story.site.config["BASE_URL"] + "/track"
        db.session.remove()
    for path in ("/receipt/due.ics", "/track/file/due.ics"):
        event = event_of(hoa, path)
        assert type(event["DTSTART"].dt) is date  # a whole day, not midnight of some time zone
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (due_on, due_on + timedelta(days=1))
        assert event["SUMMARY"] == "Hạn trả lời: Đèn đường trước chợ hỏng"
        assert reference in event["DESCRIPTION"] and address in event["DESCRIPTION"]
        assert event["UID"].startswith(f"{public_id}@")
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(hours=-16)  # eight in the morning of the day before


def test_no_calendar_learns_the_code(story: Story, hoa: Browser) -> None:
    for path in ("/receipt/due.ics", "/track/file/due.ics"):
        data = hoa.get(path).data.replace(b"\r\n ", b"").decode()
        assert code_of(story) not in data and code_of(story).replace("-", "") not in data


def test_a_long_vietnamese_title_comes_back_letter_by_letter(story: Story) -> None:
    browser = Browser(story.site)
    browser.send("/submit", page="/submit", **{**GOOD, "title": LONG})
    assert event_of(browser, "/receipt/due.ics")["SUMMARY"] == f"Hạn trả lời: {LONG}"


def test_a_day_that_moves_replaces_the_one_in_the_calendar(story: Story) -> None:
    browser = Browser(story.site)
    browser.send("/track", code=story.codes["in_progress"])
    first = event_of(browser, "/track/file/due.ics")
    with story.site.app_context():
        petition = queries.by_code(story.codes["in_progress"])
        assert petition is not None
        request = ask_resident(
            petition, question="Cột số mấy?", on=clock.today(), by=person("binh")
        )
        bound = request.bound_on
        commit()
        db.session.remove()
    resting = event_of(browser, "/track/file/due.ics")
    with story.site.app_context():
        petition = queries.by_code(story.codes["in_progress"])
        assert petition is not None
        resume(petition, on=bound)
        commit()
        due_on = petition.due_on
        db.session.remove()
    then = event_of(browser, "/track/file/due.ics")
    assert then["UID"] == resting["UID"] == first["UID"]
    assert then["SEQUENCE"] > resting["SEQUENCE"] > first["SEQUENCE"]
    assert then["DTSTART"].dt == due_on > first["DTSTART"].dt
    rests = ["Thời hạn tạm dừng" in event["DESCRIPTION"] for event in (first, resting, then)]
    assert rests == [False, True, False]


def test_an_answered_file_has_no_day_to_wait_for(story: Story) -> None:
    browser = Browser(story.site)
    browser.send("/track", code=story.codes["answered"])
    assert "Thêm vào lịch" not in browser.get("/track/file").text
    assert browser.get("/track/file/due.ics").location == "/track/file"
    browser.send("/track", code=story.codes["in_progress"])
    assert "Thêm vào lịch" in browser.get("/track/file").text


def test_hoa_keeps_the_receipt_in_her_telephone(story: Story, hoa: Browser) -> None:
    answer = hoa.get("/receipt/save")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(
        r"attachment; filename=bien-nhan-TN\d\d-\d{6}\.html",
        answer.headers["Content-Disposition"],
    )
    with story.site.app_context():
        petition = queries.by_code(make.code_of(GOOD["key"]))
        assert petition is not None
        due, reference = f"{petition.due_on:%d/%m/%Y}", petition.reference
        address = story.site.config["BASE_URL"] + "/track"
        db.session.remove()
    for words in (code_of(story), reference, due, "Tiếp theo sẽ thế nào", f'href="{address}"'):
        assert words in answer.text
    assert '<meta charset="utf-8">' in answer.text
    # nothing that it would have to fetch, or that would have to run
    assert not re.search(r"<(script|img|link|style|iframe)|\s(src|style)=", answer.text)
    assert set(re.findall(r'href="([^"]+)"', answer.text)) == {address}


def test_what_was_typed_stays_words_in_the_kept_page(story: Story) -> None:
    browser = Browser(story.site)
    browser.send("/submit", page="/submit", **{**GOOD, "title": "<script>alert(1)</script> hỏng"})
    kept = browser.get("/receipt/save").text
    assert "<script" not in kept and "&lt;script&gt;" in kept


def test_another_browser_gets_none_of_it(story: Story, hoa: Browser, signed_in: SignIn) -> None:
    for browser in (Browser(story.site), signed_in("binh"), signed_in("giang")):
        for path in ADDRESSES:
            answer = browser.get(path)
            assert (answer.status_code, answer.location) == (302, "/track?sent_from=file"), path
    follower = Browser(story.site)  # holds the code, and so reads the file; the receipt is Hoa's
    follower.send("/track", code=code_of(story))
    assert follower.get("/track/file/due.ics").status_code == 200
    assert follower.get("/receipt/save").location == "/track?sent_from=file"
    assert hoa.client.post("/receipt/save").status_code in {400, 405}


def test_a_sealed_file_has_neither_receipt_nor_day(story: Story, hoa: Browser) -> None:
    with story.site.app_context():
        petition = queries.by_code(make.code_of(GOOD["key"]))
        assert petition is not None
        sealing = ending.propose_seal(petition, by=person("binh"))
        ending.confirm_seal(petition, sealing, on=clock.today(), by=person("giang"))
        commit()
        db.session.remove()
    for path in ("/receipt", "/receipt/save", "/receipt/due.ics"):
        assert hoa.get(path).location == "/track?sent_from=file"
    answer = hoa.get("/track/file/due.ics")
    assert answer.location == "/track/file" and "Đèn đường" not in answer.text
