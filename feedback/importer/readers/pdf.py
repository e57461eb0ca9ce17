"""PDF with text: words with their places give lines and, with the ruled lines, tables.

Read with PDFium. Scanned pages are handed to Tesseract where that is installed (ocr.py).
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from feedback.importer.errors import NotAPlan
from feedback.importer.readers.grid import Segment, Word
from feedback.importer.readers.layout import Page, page_of, source_of
from feedback.importer.readers.pieces import Source
from feedback.importer.readers.text import INVISIBLE

MAX_PAGES = 400
MAX_CHARS = 2_000_000
MAX_SEGMENTS = 6000  # a page with more is a drawing
Progress = Callable[[int, int], None]


def read_pdf(data: bytes, progress: Progress | None = None) -> Source:
    """The document. Raises NotAPlan: wrong_ending, locked, broken, scanned, too_large."""
    if b"%PDF-" not in data[:1024]:
        raise NotAPlan("wrong_ending")
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NotAPlan("locked" if "assword" in str(error) else "broken") from error
    try:
        pages = _pages(document, progress)
    finally:
        document.close()
    if not any(page.has_text for page in pages):
        from feedback.importer.readers.ocr import read_pictures

        return read_pictures(data, progress)
    return source_of(pages, "pdf")


def _pages(document: Any, progress: Progress | None) -> list[Page]:
    count = len(document)
    if not count:
        raise NotAPlan("broken")
    if count > MAX_PAGES:
        raise NotAPlan("too_long")
    pages, chars = list[Page](), 0
    for number in range(count):
        page = document[number]
        words = _words(page)
        chars += sum(len(word.text) for word in words)
        if chars > MAX_CHARS:
            raise NotAPlan("too_long")
        pages.append(page_of(words, _segments(page), pages[-1] if pages else None))
        page.close()
        if progress is not None:
            progress(number + 1, count)
    return pages


@dataclass(frozen=True)
class _Char:
    char: str
    base: float  # of its line, from the top of the page
    left: float
    right: float
    size: float


def _words(page: Any) -> list[Word]:
    """The words of a page with their places, the top of the page being 0.

    Letters are put in the order in which they stand, not in which they were drawn: a font without
    Vietnamese letters leaves those to another font, and they come after the line.
    """
    found: list[Word] = []
    for row in _char_rows(_chars(page)):
        word: list[_Char] = []
        space = 0.19 * max(char.size for char in row)
        for char in row:
            if word and (char.char == " " or char.left - word[-1].right > space):
                found.append(_word(word))
                word = []
            if char.char != " " and not (word and _is_twice(word[-1], char)):
                word.append(char)
        if word:
            found.append(_word(word))
    return found


def _chars(page: Any) -> list[_Char]:
    import pypdfium2.raw as pdfium

    height = page.get_height()
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for at in range(text.count_chars()):
        char = chr(min(pdfium.FPDFText_GetUnicode(text, at), 0x10FFFF))
        if pdfium.FPDFText_IsGenerated(text, at) == 1 or char in "\r\n\x00\x02\ufffe\uffff":
            continue
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        size = max(box.top - box.bottom, 4.0)
        shown = " " if char.isspace() else char
        found.append(_Char(shown, height - y.value, box.left, box.right, size))
    text.close()
    return found


def _char_rows(chars: list[_Char]) -> list[list[_Char]]:
    rows: list[list[_Char]] = []
    base = 0.0
    for char in sorted(chars, key=lambda c: c.base):
        if not rows or char.base - base > 0.3 * char.size:
            rows.append([])
            base = char.base
        rows[-1].append(char)
    return [sorted(row, key=lambda c: c.left) for row in rows]


def _is_twice(last: _Char, char: _Char) -> bool:
    """A letter drawn twice to look bold."""
    return last.char == char.char and abs(last.left - char.left) < 0.12 * char.size


def _word(chars: list[_Char]) -> Word:
    text = unicodedata.normalize("NFC", "".join(char.char for char in chars)).translate(INVISIBLE)
    base, size = chars[0].base, max(char.size for char in chars)
    return Word(text, chars[0].left, chars[-1].right, base - 0.75 * size, base + 0.2 * size)


def _segments(page: Any) -> list[Segment]:
    """The straight lines of the page's drawings, level or upright."""
    import pypdfium2.raw as pdfium

    height = page.get_height()
    found: list[Segment] = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        matrix = drawn.get_matrix()
        points: list[tuple[float, float]] = []
        for at in range(min(pdfium.FPDFPath_CountSegments(drawn), 40)):
            points.append(_point(pdfium, drawn, at, matrix))
            kind = pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(drawn, at))
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                points = points[-1:]
            elif len(points) > 1:
                (x0, y0), (x1, y1) = points[-2:]
                found.append(Segment(x0, height - y0, x1, height - y1))
        if len(points) > 3:  # closed: the last edge goes back to the first point
            found.append(Segment(points[-1][0], height - points[-1][1], points[0][0], height - points[0][1]))  # fmt: skip
        if len(found) > MAX_SEGMENTS:
            return []
    return [segment for segment in found if segment.is_level or segment.is_upright]


def _point(pdfium: Any, drawn: Any, at: int, matrix: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(drawn, at), x, y)
    placed: tuple[float, float] = matrix.on_point(x.value, y.value)
    return placed
