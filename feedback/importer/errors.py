"""Why a file cannot be read as a plan."""

from __future__ import annotations

CODES = {
    "empty": "the file is empty",
    "ending": "this kind of file is not read (.txt and .md are)",
    "too_large": "the file is larger than 20 MB",
    "binary": "the file is not text",
    "encoding": "the text is not UTF-8 or UTF-16",
    "no_number": "no document number such as 2705/KH-UBND was found",
    "no_items": "no task with agency lines was found",
    "limits": "reading took too long or too much memory",
}


class NotAPlan(Exception):
    """The file is no plan; ``code`` says why (see CODES)."""

    def __init__(self, code: str) -> None:
        super().__init__(CODES[code])
        self.code = code
