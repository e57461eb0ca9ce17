"""The whole site with people who have a password and a phone, and a browser that behaves like one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from feedback.accounts.models import Person, RoleGrant
from feedback.accounts.queries import code_now, secret_from
from feedback.accounts.rules import hashing
from feedback.app import create_app
from feedback.core import clock
from feedback.core.db import commit, db
from tests.accounts.browser import Browser
from tests.servers.applications import Applications, settings_for

PASSWORD = "ba con mèo đen trắng"
HASH = hashing.hash_password(PASSWORD)


def site_on(url: str, folder: Path, **settings: Any) -> Flask:
    """One more application, beside the one that the test has."""
    return create_app(settings_for(url, folder, **settings))


@pytest.fixture
def url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def site(applications: Applications, url: str, tmp_path: Path) -> Iterator[Flask]:
    with applications.on(url, tmp_path) as app:
        yield app


@pytest.fixture
def browser(site: Flask) -> Browser:
    return Browser(site)


@pytest.fixture
def binh(site: Flask) -> Person:
    return join(site, "Nguyễn Thanh Bình", "binh@so.example", "officer")


def join(site: Flask, name: str, email: str, *roles: str, seed: str = "seed") -> Person:
    """A person who has accepted an invitation long ago."""
    with site.app_context():
        person = Person(name=name, email=email, password_hash=HASH, totp_seed=f"{seed} {email}")
        person.grants = [RoleGrant(role=role) for role in roles]
        db.session.add(person)
        commit()
        return person


def phone(site: Flask, person: Person) -> str:
    """What the person's authenticator shows right now."""
    with site.app_context():
        return code_now(secret_from(person.totp_seed or ""))


def later(**span: float) -> Any:
    """Within this block it is so much later."""
    return clock.travel(clock.now() + timedelta(**span))
