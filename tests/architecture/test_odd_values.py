"""Whoever types into the address bar, or sends what a program made up, gets a page and never an error of ours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.accounts.browser import Browser
from tests.architecture.test_permission_matrix import OPEN, PUBLIC, WHO, SignIn, addresses
from tests.architecture.test_routes import FILLERS
from tests.pages.conftest import Story

CODE = Path(__file__).parents[2] / "feedback"
READ_BY_CODE = re.compile(r'\bargs(?:\.get|\.getlist)?[(\[]"(\w+)"')
# what broke sites before: the end of a string in C, half a character, a number beyond 64 bits, a digit that is
# one to str.isdigit() and none to int(), a day that is none, a key of a list that is none, SQL's own signs
ODD = (
    "a\x00b",
    "\ud7ff\u202e²",
    "9" * 30,
    "-1",
    "٣",
    "2026-02-30",
    "0000-00-00",
    "' OR 1=1 --%_*\\",
    "[]",
    "đ" * 3000,
)


class Names(HTMLParser):
    """The names that a page itself asks with: its links' questions and the fields of its GET forms."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._asking = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._asking = has.get("method", "get").lower() == "get"
        if tag == "a":
            self.found |= {name for name, _ in parse_qsl(urlsplit(has.get("href", "")).query)}
        if self._asking and tag in {"input", "select", "button"} and has.get("name"):
            self.found.add(has["name"])


def names_read_by_code() -> set[str]:
    return {
        name
        for path in CODE.rglob("*.py")
        for name in READ_BY_CODE.findall(path.read_text(encoding="utf-8"))
    }


def test_no_odd_value_in_an_address_breaks_a_page(story: Story, signed_in: SignIn) -> None:
    found, own = addresses(story), names_read_by_code()
    assert {"after", "q", "page", "sort"} <= own
    browsers = {"": Browser(story.site)}
    for turn, (endpoint, path) in enumerate([*found.items(), *public_addresses(story)]):
        who = one_of(endpoint)
        if who not in browsers:
            browsers[who] = signed_in(who)
        page = browsers[who].get(path).data.decode("utf-8", "replace")
        names = sorted(own | Names(page).found)
        # each name has another value at each address
        odd = {name: ODD[(at + turn) % len(ODD)] for at, name in enumerate(names)}
        question = urlencode(odd, errors="surrogatepass")
        assert browsers[who].get(f"{path}?{question}").status_code != 500, (endpoint, who, odd)


def one_of(endpoint: str) -> str:
    """Somebody who may open it; nobody in particular where everybody may."""
    allowed = OPEN if endpoint in PUBLIC else WHO[endpoint]
    return "" if allowed == OPEN else min(allowed, default="")


def public_addresses(story: Story) -> list[tuple[str, str]]:
    values = {**FILLERS, "item_id": story.item_id, "plan_id": story.plan_id}
    values |= {"public_id": story.petitions["answered"]}
    with story.site.test_request_context():
        return [
            (
                rule.endpoint,
                story.site.url_for(rule.endpoint, **{n: values[n] for n in rule.arguments}),
            )
            for rule in story.site.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and rule.endpoint in PUBLIC
            and rule.arguments <= set(values)
        ]
