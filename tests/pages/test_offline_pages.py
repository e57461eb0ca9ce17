"""What the site gives a phone to keep, and what it takes from a phone that had no line."""

from __future__ import annotations

import io
import json
from typing import Any

from werkzeug.test import TestResponse

from tests.accounts.browser import Browser
from tests.files import corpus
from tests.pages.conftest import Story, busy_network
from tests.pages.test_submission import GOOD, petitions

WAITED = {name: GOOD[name] for name in ("kind", "title", "text", "email")}
KEY = "a key of the phone, long enough for one"


def sends(browser: Browser, *pictures: bytes, **changes: str) -> TestResponse:
    """What waited, with a token of now."""
    token = browser.get("/offline/token").get_json()["token"]
    data: dict[str, Any] = {"csrf_token": token, "key": KEY, "all_files": "1", **WAITED, **changes}
    data["files"] = [(io.BytesIO(one), f"{n}.jpg") for n, one in enumerate(pictures)]
    return browser.client.post("/offline/petitions", data=data)


def test_what_waited_is_one_petition_however_often_it_comes(story: Story) -> None:
    before = petitions(story.site)
    browser, picture = Browser(story.site), corpus.jpeg(3)
    refused = sends(browser, corpus.jpeg(4), b"no picture at all")
    assert refused.status_code == 422
    assert "1.jpg" in refused.get_json()["reasons"][0]
    first = sends(browser, picture)  # the refused one was let go, and the other one changed
    assert first.status_code == 200
    assert sends(Browser(story.site), picture).get_json() == first.get_json()
    receipt = browser.get("/receipt")
    assert first.get_json()["code"] in receipt.text
    assert KEY in receipt.text  # tells the phone which draft is done
    for changed in (
        sends(browser, corpus.jpeg(5)),
        sends(browser, picture, text="Một chuyện khác hẳn: cầu qua kênh bị sụt từ tuần trước."),
    ):
        assert changed.status_code == 409
        assert changed.get_json()["again"] is True
        assert "Biểu mẫu này đã gửi rồi" in changed.get_json()["reasons"][0]
    assert petitions(story.site) == before + 1
    browser.send("/track", code=first.get_json()["code"])
    assert browser.get("/track/file").text.count("<img") == 1


def test_what_cannot_be_taken_comes_with_its_reasons(story: Story) -> None:
    before = petitions(story.site)
    short = sends(Browser(story.site), text="Hỏng")
    assert short.status_code == 422
    assert "Ngắn quá" in short.get_json()["reasons"][0]
    assert sends(Browser(story.site), key="short").status_code == 400
    assert petitions(story.site) == before


def test_a_network_that_must_wait_is_told_how_long_and_nothing_is_refused(story: Story) -> None:
    before = petitions(story.site)
    browser, picture = Browser(story.site), corpus.jpeg(3)
    browser.client.environ_base["REMOTE_ADDR"] = busy_network(story)
    waits = sends(browser, picture)
    assert waits.status_code == 429
    # no reasons: it stays in the queue
    assert waits.get_json() == {"wait": int(waits.headers["Retry-After"])}
    assert petitions(story.site) == before
    browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.4"
    assert sends(browser, picture).status_code == 200
    assert petitions(story.site) == before + 1


def test_the_worker_is_asked_for_anew_and_changes_with_what_was_built(story: Story) -> None:
    answer = Browser(story.site).get("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    site = json.loads(answer.text.partition("self.site = ")[2].partition(";\n")[0])
    assert len(site["version"]) == 12
    assert "Bản đã lưu lúc {at}" in site["saved"]["vi"]
    for path in (*site["assets"], *site["shells"]):
        assert Browser(story.site).get(path).status_code == 200, path


def test_what_is_kept_speaks_its_readers_language(story: Story) -> None:
    browser = Browser(story.site)  # without a cookie, as the worker asks
    english = browser.get("/sw.js?lang=en").text
    assert '"lang": "en"' in english and '"lang": "vi"' in browser.get("/sw.js?lang=xx").text
    for path, heading in (("/offline", "has no connection"), ("/offline/submit", "Write offline")):
        page = browser.get(f"{path}?lang=en")
        assert '<html lang="en"' in page.text and heading in page.text
        assert '<html lang="vi"' in browser.get(path).text


def test_the_manifest_names_the_site_and_icons_that_are_there(story: Story) -> None:
    browser = Browser(story.site)
    told = browser.get("/manifest.webmanifest").get_json(force=True)
    assert told["name"] == "Ý dân Tây Ninh"
    assert told["display"] == "standalone"
    assert {(one["sizes"], one["purpose"]) for one in told["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for one in told["icons"]:
        assert browser.get(one["src"]).data.startswith(b"\x89PNG")


def test_what_a_phone_keeps_holds_nothing_of_anybody(story: Story) -> None:
    for path in ("/offline", "/offline/submit"):
        answer = Browser(story.site).get(path)
        assert "Set-Cookie" not in answer.headers
        assert "csrf_token" not in answer.text
        assert answer.headers["Cache-Control"] == "no-cache"


def test_one_button_has_the_device_forget_everything(story: Story) -> None:
    browser = Browser(story.site)
    browser.send("/track", code=story.codes["answered"])
    assert browser.get("/track/file").status_code == 200
    answer = browser.send("/offline/kept")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert browser.get("/track/file").location.endswith("/track?sent_from=file")
