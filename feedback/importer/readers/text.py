"""Plain text and Markdown: decoding, and nothing else."""

from __future__ import annotations

import unicodedata

from feedback.importer.errors import NotAPlan

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read_text(data: bytes) -> list[str]:
    """Lines in NFC. Raises NotAPlan for bytes that are no text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotAPlan("encoding") from error
    if "\x00" in text:
        raise NotAPlan("binary")
    return unicodedata.normalize("NFC", text).splitlines()
