"""Canonical JSON (RFC 8785) for what the record holds: objects, arrays, strings and integers.

No floats, booleans or null: two programs could disagree about those, so they are refused.
"""

from __future__ import annotations

import unicodedata
from json.encoder import encode_basestring
from typing import Any

LARGEST = 2**53 - 1  # beyond it a reader that keeps numbers as doubles would see another number


def canonical(value: Any) -> bytes:
    """The one UTF-8 form of ``value``, every string in NFC.

    Raises ValueError for a type that the record does not hold, an integer past 2^53 - 1, a lone
    surrogate, or two keys that become one under NFC.
    """
    return _write(value).encode("utf-8")


def _write(value: Any) -> str:
    if isinstance(value, str):
        return encode_basestring(value if value.isascii() else nfc(value))
    if type(value) is int:
        if abs(value) > LARGEST:
            raise ValueError(f"{value} is past 2^53 - 1")
        return str(value)
    if isinstance(value, dict):
        return _write_object(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join([_write(item) for item in value]) + "]"
    raise ValueError(f"the record holds no {type(value).__name__}")


def _write_object(value: dict[str, Any]) -> str:
    # RFC 8785, section 3.2.3: keys in the order of their UTF-16 code units
    if "".join(value).isascii():  # nearly always
        keys = sorted(value)
    else:
        value = _composed(value)
        keys = sorted(value, key=_utf16)
    return "{" + ",".join([f"{encode_basestring(k)}:{_write(value[k])}" for k in keys]) + "}"


def _composed(value: dict[str, Any]) -> dict[str, Any]:
    pairs = {nfc(key): item for key, item in value.items()}
    if len(pairs) != len(value):
        raise ValueError("two keys become one under NFC")
    return pairs


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be")


def nfc(text: str) -> str:
    """Unicode normal form C, in which Vietnamese is exchanged (TCVN 6909:2001)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
