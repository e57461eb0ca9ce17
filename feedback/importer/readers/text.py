"""Plain text and Markdown: decoding, marks of emphasis, Markdown tables, page furniture."""

from __future__ import annotations

import re
import unicodedata

from feedback.core import text as core_text
from feedback.importer.errors import NotAPlan
from feedback.importer.readers.furniture import without_furniture
from feedback.importer.readers.marked import Marked, marked_tables
from feedback.importer.readers.pieces import Source
from feedback.importer.readers.spaced import Spaced, spaced_tables

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
# beside what draws nothing: control characters but tabs, line and page ends, and halves of characters (a PDF's
# table of letters may name any code), which neither the database nor JSON nor a feed can hold
INVISIBLE = dict.fromkeys(
    [*core_text.INVISIBLE, *range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]
)  # fmt: skip
_ESCAPED = re.compile(r"\\([.\-+*_()#\[\]!&|>~])")
_RULE = re.compile(r"[\s|:+=_*–—-]{1,400}")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,300}\)")
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|p|span|sup|sub|center|div|font)(?:\s[^<>]{0,100})?>", re.I
)
_BREAK = re.compile(r"<br\s?/?>", re.I)
FORM_FEED = "\f"
MAX_BROKEN = 40  # lines of one row
MAX_LINES = 40_000  # a megabyte of a document has half as many


def decode(data: bytes) -> str:
    """The text in NFC with plain line ends. Raises NotAPlan for bytes that are no text."""
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotAPlan("wrong_ending")
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotAPlan("encoding") from error
    if "\x00" in text:
        raise NotAPlan("binary")
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    for other in ("\x0b", "\x85", "\u2028", "\u2029"):
        text = text.replace(other, "\n")
    return text.translate(INVISIBLE)


def read_text(data: bytes, progress: object = None) -> Source:
    """Lines and Markdown tables."""
    source = Source()
    page, rows = 1, list[list[str]]()
    lines = decode(data).split("\n")
    if len(lines) > MAX_LINES:
        raise NotAPlan("too_long")
    lines = _whole_rows(without_furniture(lines))
    tables: dict[int, Spaced | Marked] = {}
    tables.update(spaced_tables([line.replace("\t", "    ").rstrip() for line in lines]))
    tables.update(marked_tables(lines))
    past = 0
    for at, raw in enumerate(lines):
        page += raw.count(FORM_FEED)
        if at in tables and at >= past:
            past = tables[at].end
            _close(source, rows, page)
            rows = []
            _put(source, tables[at], page)
        if at < past:
            continue
        text = raw.replace(FORM_FEED, "").replace("\xa0", " ")
        cells = _row(text)
        if cells is not None:
            if not _RULE.fullmatch(text):
                rows.append(cells)
            elif not rows:
                rows.append([])
            continue
        _close(source, rows, page)
        rows = []
        source.line(plain(text), page)
    _close(source, rows, page)
    return source


def _whole_rows(lines: list[str]) -> list[str]:
    """Rows of a Markdown table that a line's width has cut are whole again; their other lines are empty."""
    found = list(lines)
    at, width = 0, 0
    while at < len(found):
        text = found[at].strip()
        if not text.startswith("|") or text == "|":
            at, width = at + 1, 0
            continue
        end = at + 1
        while width and text.count("|") < width and end < min(len(found), at + MAX_BROKEN):
            below = found[end].strip()
            if not below or below.startswith("|"):
                break
            text, found[end], end = f"{text}<br>{below}", "", end + 1
        found[at], width = (text if end > at + 1 else found[at]), width or text.count("|")
        at = end
    return found


def _put(source: Source, table: Spaced | Marked, page: int) -> None:
    """A table that was found before; one that only spaces told is less sure."""
    if isinstance(table, Spaced):
        source.table(table.rows, page, rebuilt=True)
    else:
        cells = [
            ["\n".join(plain(part) for part in cell.split("\n")) for cell in row]
            for row in table.rows
        ]
        source.table(cells, page, table.merged)


def _row(text: str) -> list[str] | None:
    """The cells of a line of a Markdown table."""
    line = text.strip()
    if len(line) < 3 or not line.startswith("|") or line.count("|") < 3:
        return None
    return [_cell(cell) for cell in line.strip("|").split("|")]


def _cell(text: str) -> str:
    return "\n".join(plain(part) for part in _BREAK.split(text))


def _close(source: Source, rows: list[list[str]], page: int) -> None:
    rows = [row for row in rows if row]
    if rows:
        width = max(len(row) for row in rows)
        source.table([row + [""] * (width - len(row)) for row in rows], page)


def plain(text: str) -> str:
    """A line without marks of emphasis, headings and quotations; runs of spaces stay (they part columns)."""
    text = _TAG.sub("", text.replace("\t", "    ")).rstrip()
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    lead = text.lstrip()
    if lead.startswith("#"):
        lead = lead.lstrip("#").strip()
    if lead.startswith("> "):
        lead = lead[2:].strip()
    if lead.startswith("* ") and lead.count("*") % 2:
        lead = "- " + lead[2:]
    lead = lead.replace("*", "")
    if "__" in lead:
        lead = lead.replace("__", "")
    if not lead.strip(" |-–—=_"):
        return "" if lead.strip() not in {"-", "–", "—"} else lead.strip()
    return lead.strip().strip("|").strip()
