"""How this browser likes to read: its language and its size of text, each a cookie with a known word.

One function reads them for the pages and for the page cache, so that both always agree: a header that
one read as English and the other as Vietnamese would spoil what everybody else gets.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale

from feedback.core.config import ROOT


class Wish(NamedTuple):
    """A cookie and the words that it may hold; the first holds for whoever chose nothing."""

    cookie: str
    words: tuple[str, ...]

    def of(self, environ: dict[str, Any]) -> str:
        """What the browser of this request chose."""
        for pair in str(environ.get("HTTP_COOKIE", "")).split(";"):
            name, _sign, word = pair.strip().partition("=")
            if name == self.cookie:
                return word if word in self.words else self.words[0]
        return self.words[0]


def languages(folder: Path = ROOT / "feedback" / "translations") -> tuple[str, ...]:
    """Vietnamese first, then English, which the code itself speaks, then each other catalogue: one more
    language is one more folder."""
    others = {path.parent.name for path in folder.glob("*/LC_MESSAGES")}
    return ("vi", "en", *sorted(others - {"vi", "en"}))


def own_name(code: str) -> str:
    """``Tiếng Việt`` for vi: what its own readers call a language."""
    name = str(Locale.parse(code).display_name)
    return name[:1].upper() + name[1:]


LANGUAGE = Wish("__Host-lang", languages())
TEXT_SIZE = Wish("__Host-size", ("normal", "big", "huge"))
WISHES = (LANGUAGE, TEXT_SIZE)
# each language by its own name, for the switch
NAMES = {code: own_name(code) for code in LANGUAGE.words}


def only_wishes(environ: dict[str, Any]) -> bool:
    """Does the request carry no cookie but these? Then its answer is no secret of one person's."""
    names = {p.strip().partition("=")[0] for p in environ.get("HTTP_COOKIE", "").split(";")}
    return names <= {"", *(wish.cookie for wish in WISHES)}


def asked_language(named: str | None) -> str:
    """The language that an address names, for what is asked for without cookies; else Vietnamese."""
    return named if named in LANGUAGE.words else LANGUAGE.words[0]
