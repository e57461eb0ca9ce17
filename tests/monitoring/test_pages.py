"""Dũng looks for who does not answer; anybody may look with him, but not into private files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.accounts.actions.sign_in import begin_whole
from feedback.accounts.session import STAFF_COOKIE
from feedback.agencies.queries import by_code
from feedback.core import clock
from feedback.monitoring import queries
from feedback.monitoring.indicators import COUNTS
from feedback.monitoring.models import DIMENSIONS
from feedback.monitoring.queries import Asked
from feedback.monitoring.rules import periods
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import working_days_between
from tests import make
from tests.counting import count_queries
from tests.monitoring import files
from tests.people import person

LINK = re.compile(r'href="(/(?:oversight|transparency)/files\?[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
PAGES = (
    "/oversight",
    "/oversight?by=commune",
    "/oversight/files?indicator=due",
    "/oversight/files?indicator=median_days&commune=none",
    "/oversight.csv",
    "/oversight.csv?by=commune",
)
HUGE = "WyIyMDI2LTAxLTAxIiwgOTk5OTk5OTk5OTk5OTk5OTk5OTk5OTld"  # a key that no column holds
PUBLIC_PAGES = (
    "/transparency",
    "/transparency?by=commune",
    "/transparency/files?indicator=due",
    "/transparency/files?indicator=disputed&commune=xa-tan-bien",
    "/transparency.csv?by=commune",
)


def client(site: Flask, name: str = "") -> FlaskClient:
    """A browser, signed in when a member of the cast is named."""
    browser = site.test_client(use_cookies=False)
    if name:
        token = begin_whole(person(name))
        make.commit()
        browser.environ_base["HTTP_COOKIE"] = f"{STAFF_COOKIE}={token}"
    return browser


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def numbers(html: str) -> list[tuple[str, int]]:
    """Address and number of every link of the table that is a plain count."""
    found = []
    for address, inner in LINK.findall(html):
        match = re.match(r"(\d+)( quá hạn)?$", words(inner))
        if match and not re.search("rate|median", address):
            found.append((unescape(address), int(match[1])))
    return found


@pytest.fixture
def filled(site: Flask) -> Flask:
    return _filled(site)


@pytest.fixture
def full_app(app: Flask) -> Flask:
    return _filled(app)


def _filled(app: Flask) -> Flask:
    files.varied(number=150, on=clock.today(), seed=11)
    make.commit()
    return app


@pytest.mark.parametrize(
    ("by", "lines"),
    [("agency", ["Sở Y tế"]), ("commune", ["Xã Tân Biên", "Phường Tân Ninh", "Không ghi nơi"])],
)
def test_dung_sees_each_number_and_opens_the_files_behind_it(
    filled: Flask, by: str, lines: list[str]
) -> None:
    browser = client(filled, "dung")
    shown = browser.get(f"/oversight?from=2025-01&to=2035-01&by={by}").get_data(as_text=True)
    assert all(line in words(shown) for line in lines)
    links = numbers(shown)
    assert len(links) > 30
    for address, number in links[::3]:
        page = browser.get(address).get_data(as_text=True)
        assert f"{number} hồ sơ" in words(page), address


def test_a_number_behind_a_page_is_listed_file_by_file(filled: Flask) -> None:
    browser = client(filled, "dung")
    html = browser.get("/oversight/files?indicator=open_overdue").get_data(as_text=True)
    number = int(re.search(r"(\d+) hồ sơ", words(html))[1])
    found: list[str] = []
    while True:
        found += re.findall(r'href="/officer/petitions/(\w+)"', html)
        more = re.search(r'href="(/oversight/files[^"]*after=[^"]+)"', html)
        if not more:
            break
        html = browser.get(unescape(more[1])).get_data(as_text=True)
    assert len(set(found)) == len(found) == number


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_sign_in(app: Flask, page: str) -> None:
    answer = client(app).get(page)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["cuc", "giang", "minh", "an"])
def test_who_does_not_oversee_is_refused(app: Flask, name: str, page: str) -> None:
    assert client(app, name).get(page).status_code == 403


@pytest.mark.parametrize("page", PUBLIC_PAGES)
def test_anybody_sees_the_public_figures(full_app: Flask, page: str) -> None:
    assert client(full_app).get(page).status_code == 200
    assert client(full_app).post(page).status_code in {400, 405}


def test_the_public_list_names_no_private_file_and_counts_it(site: Flask) -> None:
    health = by_code("so-y-te")
    today = clock.today()
    shown = files.one(health, state="received", sent=today, due=today)
    hidden = files.one(health, state="received", sent=today, due=today, is_public=False)
    make.commit()
    html = client(site).get("/transparency/files?agency=so-y-te").get_data(as_text=True)
    assert shown.public_id in html
    assert hidden.public_id not in html
    assert hidden.title not in html
    assert "2 hồ sơ · 1 hồ sơ trong đó không công khai" in words(html)


def test_who_oversees_but_may_not_read_every_file_sees_public_ones(app: Flask) -> None:
    """An editor plans; the files of other agencies are not hers to read."""
    health = by_code("so-y-te")
    today = clock.today()
    hidden = files.one(health, state="received", sent=today, due=today, is_public=False)
    editor = person("yen")
    editor.grants = [grant for grant in editor.grants if grant.role == "editor"]
    make.commit()
    html = client(app, "yen").get("/oversight/files").get_data(as_text=True)
    assert hidden.title not in html
    assert "1 hồ sơ trong đó không công khai" in words(html)


def test_few_files_are_not_ranked(app: Flask) -> None:
    finance, health = by_code("so-tai-chinh"), by_code("so-y-te")
    today = clock.today()
    for _each in range(20):
        files.one(health, state="in_progress", sent=today, due=today - timedelta(days=30))
    files.one(finance, state="answered", sent=today, due=today, answered_after=0)
    files.counted()
    make.commit()
    html = client(app).get("/transparency?sort=-response_rate").get_data(as_text=True)
    told = words(html)
    assert told.index("Sở Y tế") < told.index("Sở Tài chính")
    assert "1 trên 1 ít hồ sơ" in told
    assert "100%" not in told


def test_columns_sort_both_ways(full_app: Flask) -> None:
    browser = client(full_app, "dung")
    for code in (*COUNTS, "name", "response_rate", "median_days"):
        for sign in ("", "-"):
            for by in DIMENSIONS:
                address = f"/oversight?sort={sign}{code}&by={by}"
                assert browser.get(address).status_code == 200
    rows = [
        [words(cell) for cell in re.findall(r"<t[hd] role[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(
            r'<tr role="row">(.*?)</tr>',
            browser.get("/oversight?sort=-received").get_data(as_text=True),
            re.DOTALL,
        )[1:-1]
    ]
    received = [int(row[1]) for row in rows]
    assert received == sorted(received, reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "from=x&to=2026-13",
        "from=2026-11&to=2026-01",
        "sort=--due",
        "sort=nothing",
        "level=moon",
        "by=moon",
        "by=commune&level=province&sort=-median_days",
    ],
)
def test_a_broken_link_still_opens(full_app: Flask, query: str) -> None:
    assert client(full_app).get(f"/transparency?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "indicator=nothing",
        "agency=nobody",
        "agency=a%00b",
        "commune=nowhere",
        "commune=so-y-te",  # a body, but no place
    ],
)
def test_what_does_not_exist_is_not_found(site: Flask, query: str) -> None:
    assert client(site).get(f"/transparency/files?{query}").status_code == 404


def test_an_empty_period_says_what_to_do(app: Flask) -> None:
    told = words(client(app).get("/transparency?from=2025-01&to=2025-02").get_data(as_text=True))
    assert "Kỳ này chưa có hồ sơ nào" in told
    assert "Sáu tháng gần đây" in told


def test_a_new_province_is_not_sent_to_where_it_is(app: Flask) -> None:
    fresh = words(client(app).get("/transparency").get_data(as_text=True))
    assert "Có hồ sơ đầu tiên thì số liệu hiện ở đây" in fresh
    assert "Sáu tháng gần đây" not in fresh


@pytest.mark.parametrize("by", DIMENSIONS)
def test_the_table_as_a_file_adds_up(full_app: Flask, by: str) -> None:
    answer = client(full_app, "dung").get(f"/oversight.csv?from=2025-01&to=2035-01&by={by}")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    *lines, total = rows
    for code in (*COUNTS, "median_files"):
        assert int(total[code]) == sum(int(line[code]) for line in lines)
    assert int(total["received"]) > 100
    assert total[by] == "Tất cả"
    assert total["median_files"] == total["answered"]


def test_the_file_says_what_the_page_says(full_app: Flask) -> None:
    for by in DIMENSIONS:
        asked = Asked(periods.read("2025-01", "2035-01", today=clock.today()), clock.today(), False)
        lines = queries.figures(replace(asked, by=by)).lines
        answer = client(full_app, "dung").get(f"/oversight.csv?from=2025-01&to=2035-01&by={by}")
        rows = csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")))
        told = {row[f"{by}_code"]: row["median_days"] for row in rows}
        for line in lines:
            assert told[line.code] == f"{line.median.days:g}"


def test_a_median_is_shown_with_its_files_and_opens_them(app: Flask) -> None:
    health, sent = by_code("so-y-te"), clock.today() - timedelta(days=20)
    for after in (0, 5):
        files.one(health, state="closed", sent=sent, due=sent, answered_after=after)
    files.counted()
    make.commit()
    browser = client(app)
    html = browser.get("/transparency").get_data(as_text=True)
    took = working_days_between(sent, sent + timedelta(days=5), load_calendar())
    assert f"{took / 2:g} chỉ 2 hồ sơ".replace(".", ",") in words(html)
    address = re.search(r'href="([^"]*indicator=median_days[^"]*agency=so-y-te[^"]*)"', html)
    page = words(browser.get(unescape(address[1])).get_data(as_text=True))
    assert "ngày làm việc · 2 hồ sơ" in page
    assert "Ngày trả lời" in page


def test_dung_finds_the_files_that_were_disputed(app: Flask) -> None:
    health, today = by_code("so-y-te"), clock.today()
    disputed = files.one(health, state="closed", sent=today, due=today, answered_after=0)
    calm = files.one(health, state="closed", sent=today, due=today, answered_after=0)
    files.dispute(disputed)
    files.counted()
    make.commit()
    browser = client(app, "dung")
    html = browser.get("/oversight").get_data(as_text=True)
    address = re.search(r'href="([^"]*indicator=disputed[^"]*)"', html)
    page = browser.get(unescape(address[1])).get_data(as_text=True)
    assert disputed.public_id in page
    assert calm.public_id not in page


def test_dung_sees_which_reports_on_progress_are_late_or_missing(app: Flask) -> None:
    browser = client(app, "dung")
    assert "Không có báo cáo nào trễ hạn" in browser.get("/oversight").text
    plan = make.plan()
    plan.published_at = clock.now() - timedelta(days=800)
    make.commit()
    page = browser.get("/oversight").text
    assert f'href="/plans/{plan.id}/progress"' in page
    assert "báo cáo của các kỳ trước" in page


@pytest.mark.parametrize("page", [*PAGES, *PUBLIC_PAGES])
def test_a_page_asks_at_most_nine_questions(filled: Flask, page: str) -> None:
    browser = client(filled, "dung") if page.startswith("/oversight") else client(filled)
    browser.get(page)
    with count_queries() as asked:
        assert browser.get(page).status_code == 200
    assert len(asked) <= 9, asked


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhYmMiLDFd", "Wzk5LHsiYSI6MX1d", "%ff", HUGE])
def test_a_bent_cursor_is_the_first_page(filled: Flask, cursor: str) -> None:
    answer = client(filled).get(f"/transparency/files?indicator=due&after={cursor}")
    assert answer.status_code == 200


@pytest.mark.parametrize("by", DIMENSIONS)
def test_every_part_of_the_page_has_a_name_of_its_own(full_app: Flask, by: str) -> None:
    address = f"/oversight?from=2025-01&to=2035-01&by={by}"
    html = client(full_app, "dung").get(address).get_data(as_text=True)
    names = re.findall(r'role="region" aria-label="([^"]+)"', html)
    for heading in re.findall(r'<section[^>]* aria-labelledby="([^"]+)"', html):
        names.append(words(re.search(rf'<h2 id="{heading}"[^>]*>(.*?)</h2>', html)[1]))
    assert len(names) == 7
    assert len(set(names)) == 7
