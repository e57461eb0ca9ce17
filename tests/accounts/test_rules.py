"""Plain rules: passwords, codes, addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.accounts.roles import ROLES
from feedback.accounts.rules import hashing, totp
from feedback.accounts.rules.addresses import (
    LANDING,
    landing,
    local_path,
    network_of,
    tidy_email,
)
from feedback.accounts.rules.passwords import fault

# RFC 6238, appendix B: the SHA-1 secret "12345678901234567890", last six of the eight digits
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOON = datetime(2026, 11, 24, 5, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("mười một ch", "short"),
        ("x" * 201, "long"),
        ("abc1abc1abc1", "simple"),
        ("aaaaaaaaaaab", "simple"),
        ("123456789012", "simple"),
        ("qwertyuiop12", "simple"),
        ("Mật khẩu-2026", "common"),
        ("password2026!", "common"),
        ("nguyen.binh1990", "own"),
        ("Nguyễn Bình 90", "own"),
        ("ba con mèo đen trắng", None),
        ("tha diều chiều nay", None),
        ("Kp7#vQ2x!mZ9", None),
    ],
)
def test_a_password_is_judged(password: str, expected: str | None) -> None:
    assert fault(password, email="nguyen.binh@so.example", name="Nguyễn Bình") == expected


def test_accents_typed_on_two_keyboards_are_one_password() -> None:
    stored = hashing.hash_password("me\u0300o đen trắng nhỏ")
    assert hashing.matches(stored, "m\u00e8o đen trắng nhỏ")


def test_argon2_is_as_strong_as_written() -> None:
    assert hashing.hash_password("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.NOBODY.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not hashing.is_outdated(hashing.NOBODY)


def test_nobodys_hash_never_matches_and_a_broken_one_neither() -> None:
    assert not hashing.matches(None, "")
    assert not hashing.matches("not a hash", "x")


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert totp.accepted_step(RFC_SECRET, code, moment, None) == seconds // 30


@pytest.mark.parametrize(("drift", "holds"), [(-60, 0), (-30, 1), (0, 1), (30, 1), (60, 0)])
def test_one_step_either_way_is_forgiven(drift: int, holds: int) -> None:
    code = totp.code_at(RFC_SECRET, totp.step_of(NOON + timedelta(seconds=drift)))
    assert bool(totp.accepted_step(RFC_SECRET, code, NOON, None)) == bool(holds)


def test_a_step_is_used_up_with_all_before_it() -> None:
    now = totp.step_of(NOON)
    before, this, after = (totp.code_at(RFC_SECRET, now + d) for d in (-1, 0, 1))
    assert totp.accepted_step(RFC_SECRET, this, NOON, now) is None
    assert totp.accepted_step(RFC_SECRET, before, NOON, now) is None
    assert totp.accepted_step(RFC_SECRET, after, NOON, now) == now + 1
    assert totp.next_unused_step(NOON, None) == now
    assert totp.next_unused_step(NOON, now) == now + 1
    assert totp.next_unused_step(NOON, now + 1) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "१२३४५६", "0000000"])
def test_what_is_no_code_is_no_code(typed: str) -> None:
    assert totp.accepted_step(RFC_SECRET, typed, NOON, None) is None


@given(st.text(max_size=40))
def test_a_path_to_return_to_never_leaves_the_site(text: str) -> None:
    for candidate in (text, f"/{text}", f"//{text}", f"/\\{text}"):
        path = local_path(candidate)
        assert path == "" or (path[0] == "/" and path[1:2] not in {"/", "\\"})


def test_a_plain_path_is_kept_with_its_question() -> None:
    assert local_path("/officer/petitions/abc?tab=2#x") == "/officer/petitions/abc?tab=2#x"
    assert local_path("/" + "a" * 500) == ""


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::9", "2001:db8:1::/48"),
        ("unix:", ""),
        (None, ""),
    ],
)
def test_neighbours_share_a_network(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_every_role_has_a_place_to_start() -> None:
    assert {role for role, _ in LANDING} == set(ROLES)
    assert landing(frozenset()) == "/"
    assert landing(frozenset({"editor", "dispatcher"})) == "/officer"


def test_addresses_are_compared_in_lower_case() -> None:
    assert tidy_email("  Hoa@Dan.VN ") == "hoa@dan.vn"
