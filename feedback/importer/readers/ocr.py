"""Scanned pages: read by Tesseract with its Vietnamese data where both are installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO

from feedback.importer.errors import NotAPlan
from feedback.importer.readers.furniture import without_furniture
from feedback.importer.readers.pieces import Source
from feedback.importer.readers.text import FORM_FEED, plain

DOTS_AN_INCH = 300
MAX_PAGES = 30
PAGE_SECONDS = 30  # of one page
PROGRAM = "tesseract"


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
        raise NotAPlan("limits")
    lines: list[str] = []
    for number in range(len(document)):
        picture = document[number].render(scale=DOTS_AN_INCH / 72, grayscale=True).to_pil()
        kept = BytesIO()
        picture.save(kept, "PNG")
        text = _read(kept.getvalue())
        lines.extend((FORM_FEED + text if number else text).split("\n"))
        if progress is not None:
            progress(number + 1, len(document))
    source, page = Source(kind="ocr"), 1
    for line in without_furniture(lines):
        page += line.count(FORM_FEED)
        source.line(plain(line.replace(FORM_FEED, "")), page)
    return source


def _read(picture: bytes) -> str:
    path = shutil.which(PROGRAM, path="/usr/local/bin:/usr/bin:/bin") or PROGRAM
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, the picture comes by standard input
            [path, "stdin", "stdout", "-l", "vie", "--psm", "6"],
            input=picture,
            capture_output=True,
            check=False,
            timeout=PAGE_SECONDS,
            env={"OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise NotAPlan("limits") from error
    return done.stdout.decode("utf-8", "replace").replace(FORM_FEED, "")
