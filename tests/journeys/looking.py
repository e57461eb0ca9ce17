"""One look at one page: everything that holds on every page, without loading it twice."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.journeys.reader import unclear
from tests.journeys.stage import LOOKS, Scheme
from tests.servers.browser import violations

# 1280 CSS pixels at 400 % are 320 of them, and the height shrinks alike
ZOOMED = {"width": 320, "height": 256}
# WCAG 1.4.12: whoever reads better so may set lines, letters and words apart
APART = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
BACK = "() => document.adoptedStyleSheets.pop()"
# what lies beyond the right edge, though the page cannot be moved there; a wide table may, in its frame
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll'))
    .map(one => `${one.tagName}.${one.className}`).slice(0, 4)"""
# text whose box is too small for it
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(one => {
    const style = getComputedStyle(one);
    return style.overflow !== 'visible' && style.clipPath === 'none' && one.tagName !== 'TEXTAREA'
      && !one.closest('svg, .scroll') && one.innerText
      && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2);
  }).map(one => `${one.tagName}.${one.className}`).slice(0, 4)"""


def drilled() -> bool:
    return bool(os.environ.get("FEEDBACK_DRILL"))


def looks(number: int) -> list[tuple[Scheme, int]]:
    """All looks in the drill; else one, another one for each page in turn."""
    return LOOKS if drilled() else [LOOKS[number % len(LOOKS)]]


def findings(page: Page, number: int = 0) -> list[str]:
    """What is wrong with the page that is open, in the looks that are this one's turn."""
    found: list[str] = []

    def note(where: str, what: list[str]) -> None:
        found.extend(f"{page.url} {where}: {one}" for one in what)

    for scheme, width in looks(number):
        # a colour on its way to another one is neither
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        note(f"{scheme} {width}", violations(page))
        note(f"{scheme} {width}, too wide", page.evaluate(TOO_WIDE))
    note("heard", unclear(page))
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(APART)
    note("set apart, too wide", page.evaluate(TOO_WIDE))
    note("set apart, cut", page.evaluate(CUT))
    page.evaluate(BACK)
    page.set_viewport_size(ZOOMED)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    note("at 400 %", page.evaluate(TOO_WIDE))
    page.evaluate("document.documentElement.dataset.size = 'huge'")
    note("at 400 % with very large text", page.evaluate(TOO_WIDE))
    page.emulate_media(color_scheme="light")
    return found


@dataclass
class Walk:
    """What one person looked at. In the drill each page is a line of the log (``pytest -s``)."""

    who: str
    found: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, what: str) -> None:
        """A finding that is no rule of axe's; the walk goes on."""
        self.found.append(f"{self.who}: {what}")
        self.counts += Counter(findings=1)

    def open(self, page: Page, address: str, status: int = 200) -> None:
        answer = page.goto(address)
        if not answer or answer.status != status:
            self.note(f"{address} was answered with {answer and answer.status}")

    def may_open(self, page: Page, address: str, right: bool) -> bool:
        """Whoever holds the right may still have no such file; nobody else gets in."""
        status = page.request.get(address, max_redirects=0).status
        if status == 200 and right:
            return True
        if status not in (403, 404):
            self.note(f"{address} was answered with {status}")
        self.counts += Counter(closed=1)
        return False

    def look(self, page: Page, number: int = 0) -> None:
        """At the page that is open, in the looks that are its turn."""
        found = findings(page, number)
        self.counts += Counter(pages=1, looks=len(looks(number)), findings=len(found))
        self.found += found
        if drilled():
            path = "/" + page.url.split("/", 3)[3]
            print(f"{self.who:8} {path} {len(found) or 'ok'}", flush=True)

    def told(self) -> dict[str, int | str]:
        """A line of the table at the end of the run."""
        return {"who": self.who, **self.counts}
