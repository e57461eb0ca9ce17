"""Splitting the names of an agency line; which body a name means is the registry's business."""

from __future__ import annotations


def split_agencies(words: str) -> list[str]:
    """One entry an agency or collective phrase; the wording stays the document's.

    Semicolons part entries; commas stand inside collective phrases ("Các sở, ban, ngành tỉnh").
    """
    entries = (" ".join(part.split()).rstrip(" .") for part in words.split(";"))
    return [entry for entry in entries if entry]
