"""What somebody uploads is told by its bytes and made anew in a child process before it is kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from feedback.core import isolated
from feedback.files.errors import FileRefused
from feedback.files.kinds import kind_of

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
# shown by the browser's own chooser. Types by name, not image/*: an iPhone then hands over its pictures
# as JPEG instead of HEIC
Area = tuple[float, float, float, float]
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
    about, cleaned, thumb = _made_anew(data)
    if kind == "pdf":
        return Cleaned(cleaned, "application/pdf", ".pdf", pages=about["pages"])
    if kind == "word":
        return Cleaned(cleaned, WORD_TYPE, ".docx")
    return _picture(about, cleaned, thumb)


def blur(data: bytes, area: Area) -> Cleaned:
    """A picture of ours in which one area (left, top, width, height, as shares of its sides) is made
    unreadable for good. Raises FileRefused."""
    return _picture(*_made_anew(data, json.dumps([area])))


def _made_anew(data: bytes, *arguments: str) -> tuple[dict[str, Any], bytes, bytes]:
    """What the child process says, the bytes that it made, and those of the small copy."""
    try:
        made = isolated.run("feedback.files.scrub", *arguments, data=data)
        line, _newline, body = made.partition(b"\n")
        about: dict[str, Any] = json.loads(line)
    except (isolated.PastLimits, ValueError) as error:
        raise FileRefused("limits") from error
    if "error" in about:
        raise FileRefused(about["error"])
    return about, body[: about["size"]], body[about["size"] :]


def _picture(about: dict[str, Any], cleaned: bytes, thumb: bytes) -> Cleaned:
    small = Thumb(thumb, about["thumb_width"], about["thumb_height"])
    return Cleaned(cleaned, "image/jpeg", ".jpg", about["width"], about["height"], thumb=small)
