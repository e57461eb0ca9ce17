"""Every page that anybody may open is valid HTML, says a validator that is not ours (html-validate)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from feedback.core.config import ROOT
from tests.accounts.browser import TOKEN, Browser
from tests.architecture.test_routes import pages
from tests.pages.conftest import Story
from tests.pages.test_suggestions import SAME
from tests.people import CAST
from tests.servers.databases import on_sqlite

SignIn = Callable[[str], Browser]
VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
STAFF = ("binh", "giang", "thu", "cuc", "yen", "dung", "minh", "sau", "an")
VARIES = re.compile(TOKEN.pattern + r"|\b[0-9a-f]{12}(?=</p></main>)")
HALF = {"step": "what", "go": "next", "title": "Đèn hỏng", "kind": "concern", "text": "Đèn hỏng."}


def faults(folder: Path) -> list[str]:
    """What the validator finds in the files of a folder: file, line, rule, words."""
    node = shutil.which("node") or shutil.which("nodejs")
    assert node and VALIDATOR.exists(), "the validator is missing: make setup installs it"
    command = [node, str(VALIDATOR), "-c", str(ROOT / ".htmlvalidate.json"), "-f", "json"]
    ran = subprocess.run(
        [*command, f"{folder}/*.html"], capture_output=True, text=True, check=False
    )
    assert ran.stdout, ran.stderr
    return [
        f"{Path(file['filePath']).name}:{one['line']} {one['ruleId']}: {one['message']}"
        for file in json.loads(ran.stdout)
        for one in file["messages"]
    ]


def kept(story: Story, browser: Browser, who: str, known: set[str]) -> Iterator[tuple[str, str]]:
    """Each page that this reader gets, error pages too: a name for its file, and its text. What somebody was
    answered alike, but for a form's token, an error's number and the reader's name, is the same to the validator."""
    for path in pages(story):
        answer = browser.get(path)
        if answer.mimetype != "text/html" or answer.status_code in {301, 302, 303}:
            continue
        alike = VARIES.sub("", answer.text)
        alike = alike.replace(CAST[who][0], "somebody") if who in CAST else alike
        if alike in known:
            continue
        known.add(alike)
        name = path.strip("/").replace("/", "_").replace("?", "_") or "home"
        yield f"{who}-{answer.status_code}-{name}.html", answer.text


@on_sqlite
def test_every_page_is_valid(story: Story, signed_in: SignIn, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    readers = {"stranger": Browser(story.site), "hoa": Browser(story.site)}
    readers["hoa"].send("/track", code=story.codes["answered"])
    known: set[str] = set()
    for who, browser in [*readers.items(), *((name, signed_in(name)) for name in STAFF)]:
        for name, text in kept(story, browser, who, known):
            (folder / name).write_text(text, encoding="utf-8")
    unhappy = readers["stranger"].send("/submit", **HALF)
    assert unhappy.status_code == 422
    (folder / "submit-errors.html").write_text(unhappy.text, encoding="utf-8")
    paused = readers["stranger"].send("/submit", page="/submit", **SAME)
    (folder / "submit-suggested.html").write_text(paused.text, encoding="utf-8")
    late = readers["stranger"].client.post(
        "/submit", data=HALF, headers={"Sec-Fetch-Site": "same-origin"}
    )
    (folder / "submit-late.html").write_text(late.text, encoding="utf-8")
    assert len(list(folder.glob("*-200-*.html"))) > 100
    assert faults(folder) == []


def test_the_validator_sees_a_fault(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="vi"><head><title>x</title></head><body>{}</body></html>'
    (tmp_path / "a.html").write_text(page.format('<p><div id="a"></div></p><i id="a">x</i>'))
    (tmp_path / "b.html").write_text(page.format("<p>Một câu.</p>"))
    found = faults(tmp_path)
    assert found and all(fault.startswith("a.html") for fault in found)
