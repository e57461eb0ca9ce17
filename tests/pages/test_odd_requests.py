"""Requests that no page of ours makes: they get an answer that fits, and cost no more than others."""

from __future__ import annotations

import io
import re
import runpy
import socket
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from gunicorn.config import Config
from gunicorn.http.errors import InvalidChunkSize
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create

from feedback.app import create_app
from feedback.core import clock, maps
from feedback.core.config import ROOT
from feedback.core.db import commit, db
from feedback.petitions.actions import answering
from feedback.petitions.models import Petition
from tests.accounts.browser import Browser
from tests.files.map_corpus import write_map
from tests.pages.conftest import Story
from tests.people import person
from tests.servers.databases import settings_for

MANY = 64 * 1024 * 1024
NOWHERE = [
    "/petitions/%00",
    "/petitions/a%00b/supports/new",
    "/attachments/%00",
    "/comments/%00",
    "/communes/%00",
    "/follows/%00",
    "/invitations/%00",
    "/publications/evidence/%00",
    "/progress/evidence/%00",
]


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_with_a_nul_names_nothing(story: Story, address: str) -> None:
    assert Browser(story.site).get(address).status_code == 404


def test_a_bent_form_with_a_nul_is_no_fault_of_ours(story: Story) -> None:
    for name in ("commune", "item", "key", "step", "go"):
        answer = Browser(story.site).send("/submit", page="/submit", **{name: "a\0b"})
        assert answer.status_code in {200, 400, 422}, name


def test_a_large_file_is_handed_out_piece_by_piece(sqlite_url: str, tmp_path: Path) -> None:
    path = write_map(tmp_path / "map.pmtiles")
    with path.open("r+b") as whole:
        whole.truncate(MANY)
    site = create_app(settings_for(sqlite_url, tmp_path, map_file=path))
    tracemalloc.start()
    answer = site.test_client().get("/map/tiles.pmtiles", buffered=False)
    first = next(answer.iter_encoded())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    answer.close()
    assert first.startswith(maps.MARK) and answer.content_length == MANY
    assert most < MANY / 4


def test_what_everybody_keeps_speaks_one_language(site: Flask) -> None:
    english = {"Cookie": "__Host-lang=en"}
    client = site.test_client(use_cookies=False)
    shown = client.get("/manifest.webmanifest", headers=english)
    assert shown.data == client.get("/manifest.webmanifest").data
    offers = client.get("/search/offers?q=den", headers={"Cookie": "__Host-staff=x"})
    assert "public" not in offers.headers["Cache-Control"]


def test_what_a_search_engine_is_sent_to_is_not_what_it_is_asked_to_leave(site: Flask) -> None:
    client = site.test_client()
    told = client.get("/robots.txt").text.splitlines()
    left = [line.removeprefix("Disallow: ") for line in told if line.startswith("D")]
    assert told[0] == "User-agent: *" and "/search" in left
    rules = {rule.rule for rule in site.url_map.iter_rules()}
    assert all(any(rule.startswith(path) for rule in rules) for path in left), (
        "nothing is there any more"
    )
    assert not any(
        path.startswith(tuple(left)) for path in ("/plans/1", "/items/1", "/petitions/a", "/")
    )


def test_a_choice_that_is_gone_meanwhile_is_said_in_vietnamese(story: Story) -> None:
    """The commune ended while her page was open; the kind was bent."""
    for step, field in (("where", "commune"), ("what", "kind")):
        sent = {"step": step, field: "xa-da-het", "title": "Đèn đường", "text": "Đèn hỏng " * 5}
        answer = Browser(story.site).send("/submit", page="/submit", **sent)
        assert answer.status_code == 422
        assert "không còn trong danh sách" in answer.text
        assert "Not a valid" not in answer.text


def test_a_choice_of_blanks_is_none(story: Story, signed_in: Callable[[str], Browser]) -> None:
    sent = {"title": "Dự toán", "kind": "budget", "decided_on": clock.today().isoformat()}
    answer = signed_in("yen").send("/officer/publications/new", item=" ", **sent)
    assert answer.status_code == 422
    assert "không còn trong danh sách" in answer.text


@pytest.mark.parametrize("typed", ["hòa@example.vn", "hoa@xãtânbiên.vn", "İ@example.vn"])
def test_an_address_with_accents_is_refused_before_a_notice_to_it_stops_the_agency(
    story: Story, typed: str
) -> None:
    """Typed with the keyboard of every day; no mail goes there, and no verb may fail of it later."""
    browser, here = Browser(story.site), f"/petitions/{story.petitions['in_progress']}"
    sent = {"step": "contact", "title": "Đèn đường hỏng", "text": "Đèn hỏng " * 5, "email": typed}
    asked = [
        browser.send("/submit", page="/submit", kind="concern", **sent),
        browser.send("/track/email", email=typed),
        browser.send("/track/lost", contact=typed),
        browser.send(f"{here}/supports/new", contact=typed),
        browser.send(f"/items/{story.item_id}/follows/new", email=typed),
    ]
    for answer in asked:
        assert answer.status_code == 422
        assert "không có dấu" in answer.text


def test_an_address_that_was_taken_in_before_stops_no_verb(story: Story) -> None:
    with story.site.app_context():
        file = db.session.query(Petition).filter_by(state="awaiting_approval").one()
        assert file.contact is not None
        file.contact.email = "hòa@example.vn"
        version = file.answers[0].versions[0].id
        answering.approve(file, version_id=version, on=clock.today(), by=person("giang"))
        commit()
        assert file.state == "answered"
        db.session.remove()


def test_figures_of_the_machine_do_not_leave_it_through_a_proxy_that_nobody_configured(
    site: Flask,
) -> None:
    client = site.test_client()
    assert client.get("/metrics").status_code == 200
    through = {"X-Forwarded-For": "203.0.113.7"}
    assert client.get("/metrics", headers=through).status_code == 404


class Cut(io.RawIOBase):
    """A body of which nothing more comes."""

    def readinto(self, _buffer: object) -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    def readable(self) -> bool:
        return True


def test_a_telephone_that_lost_its_line_holds_no_thread_for_good(app: Flask) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    settings["when_ready"](SimpleNamespace(LISTENERS=[SimpleNamespace(sock=listener)]))
    with socket.create_connection(listener.getsockname()), listener, listener.accept()[0] as taken:
        assert taken.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)[0] == 20
        assert taken.getsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, 16)[0] == 20
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "1000"}
    answer = app.test_client().post("/submit", environ_overrides={"wsgi.input": Cut(), **form})
    assert answer.status_code == 400


def test_no_header_says_under_which_path_the_site_stands(story: Story) -> None:
    """gunicorn believes SCRIPT_NAME of this machine, where the proxy is too: one such request made a page
    whose links led elsewhere, and it was kept for everybody."""
    config = Config()
    for name, value in runpy.run_path(str(ROOT / "gunicorn.conf.py")).items():
        if name in config.settings:
            config.set(name, value)
    sent = b"GET //x.example/plans HTTP/1.1\r\nHost: a\r\nSCRIPT_NAME: //x.example\r\nX-Forwarded-Proto: https\r\n\r\n"
    here = ("127.0.0.1", 8000)
    _answer, environ = create(
        next(RequestParser(config, iter([sent]), here)), None, here, here, config
    )
    assert (environ["SCRIPT_NAME"], environ["wsgi.url_scheme"]) == ("", "http")
    client = story.site.test_client()
    assert "x.example" in client.get("/plans", base_url="http://localhost//x.example").text
    assert "x.example" not in client.get("/plans").text


class Bent(Cut):
    """A body in chunks whose sizes are none."""

    def readinto(self, _buffer: object) -> int:
        raise InvalidChunkSize(b"ZZ")


def test_what_is_refused_before_it_is_read_has_a_number_too(app: Flask) -> None:
    client = app.test_client()
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input_terminated": True}
    bent = client.post("/track", environ_overrides={"wsgi.input": Bent(), **form})
    for answer in (bent, client.post("/track", data={"code": "TN"})):
        assert answer.status_code == 400
        assert re.search(r"\b[0-9a-f]{12}\b", answer.text), "the operator finds it by this"
