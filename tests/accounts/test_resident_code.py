"""Hoa lost her tracking code and proves her e-mail address instead."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from feedback.accounts.models import Contact, ContactCode
from feedback.accounts.queries import resident_email
from feedback.accounts.rules.delays import LIMITS
from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage
from tests.accounts.browser import Browser
from tests.accounts.conftest import later

HOA = "hoa@dan.example.vn"


def ask(browser: Browser, email: str = HOA) -> object:
    return browser.send("/track/email", email=email)


def mailed(site: Flask) -> list[str]:
    """The codes in the outbox, oldest first."""
    with site.app_context():
        rows = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).all()
        return [row.params["code"] for row in rows if row.template == "accounts/code"]


def type_code(browser: Browser, code: str) -> object:
    return browser.send("/track/email/code", code=code)


def proved(site: Flask, browser: Browser) -> str | None:
    with site.app_context():
        return resident_email(browser.cookie("__Host-resident"))


def wrong(code: str) -> str:
    return str((int(code) + 1) % 1_000_000).zfill(6)


def test_the_code_from_the_mail_proves_the_address(site: Flask, browser: Browser) -> None:
    with site.app_context():
        db.session.add(Contact(email=HOA))
        commit()
    asked = ask(browser, " Hoa@Dan.Example.vn ")
    assert asked.location == "/track/email/code"  # type: ignore[attr-defined]
    (code,) = mailed(site)
    assert len(code) == 6 and code.isdigit()
    answer = type_code(browser, f"{code[:3]} {code[3:]}")
    assert answer.location == "/track/mine"  # type: ignore[attr-defined]
    assert proved(site, browser) == HOA
    assert browser.get("/track/email").location == "/track/mine"
    with site.app_context():
        assert db.session.scalars(sa.select(Contact)).one().verified_at is not None


def test_the_page_is_the_same_whether_she_has_written_or_not(site: Flask) -> None:
    with site.app_context():
        db.session.add(Contact(email=HOA))
        commit()
    pages = []
    for email in (HOA, "nguoi-la@dan.example.vn"):
        browser = Browser(site)
        answer = ask(browser, email)
        text = browser.get(answer.location).text.replace(email, "@")  # type: ignore[attr-defined]
        pages.append([line for line in text.splitlines() if "csrf" not in line])
    assert pages[0] == pages[1]
    assert len(mailed(site)) == 2


def test_five_wrong_tries_spoil_a_code(site: Flask, browser: Browser) -> None:
    ask(browser)
    (code,) = mailed(site)
    for _ in range(5):
        answer = type_code(browser, wrong(code))
        assert answer.status_code == 422  # type: ignore[attr-defined]
    assert type_code(browser, code).status_code == 422  # type: ignore[attr-defined]
    assert proved(site, browser) is None


def test_four_wrong_tries_do_not(site: Flask, browser: Browser) -> None:
    ask(browser)
    (code,) = mailed(site)
    for _ in range(4):
        type_code(browser, wrong(code))
    assert type_code(browser, code).status_code == 303  # type: ignore[attr-defined]


def test_a_code_ends_after_ten_minutes(site: Flask, browser: Browser) -> None:
    ask(browser)
    (code,) = mailed(site)
    with later(minutes=10, seconds=1):
        assert type_code(browser, code).status_code == 422  # type: ignore[attr-defined]


def test_what_was_given_while_the_clock_was_ahead_ends_when_it_is_set_right(
    site: Flask, browser: Browser
) -> None:
    other = Browser(site)
    with later(days=30):
        ask(browser)
        type_code(browser, mailed(site)[-1])
        assert proved(site, browser) == HOA
        ask(other)
    assert proved(site, browser) is None
    type_code(other, mailed(site)[-1])
    assert proved(site, other) is None
    ask(other)
    type_code(other, mailed(site)[-1])
    assert proved(site, other) == HOA


def test_a_code_works_once_and_only_for_its_address(site: Flask, browser: Browser) -> None:
    ask(browser)
    (code,) = mailed(site)
    other = Browser(site)
    ask(other, "nguoi-la@dan.example.vn")
    assert type_code(other, code).status_code == 422  # type: ignore[attr-defined]
    type_code(browser, code)
    again = Browser(site)
    with again.client.session_transaction() as kept:
        kept["address_to_prove"] = HOA
    assert type_code(again, code).status_code == 422  # type: ignore[attr-defined]


def test_only_the_newest_code_holds(site: Flask, browser: Browser) -> None:
    ask(browser)
    ask(browser)
    old, new = mailed(site)
    if old != new:
        assert type_code(browser, old).status_code == 422  # type: ignore[attr-defined]
    assert type_code(browser, new).status_code == 303  # type: ignore[attr-defined]


def test_nobody_can_flood_an_address_with_mail(site: Flask, browser: Browser) -> None:
    """Nor a mailbox that takes anything behind a plus sign."""
    free = LIMITS["mail"].free
    spelled = [HOA, *(HOA.replace("@", f"+{n}@") for n in range(1, free + 1)), HOA.upper()]
    statuses = [
        ask(Browser(site, address=f"198.51.{n}.1"), to).status_code  # type: ignore[attr-defined]
        for n, to in enumerate(spelled)
    ]
    assert statuses == [303] * free + [429] * 2
    assert len(mailed(site)) == free


def test_the_code_page_needs_an_address_first(browser: Browser) -> None:
    assert browser.get("/track/email/code").location == "/track/email"


def test_an_address_that_is_none_stays_in_its_field(browser: Browser) -> None:
    answer = ask(browser, "hoa(a)dan")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert 'value="hoa(a)dan"' in answer.text  # type: ignore[attr-defined]
    assert "ten@example.vn" in answer.text  # type: ignore[attr-defined]


def test_leaving_ends_it_on_the_server(site: Flask, browser: Browser) -> None:
    ask(browser)
    type_code(browser, mailed(site)[0])
    kept = browser.cookie("__Host-resident")
    assert proved(site, browser) == HOA
    browser.send("/track/email/end", page="/sign-in")
    with site.app_context():
        assert resident_email(kept) is None
    assert not browser.cookie("__Host-resident")


def test_neither_code_nor_address_is_stored_in_the_clear(site: Flask, browser: Browser) -> None:
    ask(browser)
    (code,) = mailed(site)
    with site.app_context():
        row = db.session.scalars(sa.select(ContactCode)).one()
        assert code not in row.code_hash and HOA not in row.email_hash
        assert len(row.code_hash) == len(row.email_hash) == 64
