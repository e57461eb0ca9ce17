"""Text at the edge: what a keyboard, a phone or somebody with time on her hands can send."""

from __future__ import annotations

import pytest
from lxml import etree

from feedback.core.config import BadSettings, Settings
from feedback.core.forms import SeenForm
from feedback.core.text import clean, whole


def test_blank_lines_are_at_most_one_whatever_stands_in_them() -> None:
    assert clean("một" + "\n \u200b\t\n" * 500 + "hai") == "một\n\nhai"
    assert clean("một\r\n\r\n\r\nhai\r\n") == "một\n\nhai"


def test_what_no_feed_and_no_document_could_hold_is_left_out() -> None:
    odd = "".join(map(chr, (0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFF, 0, 8, 0x0B)))
    assert clean(f"Đèn{odd} hỏng") == "Đèn hỏng"
    every = clean("".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)])))
    root = etree.Element("entry")
    root.text = every  # raises for a character that XML has not


@pytest.mark.parametrize("typed", ["²", "٣", "9" * 5000, "-1", "1 ", "0x1", "", None])
def test_only_a_few_plain_digits_are_a_number(typed: str | None) -> None:
    assert whole(typed, otherwise=-1) == -1


def test_a_bent_mark_of_what_was_seen_is_none(app: object) -> None:
    with app.test_request_context(method="POST", data={"seen": "²"}):  # type: ignore[attr-defined]
        assert SeenForm().seen_lock == -1


@pytest.mark.parametrize("name", ["PROXY_HOPS", "PAGE_CACHE_MB", "COMMENT_PACE"])
def test_a_setting_that_is_no_number_is_said_in_a_sentence(name: str) -> None:
    secret = {"FEEDBACK_SECRET_KEY": "x" * 40}
    for value in ("²", "9" * 5000, "5/²"):
        with pytest.raises(BadSettings, match=f"FEEDBACK_{name} must"):
            Settings.from_env({**secret, f"FEEDBACK_{name}": value})
