"""Readers: the bytes of one kind of file → lines and tables. A new kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable

from feedback.importer.readers.pdf import read_pdf
from feedback.importer.readers.pieces import Source
from feedback.importer.readers.text import read_text
from feedback.importer.readers.word import read_word

Progress = Callable[[int, int], None]
Reader = Callable[[bytes, Progress | None], Source]
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".docx": read_word,
    ".pdf": read_pdf,
}
