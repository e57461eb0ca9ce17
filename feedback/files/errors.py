"""Why a file is not taken. Each code has one sentence; it follows the file's name."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.core.errors import Refused

SENTENCES = {
    "empty": _l("The file is empty. Choose it again, or take the picture anew."),
    "too_large": _l("The file is larger than 10 MB. Send a smaller one."),
    "unknown": _l(
        "This is not a picture (JPEG, PNG, WebP), a PDF or a Word document (docx), whatever its name "
        "says."
    ),
    "heic": _l(
        "This picture is in the iPhone's own format (HEIC). Take a screenshot of it and send that, or "
        "choose Settings, Camera, Formats, Most Compatible, and take it anew."
    ),
    "pixels": _l("The picture has more than 50 million points. Send a smaller one."),
    "broken": _l("The file is damaged or was cut off on its way. Choose it again."),
    "locked": _l("The PDF is locked with a password. Save it without the password, then send it."),
    "pages": _l("The PDF has more than 200 pages. Send only the pages that matter."),
    "old_word": _l(
        "This is an old Word file (.doc), or one locked with a password. Save it as .docx or PDF, "
        "without the password, then send it."
    ),
    "office": _l(
        "This office file is not an ordinary Word document. Save it as a PDF and send that."
    ),
    "word_locked": _l("The document is locked with a password. Save it without, then send it."),
    "macros": _l(
        "The document holds a program (macros). Save it as .docx without it, or as a PDF."
    ),
    "embedded": _l(
        "The document holds a chart, another file or a drawing that we cannot check. Save it as a PDF "
        "and send that."
    ),
    "doctype": _l("The document is not written as Word writes it. Save it as a PDF and send that."),
    "unpacked": _l(
        "The document is far larger inside than outside. Save it as a PDF and send that."
    ),
    "limits": _l("The file is too hard to open. Send it as a plain picture, or as a smaller PDF."),
    "too_many": _l("At most 5 files go with a petition. Remove one first, then add this one."),
}


class FileRefused(Refused):
    """The file is not taken; ``code`` says why (see SENTENCES)."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code], field="files", code=code)
