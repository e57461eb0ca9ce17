"""The inbox and the trial mail as pages: owner, stranger, signed out, and not a demonstration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.accounts.actions.sign_in import begin_whole
from feedback.accounts.models import Person, RoleGrant
from feedback.accounts.session import STAFF_COOKIE
from feedback.app import create_app
from feedback.core.config import Settings
from feedback.core.db import commit, db
from feedback.notifications.actions import enqueue
from feedback.notifications.models import InboxItem
from feedback.notifications.tasks import Worker

SETTINGS = Settings(secret_key="a secret for tests, long enough to pass", testing=True, demo=True)


@pytest.fixture
def site(engine_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(replace(SETTINGS, database_url=engine_url, instance_dir=tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        db.create_all()
        for name in ("binh", "cuc"):
            person = Person(name=name.title(), email=f"{name}@demo.example", locale="vi")
            person.grants = [RoleGrant(role="officer")]
            db.session.add(person)
        commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def person(name: str) -> Person:
    return db.session.query(Person).filter_by(email=f"{name}@demo.example").one()


def signed_in(app: Flask, name: str) -> FlaskClient:
    token = begin_whole(person(name))
    commit()
    client = app.test_client()
    client.set_cookie(STAFF_COOKIE, token, secure=True)
    return client


def notice(name: str = "binh", link: str = "") -> str:
    item = InboxItem(
        person_id=person(name).id, subject="Hồ sơ <mới>", body="Dòng một\n\nDòng hai", link=link
    )
    db.session.add(item)
    commit()
    return item.public_id


SAFE = {"base_url": "https://localhost"}


def test_an_officer_reads_her_notices_and_marks_them(site: Flask) -> None:
    public_id = notice(link="/officer")
    client = signed_in(site, "binh")
    page = client.get("/officer/inbox", **SAFE)
    assert page.status_code == 200
    assert "Hồ sơ &lt;mới&gt;" in page.text
    opened = client.post(f"/officer/inbox/{public_id}/read", **SAFE)
    assert (opened.status_code, opened.location) == (303, "/officer")
    notice()
    done = client.post("/officer/inbox/read", **SAFE)
    assert (done.status_code, done.location) == (303, "/officer/inbox")
    db.session.expire_all()
    assert all(item.read_at for item in db.session.query(InboxItem))
    for _turn in range(50):
        notice()
    newest = client.get("/officer/inbox", **SAFE).text
    assert newest.count("Hồ sơ &lt;mới&gt;</b>") == 50
    older = re.search(r'href="(/officer/inbox\?after=[^"]+)"', newest)
    assert older and client.get(older[1], **SAFE).text.count("Dòng hai") == 2


def test_a_colleague_cannot_see_or_mark_them(site: Flask) -> None:
    public_id = notice("binh")
    client = signed_in(site, "cuc")
    assert "Hồ sơ" not in client.get("/officer/inbox", **SAFE).text
    assert client.post(f"/officer/inbox/{public_id}/read", **SAFE).status_code == 404
    assert client.post("/officer/inbox/0000000000000000/read", **SAFE).status_code == 404
    assert client.get(f"/officer/inbox/{public_id}/read", **SAFE).status_code == 405


def test_a_stranger_is_asked_to_sign_in(site: Flask) -> None:
    asked = site.test_client().get("/officer/inbox", **SAFE)
    assert (asked.status_code, "/sign-in" in asked.location) == (302, True)
    sent = site.test_client().post("/officer/inbox/read", **SAFE)
    assert (sent.status_code, "/sign-in" in sent.text) == (401, True)


def test_the_demonstration_shows_its_mail_to_all(site: Flask) -> None:
    client = site.test_client()
    assert client.get("/hop-thu-thu", **SAFE).status_code == 200
    enqueue(
        "email",
        to="hoa@dan.example",
        template="notifications/trial",
        params={},
        dedupe_key="one",
        locale="vi",
    )
    commit()
    Worker().run(once=True)
    page = client.get("/hop-thu-thu", **SAFE)
    assert "hoa@dan.example" in page.text
    link = page.text.split('href="/hop-thu-thu/')[1].split('"')[0]
    assert client.get(f"/hop-thu-thu/{link}", **SAFE).status_code == 200
    assert client.get("/hop-thu-thu/nothing", **SAFE).status_code == 404


def test_a_real_site_has_no_trial_mail(site: Flask) -> None:
    site.config["DEMO"] = False
    assert site.test_client().get("/hop-thu-thu", **SAFE).status_code == 404
