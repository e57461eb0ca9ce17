"""What somebody uploads is told by its bytes and made anew in a child process before it is kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from feedback.core import isolated
from feedback.files.errors import FileRefused
from feedback.files.kinds import kind_of

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
# shown by the browser's own chooser. Types by name, not image/*: an iPhone then hands over its pictures
# as JPEG instead of HEIC
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACCEPT = f"image/jpeg,image/png,image/webp,application/pdf,.docx,{WORD_TYPE}"


@dataclass(frozen=True)
class Thumb:
    """A small JPEG of few bytes."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Cleaned:
    """A file made anew. ``width`` and ``height`` in points (a picture), ``pages`` (a PDF), else 0."""

    data: bytes
    media_type: str
    extension: str
    width: int = 0
    height: int = 0
    pages: int = 0
    thumb: Thumb | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def clean_upload(data: bytes) -> Cleaned:
    """The cleaned file: JPEG, PDF or docx. Raises FileRefused; nothing is kept by then."""
    if not data:
        raise FileRefused("empty")
    if len(data) > MAX_BYTES:
        raise FileRefused("too_large")
    kind = kind_of(data)
    if kind in {"", "heic", "old_word"}:
        raise FileRefused(kind or "unknown")
    try:
        line, _newline, body = isolated.run("feedback.files.scrub", data=data).partition(b"\n")
        about = json.loads(line)
    except (isolated.PastLimits, ValueError) as error:
        raise FileRefused("limits") from error
    if "error" in about:
        raise FileRefused(about["error"])
    cleaned, thumb = body[: about["size"]], body[about["size"] :]
    if kind == "pdf":
        return Cleaned(cleaned, "application/pdf", ".pdf", pages=about["pages"])
    if kind == "word":
        return Cleaned(cleaned, WORD_TYPE, ".docx")
    small = Thumb(thumb, about["thumb_width"], about["thumb_height"])
    return Cleaned(cleaned, "image/jpeg", ".jpg", about["width"], about["height"], thumb=small)
