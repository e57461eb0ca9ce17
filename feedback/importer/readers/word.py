"""Word documents (.docx): paragraphs and tables in their order, with the numbers that Word makes itself."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from typing import Any

from lxml import etree

from feedback.files.word.reading import Package, Refusal
from feedback.importer.errors import NotAPlan
from feedback.importer.readers.numbering import Numbering
from feedback.importer.readers.pieces import Line, Source
from feedback.importer.readers.text import INVISIBLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_REFUSED = {
    "word_locked": "locked",
    "doctype": "doctype",
    "unpacked": "unpacked",
    "office": "wrong_ending",
}
_SKIPPED = {
    W + "del",
    W + "moveFrom",
    W + "instrText",
    W + "delText",
    W + "pPr",
    W + "rPr",
    _FALLBACK,
}
_MARKS = {W + "tab": "    ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# what zipfile and lxml raise of a damaged file
DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.LxmlError,
    LookupError,
    OSError,
)
DAMAGED += (ValueError, EOFError, RuntimeError)
MAX_COLUMNS = 40
MAX_DEPTH = 8
HEADING_ROWS = 2  # in these a cell over several columns is a heading of each


def read_word(data: bytes, progress: object = None) -> Source:
    """The document. Raises NotAPlan: locked, doctype, unpacked, wrong_ending, broken."""
    if data.startswith(OLE):
        raise NotAPlan("locked" if ENCRYPTED in data else "wrong_ending")
    if not data.startswith(b"PK"):
        raise NotAPlan("wrong_ending")
    try:
        package = Package(data)
        main = package.main()
        root = package.xml(main)
        parts: dict[str, str] = {r.kind: r.target for r in package.relations(main) if not r.outside}
        wanted = {kind: parts.get(kind, "") for kind in ("numbering", "styles")}
        extra = {kind: package.xml(name) for kind, name in wanted.items() if name in package}
    except Refusal as refusal:
        raise NotAPlan(_REFUSED.get(refusal.code, "broken")) from refusal
    except DAMAGED as error:
        raise NotAPlan("broken") from error
    source = Source(kind="word")
    _Body(source, Numbering(extra.get("numbering"), extra.get("styles"))).read(
        root.find(W + "body")
    )
    return source


class _Body:
    """Puts the body's elements into the source."""

    def __init__(self, source: Source, numbering: Numbering) -> None:
        self.source = source
        self.numbering = numbering

    def read(self, body: Any, depth: int = 0) -> None:
        if body is None or depth > MAX_DEPTH:
            return
        for element in body:
            if element.tag == W + "p":
                self._paragraph(element)
            elif element.tag == W + "tbl":
                self._table(element)
            elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
                self.read(element, depth + 1)

    def _paragraph(self, element: Any) -> None:
        for text in self._words(element).split("\n"):
            self.source.line(text.strip())
        number = len(self.source.shown)
        self.source.pieces.append(Line(number, ""))  # a paragraph ends

    def _words(self, element: Any) -> str:
        text = _text(element).strip()
        label = self.numbering.label(element)
        return f"{label} {text}" if label and text else text

    def _table(self, element: Any) -> None:
        rows: list[list[str]] = []
        merged: set[tuple[int, int]] = set()
        for row in element.iter(W + "tr"):
            if _own_table(row) is element:
                self._row(row, rows, merged)
        width = max((len(row) for row in rows), default=0)
        filled = [row + [""] * (width - len(row)) for row in rows]
        if filled:
            self.source.table(filled, merged=frozenset(merged))

    def _row(self, element: Any, rows: list[list[str]], merged: set[tuple[int, int]]) -> None:
        """A row over the whole grid: a cell over several columns or rows stands in each of them."""
        at, row = len(rows), list[str]()
        for cell in element.iter(W + "tc"):
            if _own_row(cell) is not element or len(row) >= MAX_COLUMNS:
                continue
            span, going_on = _shape(cell)
            above = rows[-1][len(row)] if rows and len(row) < len(rows[-1]) else ""
            text = above if going_on else self._cell(cell)
            for turn in range(min(span, MAX_COLUMNS - len(row))):
                if going_on:
                    merged.add((at, len(row)))
                row.append(text if not turn or at < HEADING_ROWS else "")
        rows.append(row)

    def _cell(self, cell: Any) -> str:
        return "\n".join(w for w in (self._words(p) for p in cell.iter(W + "p")) if w)


def _own_table(row: Any) -> Any:
    return next(row.iterancestors(W + "tbl"), None)


def _own_row(cell: Any) -> Any:
    return next(cell.iterancestors(W + "tr"), None)


def _shape(cell: Any) -> tuple[int, bool]:
    """Over how many columns a cell goes, and whether it only goes on from the row above."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        return 1, False
    span = properties.find(W + "gridSpan")
    merge = properties.find(W + "vMerge")
    count = span.get(W + "val", "1") if span is not None else "1"
    going_on = merge is not None and merge.get(W + "val", "continue") == "continue"
    return min(int(count), MAX_COLUMNS) if count.isdigit() and int(count) else 1, going_on


def _text(paragraph: Any) -> str:
    """The paragraph's words; not what was deleted, a field's instruction, a fallback drawing."""
    found: list[str] = []
    waiting = list(reversed(list(paragraph)))
    while waiting:
        element = waiting.pop()
        if element.tag == W + "t":
            found.append(element.text or "")
        elif element.tag in _MARKS:
            found.append(_MARKS[element.tag])
        elif element.tag not in _SKIPPED and not _is_hidden(element):
            waiting.extend(reversed(list(element)))
    text = unicodedata.normalize("NFC", "".join(found)).replace("\xa0", " ")
    return text.translate(INVISIBLE)


def _is_hidden(element: Any) -> bool:
    if element.tag != W + "r":
        return False
    properties = element.find(W + "rPr")
    mark = properties.find(W + "vanish") if properties is not None else None
    return mark is not None and mark.get(W + "val", "1") not in {"0", "false"}
