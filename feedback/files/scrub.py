"""The program of the child process: a stranger's file on standard input; on standard output one line of
JSON (what came of it), then the bytes of the cleaned file and of its thumbnail."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from feedback.files.kinds import kind_of

MOST_OUT = 12 * 1024 * 1024  # a PDF or a docx written anew may grow a little
Areas = Sequence[tuple[float, float, float, float]]
Made = tuple[dict[str, Any], bytes, bytes]


def scrub(data: bytes, areas: Areas = ()) -> Made:
    """What the file is, its cleaned bytes, its thumbnail; or ``{"error": code}`` and nothing. With
    ``areas`` a picture in which these are made unreadable."""
    try:
        if areas:
            return _picture(data, areas)
        return _MAKERS[kind_of(data)](data)
    except MemoryError:
        return {"error": "limits"}, b"", b""
    except Exception:  # whatever a decoder makes of bytes that lie
        return {"error": "broken"}, b"", b""


def _picture(data: bytes, areas: Areas = ()) -> Made:
    from feedback.files import pictures

    try:
        picture, cleaned = pictures.clean_picture(data)
    except pictures.TooManyPoints:
        return {"error": "pixels"}, b"", b""
    if areas:
        picture, cleaned = pictures.coarsened(picture, areas)
    small, thumb = pictures.thumbnail(picture)
    about = {"size": len(cleaned), "width": picture.width, "height": picture.height}
    return {**about, "thumb_width": small.width, "thumb_height": small.height}, cleaned, thumb


def _pdf(data: bytes) -> Made:
    from feedback.files import papers

    try:
        cleaned, pages = papers.clean_pdf(data)
    except papers.Locked:
        return {"error": "locked"}, b"", b""
    except papers.TooManyPages:
        return {"error": "pages"}, b"", b""
    if len(cleaned) > MOST_OUT:
        return {"error": "too_large"}, b"", b""
    return {"size": len(cleaned), "pages": pages}, cleaned, b""


def _word(data: bytes) -> Made:
    from feedback.files import word

    try:
        cleaned = word.clean_docx(data)
    except word.Refusal as error:
        return {"error": error.code}, b"", b""
    if len(cleaned) > MOST_OUT:
        return {"error": "too_large"}, b"", b""
    return {"size": len(cleaned)}, cleaned, b""


_MAKERS = {"picture": _picture, "pdf": _pdf, "word": _word}


def main() -> None:
    """Entry of the child process."""
    areas = json.loads(sys.argv[1]) if len(sys.argv) > 1 else ()
    about, cleaned, thumb = scrub(sys.stdin.buffer.read(), areas)
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + cleaned + thumb)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
