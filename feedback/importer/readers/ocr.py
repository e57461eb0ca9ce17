"""Scanned pages: read by Tesseract with its Vietnamese data where both are installed."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from io import BytesIO

from feedback.importer.errors import NotAPlan
from feedback.importer.readers.grid import Segment, Word
from feedback.importer.readers.layout import Page, page_of, source_of
from feedback.importer.readers.pieces import Source
from feedback.importer.readers.ruling import without_rules
from feedback.importer.readers.text import INVISIBLE

DOTS_AN_INCH = 300
MAX_PAGES = 30
PAGE_SECONDS = 30  # of one page
PROGRAM = "tesseract"
POINTS = 72.0  # an inch
COLUMN, SPARSE = "4", "11"  # how Tesseract looks for text: in lines; in cells, wherever they stand
COLUMNS, WORD_LEVEL = 12, "5"  # of Tesseract's table
SIGNS = ("-", "–", "+", "/", "&")  # words of their own; other marks alone are dirt
RULES = "|_—–[]{}~¦"  # what ruled lines are read as


def is_installed() -> bool:
    """Whether Tesseract is there and knows Vietnamese."""
    path = shutil.which(PROGRAM, path="/usr/local/bin:/usr/bin:/bin")
    if path is None:
        return False
    listed = subprocess.run([path, "--list-langs"], capture_output=True, check=False, timeout=10)  # noqa: S603
    return b"vie" in listed.stdout.split()


def read_pictures(data: bytes, progress: Callable[[int, int], None] | None = None) -> Source:
    """The text of the pages' pictures. Raises NotAPlan("scanned") where they cannot be read."""
    if not is_installed():
        raise NotAPlan("scanned")
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    if len(document) > MAX_PAGES:
        raise NotAPlan("too_long")
    pages: list[Page] = []
    for number in range(len(document)):
        picture = document[number].render(scale=DOTS_AN_INCH / POINTS, grayscale=True).to_pil()
        clean, rules = without_rules(picture)
        kept = BytesIO()
        clean.save(kept, "PNG")
        words, segments = straight(
            lines_of(_read(kept.getvalue(), SPARSE if rules else COLUMN)),
            [_in_points(s) for s in rules],
        )
        pages.append(page_of(words, segments, pages[-1] if pages else None))
        if progress is not None:
            progress(number + 1, len(document))
    return source_of(pages, "ocr")


def lines_of(table: str) -> list[list[Word]]:
    """The lines of Tesseract's table, their words with places in points."""
    found: dict[tuple[str, ...], list[Word]] = {}
    for line in table.split("\n"):
        cells = line.rstrip("\r").split("\t")
        if len(cells) != COLUMNS or cells[0] != WORD_LEVEL:
            continue
        text = unicodedata.normalize("NFC", cells[-1]).translate(INVISIBLE).strip(RULES)
        known = any(char.isalnum() for char in text) or text in SIGNS
        if not known or not all(cell.isdigit() for cell in cells[6:10]):
            continue
        left, top, width, height = (int(cell) * POINTS / DOTS_AN_INCH for cell in cells[6:10])
        found.setdefault(tuple(cells[1:5]), []).append(
            Word(text, left, left + width, top, top + height)
        )
    return [_even(words) for words in found.values()]


def _even(words: list[Word]) -> list[Word]:
    """Words of a line as high as most of them are, standing on the line's ground: letters differ in height."""
    height = sorted(word.height for word in words)[len(words) // 2]
    return [Word(w.text, w.left, w.right, w.bottom - height, w.bottom) for w in words]


def straight(lines: list[list[Word]], rules: list[Segment]) -> tuple[list[Word], list[Segment]]:
    """Words and ruled lines as if the page lay straight: the middle slope of the long lines is taken away."""
    slopes = sorted(
        (words[-1].middle - words[0].middle) / (words[-1].left - words[0].left)
        for words in lines
        if words[-1].left - words[0].left > 150
    )
    slope = slopes[len(slopes) // 2] if slopes else 0.0
    put: list[Word] = []
    for word in (word for words in lines for word in words):
        down, right = slope * word.left, slope * word.top
        put.append(
            Word(
                word.text,
                word.left + right,
                word.right + right,
                word.top - down,
                word.bottom - down,
            )
        )
    turned = []
    for rule in rules:
        x, y = (rule.x0 + rule.x1) / 2 * slope, (rule.y0 + rule.y1) / 2 * slope
        turned.append(Segment(rule.x0 + y, rule.y0 - x, rule.x1 + y, rule.y1 - x))
    return put, turned


def _in_points(rule: Segment) -> Segment:
    part = POINTS / DOTS_AN_INCH
    return Segment(rule.x0 * part, rule.y0 * part, rule.x1 * part, rule.y1 * part)


def _read(picture: bytes, mode: str) -> str:
    path = shutil.which(PROGRAM, path="/usr/local/bin:/usr/bin:/bin") or PROGRAM
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, the picture comes by standard input
            [path, "stdin", "stdout", "-l", "vie", "--psm", mode, "tsv"],
            input=picture,
            capture_output=True,
            check=False,
            timeout=PAGE_SECONDS,
            env={"OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise NotAPlan("limits") from error
    return done.stdout.decode("utf-8", "replace")
