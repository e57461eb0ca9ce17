"""The page of search as people meet it, and the offers while they type."""

from __future__ import annotations

import re
from collections import Counter
from math import inf

from werkzeug.test import TestResponse

from feedback.core.db import commit, db
from feedback.pages import pacing
from feedback.search.queries import found
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story

ROW = re.compile(r'<li><a href="([^"]+)">(.*?)</a>')
NEXT = re.compile(r'href="([^"]*after=[^"]*)"')


def ask(browser: Browser, path: str, **asked: str) -> TestResponse:
    return browser.get(path, query_string=asked)


def rows(page: str) -> list[tuple[str, str]]:
    return ROW.findall(page[page.index("<main") : page.index("</main")])


def test_words_are_marked_as_they_were_written_and_nothing_of_a_text_becomes_a_tag(
    story: Story,
) -> None:
    with story.site.app_context():
        made = make.petition(
            state="received",
            title="Đèn đường <b>hỏng</b> & tối",
            text='Ba cột đèn ở <script>alert("x")</script> đường số 9 tắt.',
        )
        address = f"/petitions/{made.public_id}"
        commit()
        db.session.remove()
    browser = Browser(story.site)
    for typed in ("den duong hong", "ĐÈN ĐƯỜNG hỏng", '"đèn đường" hong'):
        page = ask(browser, "/search", q=typed).text
        ((to, title),) = rows(page)
        assert to == address
        assert title == ("<mark>Đèn đường</mark> &lt;b&gt;<mark>hỏng</mark>&lt;/b&gt; &amp; tối"), (
            title
        )
        assert "&lt;script&gt;" in page and "<script>alert" not in page
    assert rows(ask(browser, "/search", q='"duong den hong"').text) == []
    offers = ask(browser, "/search/offers", q="đèn đư")
    assert "&lt;b&gt;hỏng" in offers.text and f'data-to="{address}"' in offers.text


def test_limits_are_a_form_that_needs_no_script_and_pages_go_on_by_key(story: Story) -> None:
    with story.site.app_context():
        there = make.commune("xa-tan-bien").id
        for n in range(found.SIZE + 3):
            make.petition(state="received", title=f"Xin trồng cây số {n}", commune_id=there)
        commit()
        db.session.remove()
    browser = Browser(story.site)
    page = ask(browser, "/search", q="trồng cây", commune="xa-tan-bien", since="30").text
    assert re.search(r'<option value="xa-tan-bien" selected>[^<]*\(13\)', page)
    assert re.search(r'<option value="30" selected>[^<]*\(13\)', page)
    first = rows(page)
    (address,) = set(NEXT.findall(page))
    following = browser.get(address.replace("&amp;", "&")).text
    assert len(first) == found.SIZE and len(rows(following)) == 3
    assert not {to for to, _t in first} & {to for to, _t in rows(following)}
    for wrong in ("x", "9", "0.zz", "3.99999999999999999", "١.5"):
        assert len(rows(ask(browser, "/search", q="trồng cây", after=wrong).text)) in {
            0,
            found.SIZE,
        }
    for odd in ({"kind": "x"}, {"agency": "no'one"}, {"since": "7"}, {"plan": "-1"}):
        assert ask(browser, "/search", q="trồng cây", **odd).status_code == 200


def test_nothing_found_says_which_word_stands_nowhere_and_where_to_go(story: Story) -> None:
    browser = Browser(story.site)
    page = ask(browser, "/search", q="qwrtz vay vốn", kind="item").text
    assert "Không nơi nào có: qwrtz." in page and 'href="/search?q=vay+von&amp;kind=item"' in page
    assert 'href="/submit"' in page
    beginning = ask(browser, "/search", q="hướng dẫn vay vố").text
    assert "Không có từ “vo”" in beginning or rows(beginning)
    assert rows(ask(browser, "/search", q="").text) == []


def test_more_than_can_be_counted_is_said_to_be_more(story: Story, monkeypatch: object) -> None:
    monkeypatch.setattr(found, "MOST", 2)  # type: ignore[attr-defined]
    page = ask(Browser(story.site), "/search", q="vay vốn").text
    assert "Hơn 200 kết quả" in page and len(rows(page)) > 2


def test_offers_keep_a_pace_that_hands_keep(story: Story, monkeypatch: object) -> None:
    monkeypatch.setattr(pacing, "MOST", 3)  # type: ignore[attr-defined]
    monkeypatch.setattr(pacing, "_asked", Counter())  # type: ignore[attr-defined]
    monkeypatch.setattr(pacing, "_until", inf)  # type: ignore[attr-defined] # these seconds last
    browser = Browser(story.site, address="203.0.113.77")
    answers = [ask(browser, "/search/offers", q=f"va{n}").status_code for n in range(4)]
    assert answers == [200, 200, 200, 429]
    assert ask(browser, "/search", q="va").status_code == 200
