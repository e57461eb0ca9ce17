"""Why a file is not taken. Each code has one sentence; it follows the file's name."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.core.errors import Refused

SENTENCES = {
    "empty": _l("The file is empty. Choose it again, or take the picture anew."),
    "too_large": _l("The file is larger than 10 MB. Send a smaller one."),
    "unknown": _l("This is not a picture (JPEG, PNG, WebP) or a PDF, whatever its name says."),
    "heic": _l(
        "This picture is in the iPhone's own format (HEIC). Take a screenshot of it and send that, or "
        "choose Settings, Camera, Formats, Most Compatible, and take it anew."
    ),
    "pixels": _l("The picture has more than 50 million points. Send a smaller one."),
    "broken": _l("The file is damaged or was cut off on its way. Choose it again."),
    "locked": _l("The PDF is locked with a password. Save it without the password, then send it."),
    "pages": _l("The PDF has more than 200 pages. Send only the pages that matter."),
    "limits": _l("The file is too hard to open. Send it as a plain picture, or as a smaller PDF."),
    "too_many": _l("At most 5 files go with a petition. Remove one first, then add this one."),
}


class FileRefused(Refused):
    """The file is not taken; ``code`` says why (see SENTENCES)."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code], field="files", code=code)
