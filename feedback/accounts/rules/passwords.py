"""What a password must be (NIST SP 800-63B, 3.1.1: length and a block list, no rules of composition)."""

from __future__ import annotations

import unicodedata

MIN_CHARS = 12
MAX_CHARS = 200
MIN_DISTINCT = 5
RUNS = (
    "0123456789" * 2,
    "9876543210" * 2,
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)
RUN_LENGTH = 8
MAX_BESIDE_RUN = 5

# Starts and whole words that lists of leaked passwords begin with, here and elsewhere; folded to a-z0-9.
_COMMON = """
    password passw0rd passwordpassword matkhau matkhaucuatoi motconvit anhyeuem emyeuanh
    iloveyou letmein welcome administrator admin quantri quantrivien changeme trustno1 dragon
    monkey football baseball superman batman sunshine princess master qwerty qwertyuiop
    asdfghjkl zxcvbnm abcdef abcxyz vietnam tayninh longan saigon hanoi tphcm congan ubnd
    ubndtinh chinhphu hochiminh nguyen khongbiet khongnho toiyeuvietnam yeuvietnam vodich
    chaomung xinchao
"""
COMMON = frozenset(_COMMON.split())


def normalised(password: str) -> str:
    """One form for the same word, whichever keyboard typed its accents."""
    return unicodedata.normalize("NFKC", password)


def fault(password: str, *, email: str = "", name: str = "") -> str | None:
    """Why this password cannot be used: a code for the page, or None.

    ``short``, ``long``, ``simple`` (few characters or a run of keys), ``common``, ``own`` (e-mail or name).
    """
    word = normalised(password)
    if len(word) < MIN_CHARS:
        return "short"
    if len(word) > MAX_CHARS:
        return "long"
    bare = _bare(word)
    if len(set(word)) < MIN_DISTINCT or _is_repeated(word) or _has_only_a_run(bare):
        return "simple"
    if bare.strip("0123456789") in COMMON:
        return "common"
    return "own" if _is_own(bare, email, name) else None


def _bare(word: str) -> str:
    """Lower case without accents, spaces and signs: ``Mật khẩu-2026!`` is ``matkhau2026``."""
    flat = unicodedata.normalize("NFD", word.casefold()).replace("đ", "d")
    return "".join(c for c in flat if c.isalnum() and c.isascii())


def _is_repeated(word: str) -> bool:
    """A short piece again and again: ``abc1abc1abc1``."""
    return any(
        word == (word[:size] * (len(word) // size + 1))[: len(word)]
        for size in range(1, len(word) // 2 + 1)
    )


def _has_only_a_run(bare: str) -> bool:
    """Little more than neighbouring keys: ``123456789012``, ``qwertyuiop12``."""
    if len(bare) - RUN_LENGTH > MAX_BESIDE_RUN:
        return False
    pieces = (bare[i : i + RUN_LENGTH] for i in range(len(bare) - RUN_LENGTH + 1))
    return any(piece in run for piece in pieces for run in RUNS)


def _is_own(bare: str, email: str, name: str) -> bool:
    local = _bare(email.partition("@")[0])
    own = {_bare(email), local, _bare(name)} - {""}
    return bare.strip("0123456789") in own or any(len(o) >= 8 and bare.startswith(o) for o in own)
