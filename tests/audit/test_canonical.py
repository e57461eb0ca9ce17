"""Canonical JSON: the one form that two programs agree on."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.audit.rules.canonical import LARGEST, canonical, nfc

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    TEXT | st.integers(-LARGEST, LARGEST),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT.map(nfc), inner, max_size=4),
    max_leaves=15,
)


def _nfc_all(value: object) -> object:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, list):
        return [_nfc_all(v) for v in value]
    if isinstance(value, dict):
        return {nfc(k): _nfc_all(v) for k, v in value.items()}
    return value


@given(VALUES)
def test_what_is_written_reads_back_the_same_and_writes_the_same(value: object) -> None:
    written = canonical(value)
    assert json.loads(written) == _nfc_all(value)
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(TEXT.map(nfc), st.integers(0, 9), min_size=2))
def test_the_order_of_insertion_leaves_no_trace(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(TEXT)
def test_composed_and_decomposed_vietnamese_are_one(text: str) -> None:
    assert canonical(unicodedata.normalize("NFD", text)) == canonical(nfc(text))


def test_keys_stand_in_the_order_of_utf16_units() -> None:
    # the example of RFC 8785, section 3.2.3: U+1F600 sorts before U+FB33
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    order = list(json.loads(canonical(dict.fromkeys(keys, 0))))
    normal = nfc("\ufb33")  # NFC takes this one apart
    assert order == ["\r", "1", "\u0080", "\u00f6", normal, "\u20ac", "\U0001f600"]
    private = canonical({"\ue000": 0, "\U0001f600": 0})
    assert list(json.loads(private)) == ["\U0001f600", "\ue000"]


def test_only_what_must_be_escaped_is_escaped() -> None:
    assert canonical("€$\u000f\nA'B\"\\/") == '"€$\\u000f\\nA\'B\\"\\\\/"'.encode()


@pytest.mark.parametrize("value", [1.0, True, None, b"x", 2**53, {"a": None}, "\ud800", {1, 2}])
def test_what_programs_could_read_differently_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)


def test_two_keys_that_become_one_are_refused() -> None:
    with pytest.raises(ValueError):
        canonical({"é": 1, "e\u0301": 2})
