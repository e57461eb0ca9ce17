"""Guessing is slowed down, on both engines, however many processes serve the site."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.accounts.actions.sign_in import check_password
from feedback.accounts.models import Person, Throttle
from feedback.accounts.rules.delays import LIMITS, Limit, seconds_after
from feedback.core.db import commit, db
from tests.accounts.browser import Browser
from tests.accounts.conftest import PASSWORD, later, phone, site_on
from tests.accounts.test_sign_in import is_inside, sign_in

FREE = LIMITS["password"].free


@pytest.fixture
def url(engine_url: str) -> str:
    return engine_url


def guess(browser: Browser, email: str, times: int) -> int:
    """Returns the status of the last guess."""
    return [browser.password(email, f"đoán thử lần {i}").status_code for i in range(times)][-1]


def test_after_some_wrong_tries_even_the_right_password_must_wait(
    site: Flask, browser: Browser, binh: Person
) -> None:
    assert guess(browser, binh.email, FREE) == 422
    answer = browser.password(binh.email, PASSWORD)
    assert answer.status_code == 429
    assert "Bạn thử quá nhiều lần" in answer.text
    with later(seconds=3):
        assert browser.password(binh.email, PASSWORD).status_code == 303


def test_the_wait_is_the_same_for_an_address_that_nobody_has(site: Flask, browser: Browser) -> None:
    assert guess(browser, "khongco@so.example", FREE) == 422
    assert guess(browser, "khongco@so.example", 1) == 429


def test_a_second_process_counts_on(
    site: Flask, browser: Browser, binh: Person, url: str, tmp_path: Path
) -> None:
    second = site_on(url, tmp_path)  # before the guesses: the wait that they cost is short
    guess(browser, binh.email, FREE)
    assert Browser(second, address="198.51.100.9").password(binh.email, PASSWORD).status_code == 429


def test_one_network_is_slowed_down_whatever_addresses_it_tries(site: Flask, binh: Person) -> None:
    free = LIMITS["password_network"].free
    for number in range(free):
        browser = Browser(site, address=f"203.0.113.{number + 1}")
        assert browser.password(f"nguoi{number}@so.example", "đoán đại").status_code == 422
    near, far = Browser(site, address="203.0.113.200"), Browser(site, address="203.0.114.1")
    assert near.password(binh.email, PASSWORD).status_code == 429
    assert far.password(binh.email, PASSWORD).status_code == 303


def test_signing_in_wipes_the_tries_away(site: Flask, browser: Browser, binh: Person) -> None:
    guess(browser, binh.email, FREE - 1)
    sign_in(browser, site, binh)
    other = Browser(site, address="198.51.100.9")
    assert guess(other, binh.email, FREE - 1) == 422
    with later(seconds=30):
        assert other.password(binh.email, PASSWORD).status_code == 303


def test_the_password_alone_does_not_wipe_the_tries_away(
    site: Flask, browser: Browser, binh: Person
) -> None:
    guess(browser, binh.email, FREE - 1)
    browser.password(binh.email, PASSWORD)
    assert guess(Browser(site), binh.email, 1) == 422
    assert guess(Browser(site), binh.email, 1) == 429


def test_guessing_codes_is_slowed_down(site: Flask, browser: Browser, binh: Person) -> None:
    browser.password(binh.email, PASSWORD)
    right = phone(site, binh)
    wrong = str((int(right) + 1) % 1_000_000).zfill(6)
    statuses = [browser.code(wrong).status_code for _ in range(LIMITS["totp"].free + 1)]
    assert statuses[-1] == 429
    assert browser.code(right).status_code == 429
    with later(seconds=8):
        assert browser.code(phone(site, binh)).status_code == 303
        assert is_inside(browser)


def test_tries_of_long_ago_do_not_count(site: Flask, browser: Browser, binh: Person) -> None:
    guess(browser, binh.email, FREE - 1)
    with later(hours=2):
        assert guess(browser, binh.email, FREE - 1) == 422


def test_guesses_sent_in_one_moment_come_one_by_one(site: Flask, binh: Person) -> None:
    def once(number: int) -> int:
        with site.app_context():
            attempt = check_password(email=binh.email, password=f"sai {number}", network="")
            commit()
            return attempt.wait

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(once, range(16)))
    assert waits.count(0) == FREE


def test_no_address_stands_in_the_counters(site: Flask, browser: Browser, binh: Person) -> None:
    guess(browser, binh.email, 1)
    with site.app_context():
        rows = db.session.scalars(sa.select(Throttle)).all()
    assert len(rows) == 2
    assert all(len(row.key) == 64 and "binh" not in row.key for row in rows)


def test_delays_double_up_to_their_bound() -> None:
    limit = Limit(free=3, first=2, most=60, window=LIMITS["password"].window)
    assert [seconds_after(n, limit) for n in range(9)] == [0, 0, 0, 2, 4, 8, 16, 32, 60]
    assert seconds_after(10_000, limit) == 60
