"""Readers: the bytes of one kind of file → numbered lines. A new kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feedback.importer.readers.text import read_text


@dataclass(frozen=True)
class Line:
    """One line of the document and its number, counted from 1."""

    number: int
    text: str


Reader = Callable[[bytes], list[str]]
READERS: dict[str, Reader] = {".txt": read_text, ".md": read_text}
