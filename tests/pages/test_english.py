"""English is complete: on an English page nothing is Vietnamese but what people and bodies wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from flask import Flask
from lxml import html

from feedback.core.db import db
from tests.accounts.browser import TOKEN, Browser
from tests.architecture.test_routes import pages
from tests.pages.conftest import Story
from tests.servers.databases import on_sqlite

MARKS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
VIETNAMESE = re.compile(f"[{MARKS}{MARKS.upper()}]")
# names: of the site, its province and its other language; and the example of a search without accents
NAMES = {"Ý dân Tây Ninh", "Tây Ninh", "Tiếng Việt", "đèn đường"}
ATTRIBUTES = (
    "title",
    "alt",
    "aria-label",
    "placeholder",
    "data-l",
    "data-done",
    "value",
    "content",
)


def data(site: Flask) -> list[str]:
    """Every text that stands in the database, and its lines, longest first."""
    found = set(NAMES)
    with site.app_context():
        for table in db.metadata.sorted_tables:
            columns = [
                c for c in table.columns if isinstance(c.type, sa.String | sa.Text | sa.JSON)
            ]
            for row in db.session.execute(sa.select(*columns)) if columns else ():
                for text in strings(list(row)):
                    found |= {text, *text.splitlines(), *re.split(r"(?<=[.;:])\s", text)}
        db.session.remove()
    plain = {" ".join(text.split()) for text in found if VIETNAMESE.search(text)}
    plain |= {text.lower() for text in plain} | {text.capitalize() for text in plain}
    return sorted(plain, key=len, reverse=True)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def parts(page: str) -> Iterator[tuple[html.HtmlElement, bool]]:
    """Every element, and whether it is said to be Vietnamese, by itself or by what it stands in."""
    marked: dict[html.HtmlElement, bool] = {}
    for node in html.fromstring(page).iter():  # what stands around comes first
        if isinstance(node.tag, str):
            own = node.get("lang")
            marked[node] = own == "vi" if own else marked.get(node.getparent(), False)
    yield from marked.items()


def texts(node: html.HtmlElement) -> list[str]:
    return [text for text in (node.text, *(below.tail for below in node)) if text]


def said(page: str) -> Iterator[str]:
    """What a page says in its own language: texts and the attributes that are read."""
    for node, vietnamese in parts(page):
        if not vietnamese:
            yield from texts(node)
            yield from (node.get(name) for name in ATTRIBUTES if node.get(name))


def not_marked(page: str) -> Iterator[str]:
    """Vietnamese text that no element says is Vietnamese (WCAG 3.1.2). Attributes and a page's title, which
    ends with the site's name, cannot say it of a part."""
    for node, vietnamese in parts(page):
        if not vietnamese and node.tag not in ("script", "style", "title"):
            yield from (text for text in texts(node) if VIETNAMESE.search(text))


def untranslated(page: str, written: list[str]) -> list[str]:
    left = []
    for text in said(page):
        rest = " ".join(text.split())
        for known in written:
            if not VIETNAMESE.search(rest):
                break
            rest = rest.replace(known, "")
        if VIETNAMESE.search(rest):
            left.append(rest)
    return left


@on_sqlite
def test_nothing_of_the_interface_is_left_in_vietnamese(
    story: Story, signed_in: Callable[[str], Browser]
) -> None:
    written, found, unmarked = data(story.site), set(), set()
    seen = {""}  # what a search that was not asked for offers
    addresses = list(pages(story))
    stranger = Browser(story.site)
    stranger.send("/track", code=story.codes["answered"])
    readers = [
        stranger,
        *map(signed_in, ("binh", "giang", "thu", "yen", "dung", "minh", "sau", "an")),
    ]
    for browser in readers:
        browser.get("/language/en")
        for address in addresses:
            answer = browser.get(address)
            if answer.mimetype != "text/html" or answer.status_code >= 300:
                continue
            page = TOKEN.sub("", answer.text)
            if page in seen:
                continue
            seen.add(page)
            assert '<html lang="en"' in page, address
            found |= {(address, text) for text in untranslated(page, written)}
            unmarked |= {(address, text) for text in not_marked(page)}
    assert len(seen) > 60
    assert not found, sorted(found)
    assert not unmarked, sorted(unmarked)
