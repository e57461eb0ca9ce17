"""Files that come with a form: each made anew, or a sentence why it was not taken."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from feedback.core.text import cut
from feedback.files.cleaning import MAX_BYTES, MAX_FILES, Cleaned, clean_upload
from feedback.files.errors import FileRefused
from feedback.files.names import clean_name


def clean_sent(uploads: Iterable[FileStorage]) -> tuple[list[tuple[str, Cleaned]], list[str]]:
    """Each upload by its name, one after the other so that memory stays bounded; and the refusals.

    Asks the database nothing: SQLite has one writer, and cleaning takes its time.
    """
    cleaned: list[tuple[str, Cleaned]] = []
    refusals: list[str] = []
    sent = [upload for upload in uploads if upload.filename]
    for number, upload in enumerate(sent, start=1):
        name = clean_name(upload.filename)
        try:
            if number > MAX_FILES:
                raise FileRefused("too_many")
            cleaned.append((name, clean_upload(upload.read(MAX_BYTES + 1))))
        except FileRefused as error:
            refusals.append(refusal_of(name, error))
    return cleaned, refusals


def refusal_of(name: str, error: FileRefused) -> str:
    """The sentence about one file; a long name is cut."""
    return f"{cut(name) or _('A file without a name')}: {error.message}"
