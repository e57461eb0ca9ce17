"""Text at the edge: one Unicode form, no invisible tricks, one way to fold for searching."""

from __future__ import annotations

import re
import unicodedata

# Bidirectional controls, zero-width characters, soft hyphen, word joiner, byte-order mark, and the
# letters that draw nothing (Hangul fillers, the empty Braille cell).
INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
    + [*range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)]
    + [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0]
    # what Unicode promises never to be a character: no XML may hold it, so no feed and no docx
    + [
        *range(0xFDD0, 0xFDF0),
        *(plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF)),
    ]
)
_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")
_NOT_WORD = re.compile(r"[^\w]+")
_WHOLE = re.compile(r"[0-9]{1,9}")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
MAX_MAIL = 254


def clean(text: str | None) -> str:
    """NFC (TCVN 6909:2001) without invisible or control characters; line ends become ``\\n``."""
    value = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    value = value.translate(INVISIBLE)
    value = "".join(c for c in value if c == "\n" or c == "\t" or unicodedata.category(c) != "Cc")
    lines = (line.strip() for line in _SPACES.sub(" ", value).split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str | None) -> str:
    """Like ``clean`` on one line."""
    return " ".join(clean(text).split())


def fold(text: str | None) -> str:
    """Lower case without accents, ``đ`` as ``d``, words apart by one space: what search compares."""
    value = unicodedata.normalize("NFD", (text or "").casefold())
    value = "".join(c for c in value if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(_NOT_WORD.sub(" ", value).replace("_", " ").split())


def whole(text: object, *, otherwise: int = 0) -> int:
    """A whole number written with the digits 0 to 9, at most nine of them; ``otherwise`` for all else.

    ``str.isdigit`` is true for "²" and for five thousand digits, on both of which ``int`` fails.
    """
    value = str(text or "")
    return int(value) if _WHOLE.fullmatch(value) else otherwise


def is_mail_address(text: str | None) -> bool:
    """Exactly one e-mail address to which mail can go: no accents, no list, no line end."""
    return len(text or "") <= MAX_MAIL and bool(_MAIL.fullmatch(text or ""))


def word_count(text: str | None) -> int:
    return len(fold(text).split())


def cut(name: str, chars: int = 40, ending: int = 8) -> str:
    """The beginning and the ending of a long name; a file's ending tells its kind."""
    return name if len(name) <= chars else f"{name[: chars - ending - 1]}…{name[-ending:]}"
