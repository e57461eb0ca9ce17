"""On a page in another language, what is Vietnamese says so (WCAG 3.1.2): a screen reader then speaks it as such.

People and bodies write Vietnamese, whatever language a page has. No template marks that: the finished page is
gone through once, and only where its language is another one, so that Vietnamese pages cost nothing more.
Values that are put into a sentence (``words``) stand between two marks of ours until then.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask, Response

OWN = "vi"
BEGIN, END = (
    "\ue000",
    "\ue001",
)  # of the private use area: no text of anybody means anything by them
LETTERS = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
)
_OWN_LETTER = re.compile(f"[{LETTERS}]")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"(<[^>]*>)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LANG = re.compile(r"\slang=\"([a-zA-Z-]+)\"")
_VALUE = re.compile(r"\svalue=\"([^\"]*)\"")
_PIECE = re.compile(r"([:·,;()“”|]\s*|\s+[·–—(]\s*)")
_MARKED = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
# elements that hold nothing but text: their own tag says the language
ONLY_TEXT = frozenset({"title", "textarea", "option", "text"})
SILENT = frozenset({"script", "style"})
VOID = frozenset({"input", "img", "br", "hr", "meta", "link", "source", "wbr"})
MOSTLY = 0.4  # of the words: from there on the whole text is taken for Vietnamese


def init(app: Flask, language: Callable[[], str]) -> None:
    @app.after_request
    def mark(answer: Response) -> Response:
        if language() != OWN and answer.mimetype == "text/html" and not answer.is_streamed:
            answer.set_data(marked(answer.get_data(as_text=True)))
        return answer


def between(value: object) -> object:
    """A value on its way into a sentence of another language."""
    if type(value) is str and _OWN_LETTER.search(value):
        return f"{BEGIN}{value}{END}"
    return value


def marked(page: str) -> str:
    """The page with ``lang="vi"`` on what is Vietnamese in it."""
    walk, pieces = _Walk(), _TOKEN.split(page)
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at % 2 else ""
        pieces[at] = walk.tag(piece, following) if at % 2 else walk.text(piece)
    return "".join(pieces)


class _Walk:
    """Where in the page we are: within a script, within an element that holds only text, and within
    which elements that name a language (name, language, how many of the same name are open in it)."""

    def __init__(self) -> None:
        self.silent = self.whole = ""
        self.named: list[tuple[str, str, int]] = []

    def text(self, text: str) -> str:
        if self.silent:
            return text
        told = self.whole or (self.named and self.named[-1][1] == OWN)
        return plain(text) if told else _text(text)

    def tag(self, tag: str, following: str) -> str:
        found = _TAG.match(tag)
        if found is None:
            return tag
        ends, name = found[1], found[2].lower()
        if ends:
            self._end(name)
        elif not self.silent:
            tag = self._begin(plain(tag), name, found[0], plain(following))
        return tag

    def _begin(self, tag: str, name: str, head: str, following: str) -> str:
        self.silent = name if name in SILENT else ""
        self.whole = name if name in ONLY_TEXT else ""
        value = _VALUE.search(tag) if name == "input" else None
        held = following if self.whole else value[1] if value else ""
        own = _mostly(held) if name == "title" else bool(_OWN_LETTER.search(held))
        said = _LANG.search(tag)
        if said and name != "html" and name not in VOID:
            self.named.append((name, said[1], 0))
        elif self.named and self.named[-1][0] == name:
            self._count(1)
        return tag.replace(head, f'{head} lang="{OWN}"', 1) if own and not said else tag

    def _end(self, name: str) -> None:
        if self.silent:
            self.silent = "" if name == self.silent else self.silent
            return
        self.whole = "" if name == self.whole else self.whole
        if self.named and self.named[-1][0] == name:
            if self.named[-1][2]:
                self._count(-1)
            else:
                self.named.pop()

    def _count(self, by: int) -> None:
        name, language, nested = self.named[-1]
        self.named[-1] = name, language, nested + by


def plain(text: str) -> str:
    """Without our marks."""
    return text.replace(BEGIN, "").replace(END, "") if BEGIN in text or END in text else text


def _text(text: str) -> str:
    """One piece of text between two tags."""
    if BEGIN in text:
        return plain(_MARKED.sub(lambda found: _span(found[1]), text))
    if not _OWN_LETTER.search(text):
        return text
    if _mostly(text):
        return _span(text)
    return "".join(_span(one) if _OWN_LETTER.search(one) else one for one in _PIECE.split(text))


def _mostly(text: str) -> bool:
    words = _WORD.findall(text)
    own = sum(1 for word in words if _OWN_LETTER.search(word))
    return bool(own) and own >= MOSTLY * len(words)


def _span(text: str) -> str:
    """White space stays outside."""
    inner = text.strip()
    start = text.index(inner)
    return f'{text[:start]}<span lang="{OWN}">{inner}</span>{text[start + len(inner) :]}'
