"""The only door through which text becomes HTML. bleach is imported here and nowhere else.

Residents write plain text: escaped, with our own paragraphs, line breaks and links.
"""

from __future__ import annotations

import re

import bleach
from markupsafe import Markup, escape

MAX_MARKS = 1000
ALLOWED = ["p", "br", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote"]
_BLANK_LINES = re.compile(r"\n\s*\n")
_LINK = re.compile(r"\bhttps?://[^\s<>\"']{1,300}")
_TRAILING = ".,;:!?)]}’”"


def to_html(text: str | None) -> Markup:
    """Plain text as paragraphs; blank lines part them, single line ends become ``<br>``."""
    text = (text or "").strip()
    if "\n" not in text:
        return Markup(f"<p>{_linked(text)}</p>" if text else "")
    blocks = [b for b in _BLANK_LINES.split(text) if b.strip()]
    paragraphs = (f"<p>{_lines(block)}</p>" for block in blocks)
    return Markup("\n".join(paragraphs))  # every piece of text in it went through escape


def _lines(block: str) -> str:
    return "<br>".join(_linked(line) for line in block.split("\n"))


def _linked(line: str) -> str:
    if "://" not in line:
        return str(escape(line))
    parts: list[str] = []
    last = 0
    for found in _LINK.finditer(line):
        url = escape(found.group().rstrip(_TRAILING))
        parts.append(escape(line[last : found.start()]))
        parts.append(f'<a href="{url}" rel="nofollow ugc noopener">{url}</a>')
        last = found.start() + len(found.group().rstrip(_TRAILING))
    return "".join([*parts, escape(line[last:])])


def rich(html: str) -> Markup:
    """HTML written by an editor, cut to a short list of marks. Raises ValueError past the size limit.

    bleach takes quadratic time on hostile nesting, so the number of marks is bounded first.
    """
    if html.count("<") > MAX_MARKS:
        raise ValueError("too many marks")
    return Markup(
        bleach.clean(html, tags=ALLOWED, attributes={"a": ["href"]}, protocols=["http", "https"])
    )
