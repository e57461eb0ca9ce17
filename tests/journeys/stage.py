"""What journeys begin with: people who can sign in, and one engine where the engine does not matter."""

from __future__ import annotations

import re
from itertools import product
from typing import Literal

from playwright.sync_api import Page, expect

from feedback.accounts.actions.people import equip
from feedback.accounts.rules import hashing
from tests.people import CAST, person
from tests.servers.browser import go

PASSWORD = "mười hai con giáp"
ANSWER = (
    "Sở Tài chính đã xem hồ sơ của chị. Lớp kế toán buổi tối mở tại chợ Long Hoa từ ngày 07/12/2026, "
    "miễn phí, chị mang theo căn cước khi đến ghi tên."
)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LOOKS = list(product(SCHEMES, (360, 1280)))


def people_who_can_sign_in() -> None:
    """The whole cast, each with the password and a telephone."""
    hashed = hashing.hash_password(PASSWORD)
    for name in CAST:
        equip(person(name), password_hash=hashed, seed=f"seed of {name}")


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Password, then the code that the demonstration shows."""
    page.goto("/sign-in")
    page.fill("[name=email]", f"{name}@demo.example")
    page.fill("[name=password]", password)
    go(page, "main button.main")
    page.fill("[name=code]", page.inner_text("#demo-code"))
    go(page, "main button.main")
    expect(page).not_to_have_url(re.compile("/sign-in"))
