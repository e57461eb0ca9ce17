"""An is invited, joins, and later loses her phone."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.accounts import queries
from feedback.accounts.models import Invitation, Person
from feedback.accounts.rules import totp
from feedback.audit.queries import events_of
from feedback.core.db import db
from feedback.core.ids import keyed_hash
from feedback.notifications.models import OutboxMessage
from tests.accounts.browser import Browser, replayed
from tests.accounts.conftest import PASSWORD, join, later, phone
from tests.accounts.test_sign_in import INSIDE, is_inside, sign_in

SHOWN_KEY = re.compile(r"<code>([A-Z2-7 ]+)</code>")


def invited(site: Flask, email: str = "an@so.example", *options: str) -> str:
    """The path of the link that the command prints."""
    words = ["people", "invite", "--role", "admin", "--email", email, "--name", "Hồ Bảo An"]
    run = site.test_cli_runner().invoke(args=[*words, *options])
    assert run.exit_code == 0, run.output
    base, path = run.output.strip().split("/invitations/")
    assert base == "http://127.0.0.1:8000"
    return f"/invitations/{path}"


def app_code(site: Flask, page: str) -> str:
    """What an authenticator shows that was given the key on the page."""
    found = SHOWN_KEY.search(page)
    assert found
    with site.app_context():
        return queries.code_now(found[1].replace(" ", ""))


def accept(site: Flask, browser: Browser, link: str, password: str = PASSWORD) -> object:
    return browser.send(link, password=password, code=app_code(site, browser.get(link).text))


def test_who_accepts_is_in_and_can_come_back(site: Flask, browser: Browser) -> None:
    link = invited(site)
    page = browser.get(link)
    assert "Hồ Bảo An" in page.text and "an@so.example" in page.text
    answer = browser.send(link, password=PASSWORD, code=app_code(site, page.text))
    assert (answer.status_code, answer.location) == (303, "/admin")
    assert is_inside(browser)
    browser.sign_out()
    with site.app_context():
        person = queries.person_by_email("an@so.example")
    assert person is not None
    with later(seconds=60):
        sign_in(browser, site, person)
        assert is_inside(browser)


def test_a_link_works_once(site: Flask, browser: Browser) -> None:
    link = invited(site)
    accept(site, browser, link)
    for answer in (Browser(site).get(link), Browser(site).get(f"{link}/qr.svg")):
        assert answer.status_code == 404
    again = Browser(site).send(link, page="/sign-in", password=PASSWORD, code="123456")
    assert again.status_code == 404
    assert "không còn dùng được" in Browser(site).get(link).text


def test_a_link_ends_after_three_days(site: Flask, browser: Browser) -> None:
    link = invited(site)
    with later(days=2, hours=23):
        assert browser.get(link).status_code == 200
    with later(days=3, minutes=1):
        assert browser.get(link).status_code == 404


def test_a_made_up_link_opens_nothing(browser: Browser) -> None:
    assert browser.get("/invitations/khong-co-that").status_code == 404


def test_a_new_link_ends_the_one_before(site: Flask, browser: Browser) -> None:
    old, new = invited(site), invited(site)
    assert browser.get(old).status_code == 404
    assert browser.get(new).status_code == 200


def test_opening_the_page_uses_nothing_up_and_writes_no_row(site: Flask, browser: Browser) -> None:
    link = invited(site)
    with site.app_context():
        before = db.session.execute(sa.text("SELECT * FROM invitation")).all()
    assert browser.get(link).status_code == browser.get(f"{link}/qr.svg").status_code == 200
    with site.app_context():
        assert db.session.execute(sa.text("SELECT * FROM invitation")).all() == before


def test_who_only_saw_the_link_knows_another_secret(site: Flask, browser: Browser) -> None:
    link = invited(site)
    thief = Browser(site)
    seen = SHOWN_KEY.search(thief.get(link).text)
    own = SHOWN_KEY.search(browser.get(link).text)
    assert seen and own and seen[1] != own[1]
    assert SHOWN_KEY.search(browser.get(link).text)[1] == own[1], "the same at the next look"  # type: ignore[index]


def test_the_stored_seed_does_not_open_the_second_factor(site: Flask, browser: Browser) -> None:
    link = invited(site)
    secret = SHOWN_KEY.search(browser.get(link).text)[1].replace(" ", "")  # type: ignore[index]
    accept(site, browser, link)
    with site.app_context():
        person = queries.person_by_email("an@so.example")
        assert person and person.totp_seed and secret not in person.totp_seed
        assert queries.secret_from(person.totp_seed) == secret
        site.config["SECRET_KEY"] = "the key of another site, as long as that"
        assert totp.secret_of(keyed_hash(person.totp_seed, "totp")) != secret


def test_the_picture_needs_nothing_inline(site: Flask, browser: Browser) -> None:
    picture = browser.get(f"{invited(site)}/qr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.text.startswith("<svg") and "style" not in picture.text
    assert picture.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngắn quá", "ít nhất 12 ký tự"),
        ("aaaaaaaaaaaaaa", "hàng phím"),
        ("matkhau123456", "kẻ gian"),
        ("an@so.example", "tên hoặc địa chỉ email"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(
    site: Flask, browser: Browser, password: str, sentence: str
) -> None:
    link = invited(site)
    answer = accept(site, browser, link, password)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert sentence in answer.text  # type: ignore[attr-defined]
    assert 'id="password" name="password" value=""' in answer.text  # type: ignore[attr-defined]
    assert accept(site, browser, link).status_code == 303  # type: ignore[attr-defined]


def test_a_wrong_code_changes_nothing(site: Flask, browser: Browser) -> None:
    link = invited(site)
    right = app_code(site, browser.get(link).text)
    wrong = str((int(right) + 1) % 1_000_000).zfill(6)
    answer = browser.send(link, password=PASSWORD, code=wrong)
    assert answer.status_code == 422
    assert "Mã chưa đúng" in answer.text
    with site.app_context():
        person = queries.person_by_email("an@so.example")
        assert person and person.password_hash is None and person.totp_seed is None
    assert not is_inside(browser)


def test_who_lost_her_phone_is_let_in_anew_and_old_sessions_end(site: Flask) -> None:
    an = join(site, "Hồ Bảo An", "an@so.example", "admin")
    lost, new = Browser(site), Browser(site)
    cookie = sign_in(lost, site, an)
    link = invited(site)
    assert is_inside(lost), "nothing changes before she accepts"
    accept(site, new, link, "mật khẩu hoàn toàn khác")
    assert is_inside(new)
    assert replayed(site, INSIDE, cookie).status_code == 302
    with later(minutes=2):
        assert lost.password(an.email, PASSWORD).status_code == 422
        assert lost.password(an.email, "mật khẩu hoàn toàn khác").status_code == 303
        assert lost.code(phone(site, an)).status_code == 422, "the lost phone's codes"


def test_the_record_and_the_mail_know_of_it(site: Flask, browser: Browser) -> None:
    link = invited(site)
    accept(site, browser, link)
    with site.app_context():
        person = queries.person_by_email("an@so.example")
        assert person is not None
        said = events_of(person.subject, levels=("public", "party"))
        assert [event.kind for event in said] == ["person:invited", "person:joined"]
        assert said[0].fields == {"roles": "admin"}, "neither name nor address"
        mail = db.session.scalars(sa.select(OutboxMessage)).one()
        assert (mail.address, mail.params["link"]) == ("an@so.example", link)
        stored = db.session.scalars(sa.select(Invitation)).one()
        assert stored.token_hash not in link


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--role", "king", "--email", "a@b.vn"], "king"),
        (["--role", "admin", "--email", "khong phai email"], "email"),
        (["--role", "officer", "--email", "a@b.vn", "--agency", "so-phep-thuat"], "so-phep-thuat"),
    ],
)
def test_the_command_says_what_is_wrong(site: Flask, options: list[str], complaint: str) -> None:
    run = site.test_cli_runner().invoke(args=["people", "invite", *options])
    assert run.exit_code != 0
    assert complaint in run.output
    with site.app_context():
        assert db.session.scalars(sa.select(Person)).all() == []


def test_the_list_shows_who_has_joined(site: Flask, binh: Person) -> None:
    invited(site)
    lines = site.test_cli_runner().invoke(args=["people", "list"]).output.splitlines()
    assert "an@so.example\tHồ Bảo An\tadmin\tinvited" in lines
    assert "binh@so.example\tNguyễn Thanh Bình\tofficer\tjoined" in lines


def test_who_has_left_is_out_at_once_and_comes_back_by_a_new_link_alone(
    site: Flask, browser: Browser
) -> None:
    accept(site, browser, invited(site))
    waiting = invited(site)  # a link that nobody has used yet
    closing = ["people", "shut-out", "--email", "AN@so.example"]
    run = site.test_cli_runner().invoke(args=closing)
    assert run.exit_code == 0, run.output
    assert not is_inside(browser)
    assert Browser(site).get(waiting).status_code == 404
    assert Browser(site).password("an@so.example", PASSWORD).status_code == 422
    again = site.test_cli_runner().invoke(args=closing)
    assert again.exit_code == 1 and "đã bị khóa" in again.output
    nobody = site.test_cli_runner().invoke(args=[*closing[:-1], "nobody@so.example"])
    assert nobody.exit_code == 1 and "Traceback" not in nobody.output
    with site.app_context():
        person = queries.person_by_email("an@so.example")
        assert person is not None
        kinds = [event.kind for event in events_of(person)]
    assert kinds[-1] == "person:shut_out"
    with later(seconds=90):
        accept(site, browser, invited(site))
        assert is_inside(browser)
