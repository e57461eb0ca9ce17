"""Bình signs in; others try."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from feedback.accounts.models import Person, StaffSession, Throttle
from feedback.accounts.rules import hashing
from feedback.core import clock
from feedback.core.db import commit, db
from tests.accounts.browser import Browser, replayed
from tests.accounts.conftest import PASSWORD, join, later, phone

INSIDE = "/officer/inbox"


def sign_in(browser: Browser, site: Flask, person: Person) -> str:
    """Both factors; returns the cookie's token."""
    assert browser.password(person.email, PASSWORD).status_code == 303
    assert browser.code(phone(site, person)).status_code == 303
    return browser.cookie("__Host-staff")


def is_inside(browser: Browser) -> bool:
    return browser.get(INSIDE).status_code == 200


def test_an_officer_signs_in_with_password_and_code(
    site: Flask, browser: Browser, binh: Person
) -> None:
    first = browser.password(" BINH@so.example ", PASSWORD)
    assert (first.status_code, first.location) == (303, "/sign-in/code")
    second = browser.code(phone(site, binh))
    assert (second.status_code, second.location) == (303, "/officer")
    assert is_inside(browser)


def test_who_is_in_already_is_sent_on(site: Flask, browser: Browser, binh: Person) -> None:
    sign_in(browser, site, binh)
    assert browser.get("/sign-in").location == "/officer"


def test_the_password_alone_opens_nothing(site: Flask, browser: Browser, binh: Person) -> None:
    browser.password(binh.email, PASSWORD)
    assert browser.cookie("__Host-staff")
    assert browser.get(INSIDE).location.startswith("/sign-in")


def test_half_a_session_ends_after_ten_minutes(site: Flask, browser: Browser, binh: Person) -> None:
    browser.password(binh.email, PASSWORD)
    with later(minutes=9):
        assert browser.get("/sign-in/code").status_code == 200
    with later(minutes=11):
        assert browser.get("/sign-in/code").location == "/sign-in"


def test_the_code_page_without_a_password_leads_to_the_beginning(browser: Browser) -> None:
    assert browser.get("/sign-in/code").location == "/sign-in"
    answer = browser.send("/sign-in/code", page="/sign-in", code="123456")
    assert answer.location == "/sign-in"


def test_each_step_gets_a_new_token_and_a_planted_one_is_worth_nothing(
    site: Flask, browser: Browser, binh: Person
) -> None:
    browser.client.set_cookie("__Host-staff", "planted")
    browser.password(binh.email, PASSWORD)
    half = browser.cookie("__Host-staff")
    browser.code(phone(site, binh))
    whole = browser.cookie("__Host-staff")
    assert len({"planted", half, whole}) == 3
    assert replayed(site, INSIDE, whole).status_code == 200
    assert replayed(site, INSIDE, half).status_code == 302
    assert replayed(site, "/sign-in/code", half).location == "/sign-in", "the half one has ended"
    assert replayed(site, INSIDE, "planted").status_code == 302


def test_a_kept_cookie_is_worth_nothing_after_sign_out(
    site: Flask, browser: Browser, binh: Person
) -> None:
    cookie = sign_in(browser, site, binh)
    assert replayed(site, INSIDE, cookie).status_code == 200
    assert browser.sign_out().status_code == 303
    assert replayed(site, INSIDE, cookie).status_code == 302
    assert not browser.cookie("__Host-staff")


def test_signing_in_anew_ends_the_session_before(
    site: Flask, browser: Browser, binh: Person
) -> None:
    old = sign_in(browser, site, binh)
    page = "/track/email"  # the sign-in page itself sends her on
    browser.send("/sign-in", page=page, email=binh.email, password=PASSWORD)
    assert replayed(site, INSIDE, old).status_code == 302


def test_only_hashes_of_tokens_are_stored(site: Flask, browser: Browser, binh: Person) -> None:
    cookie = sign_in(browser, site, binh)
    with site.app_context():
        stored = db.session.scalars(sa.select(StaffSession.token_hash)).all()
    assert len(stored) == 2
    assert all(cookie not in value and len(value) == 64 for value in stored)


def test_flasks_own_session_knows_nobody(site: Flask, browser: Browser, binh: Person) -> None:
    sign_in(browser, site, binh)
    browser.get("/track/email")
    reader = SecureCookieSessionInterface().get_signing_serializer(site)
    assert reader is not None
    assert set(reader.loads(browser.cookie("__Host-session"))) == {"csrf_token"}


def test_cookies_are_bound_to_this_host_and_hidden_from_scripts(
    site: Flask, browser: Browser, binh: Person
) -> None:
    browser.password(binh.email, PASSWORD)
    answer = browser.code(phone(site, binh))
    staff = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-staff="))
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in staff
    assert "Domain" not in staff


def test_a_session_ends_after_an_hour_without_a_click(
    site: Flask, browser: Browser, binh: Person
) -> None:
    sign_in(browser, site, binh)
    with later(minutes=50):
        assert is_inside(browser)
    with later(minutes=100):
        assert is_inside(browser), "the click after 50 minutes counts"
    with later(minutes=161):
        assert not is_inside(browser)


def test_a_session_ends_after_eight_hours_whatever_happens(
    site: Flask, browser: Browser, binh: Person
) -> None:
    sign_in(browser, site, binh)
    for hour in range(1, 16):
        with later(minutes=30 * hour):
            assert is_inside(browser)
    with later(hours=8, minutes=1):
        assert not is_inside(browser)


def test_a_disabled_person_is_out_at_once(site: Flask, browser: Browser, binh: Person) -> None:
    sign_in(browser, site, binh)
    change(site, binh, enabled=False)
    assert not is_inside(browser)
    assert browser.password(binh.email, PASSWORD).status_code == 422


def test_who_is_disabled_after_the_password_gets_no_further(
    site: Flask, browser: Browser, binh: Person
) -> None:
    browser.password(binh.email, PASSWORD)
    change(site, binh, enabled=False)
    assert browser.get("/sign-in/code").location == "/sign-in"


def test_a_code_works_once(site: Flask, browser: Browser, binh: Person) -> None:
    sign_in(browser, site, binh)
    code = phone(site, binh)
    other = Browser(site)
    other.password(binh.email, PASSWORD)
    assert other.code(code).status_code == 422
    assert not is_inside(other)
    with later(seconds=30):
        assert other.code(phone(site, binh)).status_code == 303


def test_a_phone_may_be_half_a_minute_slow_but_not_a_minute(
    site: Flask, browser: Browser, binh: Person
) -> None:
    with clock.travel(
        clock.now()
    ):  # a moment that stands still, so that no half minute ends between two lines
        code = phone(site, binh)
        browser.password(binh.email, PASSWORD)
        with later(seconds=60):
            assert browser.code(code).status_code == 422
        with later(seconds=30):
            assert browser.code(code).status_code == 303


def test_a_clock_that_was_a_month_ahead_keeps_nobody_out_and_nobody_in(
    site: Flask, browser: Browser, binh: Person
) -> None:
    with later(days=30):
        cookie = sign_in(browser, site, binh)
        assert replayed(site, INSIDE, cookie).status_code == 200
    assert replayed(site, INSIDE, cookie).status_code == 302, "it would hold for a month"
    again = Browser(site)
    sign_in(again, site, binh)
    assert is_inside(again)
    code = phone(site, binh)
    other = Browser(site)
    other.password(binh.email, PASSWORD)
    assert other.code(code).status_code == 422, "a code still works once"


@pytest.mark.parametrize("case", ["wrong", "unknown", "disabled", "invited", "password only"])
def test_a_refusal_tells_nothing_and_costs_the_same(
    site: Flask, browser: Browser, binh: Person, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same words, same status, one password hashed, as many statements: nothing tells addresses apart."""
    expected = refusal(browser, binh.email, monkeypatch)
    changes = {
        "disabled": {"enabled": False},
        "invited": {"password_hash": None, "totp_seed": None},
        "password only": {"totp_seed": None},
    }
    change(site, binh, **changes.get(case, {}))
    email = "khongco@so.example" if case == "unknown" else binh.email
    word = "sai hẳn mật khẩu" if case == "wrong" else PASSWORD
    seen = refusal(Browser(site, address="198.51.100.9"), email, monkeypatch, password=word)
    assert seen == expected


def refusal(
    browser: Browser, email: str, monkeypatch: pytest.MonkeyPatch, password: str = "không phải đâu"
) -> tuple[int, str, list[object], int]:
    hashed: list[object] = []
    statements: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            hashed.append(str(hash).split("$")[1:4])  # a broken hash would cost no work
            return super().verify(hash, password)

    def count(*rest: object) -> None:
        statements.append(str(rest[2]))

    monkeypatch.setattr(hashing, "HASHER", Counting(time_cost=2, memory_cost=19456, parallelism=1))
    with browser.client.application.app_context():
        db.session.execute(sa.delete(Throttle))
        commit()
    browser.get("/sign-in")
    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    answer = browser.password(email, password)
    sa.event.remove(sa.Engine, "before_cursor_execute", count)
    body = answer.text.replace(email, "@")
    start = body.index("<h1>")
    told = "".join(part for part in body[start:].splitlines() if "csrf_token" not in part)
    return answer.status_code, told, hashed, len(statements)


def test_what_was_typed_stays_but_never_the_password(browser: Browser, binh: Person) -> None:
    answer = browser.password(binh.email, "một mật khẩu sai", next="/officer/petitions/abc")
    assert binh.email in answer.text
    assert "/officer/petitions/abc" in answer.text
    assert "một mật khẩu sai" not in answer.text


def test_an_empty_form_says_what_is_missing(browser: Browser) -> None:
    answer = browser.password("", "")
    assert answer.status_code == 422
    assert "Hãy nhập địa chỉ email của bạn." in answer.text
    assert "Hãy nhập mật khẩu." in answer.text


@pytest.mark.parametrize(
    "target",
    [
        "https://la.example/",
        "//la.example/officer",
        "///la.example",
        "/\\la.example",
        "\\\\la.example",
        "javascript:alert(1)",
        "officer",
        "/officer\nx",
        "/\t/la.example",
        "",
    ],
)
def test_sign_in_never_sends_people_to_another_site(
    site: Flask, browser: Browser, binh: Person, target: str
) -> None:
    first = browser.password(binh.email, PASSWORD, next=target)
    assert first.location == "/sign-in/code"
    second = browser.code(phone(site, binh), next=target)
    assert second.location == "/officer"


def test_sign_in_leads_back_to_the_page_that_was_wanted(
    site: Flask, browser: Browser, binh: Person
) -> None:
    wanted = browser.get("/officer/inbox?page=2").location
    assert wanted == "/sign-in?next=/officer/inbox?page%3D2"
    assert 'name="next" value="/officer/inbox?page=2"' in browser.get(wanted).text
    first = browser.password(binh.email, PASSWORD, next="/officer/inbox?page=2")
    assert 'value="/officer/inbox?page=2"' in browser.get(first.location).text
    second = browser.code(phone(site, binh), next="/officer/inbox?page=2")
    assert second.location == "/officer/inbox?page=2"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/code", "/sign-out", "/track/email", "/track/email/code"]
)
def test_a_form_without_its_token_is_refused(browser: Browser, path: str) -> None:
    assert browser.client.post(path, data={"email": "a@b.vn", "password": "x"}).status_code == 400


def test_sign_out_takes_no_get(browser: Browser) -> None:
    assert browser.get("/sign-out").status_code == 405


def test_sign_out_without_a_session_does_no_harm(browser: Browser) -> None:
    assert browser.sign_out().status_code == 303


def test_pages_of_the_signed_in_are_never_cached(
    site: Flask, browser: Browser, binh: Person
) -> None:
    sign_in(browser, site, binh)
    assert browser.get(INSIDE).headers["Cache-Control"] == "no-store"


def test_each_role_starts_where_its_work_is(site: Flask) -> None:
    starts = {"front": "/oversight", "editor": "/officer/plans", "admin": "/admin"}
    starts |= {role: "/officer" for role in ("officer", "head", "clerk", "dispatcher")}
    for role, address in starts.items():
        browser, person = Browser(site), join(site, role, f"{role}@so.example", role)
        browser.password(person.email, PASSWORD)
        assert browser.code(phone(site, person)).location == address


def change(site: Flask, person: Person, **values: object) -> None:
    with site.app_context():
        if values:
            db.session.execute(sa.update(Person).where(Person.id == person.id).values(**values))
            commit()
