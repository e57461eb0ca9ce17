"""Handing a kept file out, so that whatever a browser makes of it, it does nothing."""

from __future__ import annotations

from flask import Response, abort, send_file

from feedback.core import files
from feedback.core.logs import log
from feedback.core.permissions import current_person

# it runs nothing, loads nothing and belongs to nobody
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def hand_out(sha256: str, media_type: str, *, name: str, private: bool) -> Response:
    """Bytes with headers that keep them from acting; asked again, "not changed" costs nothing.

    404 where the bytes are gone, say after a restore that left the folder out; the log names them.
    """
    path = files.path_of(sha256)
    if not path.is_file():
        log.error("file_missing", sha256=sha256)
        abort(404)
    response = send_file(
        path,
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
        etag=sha256,
        last_modified=0,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    if current_person() is not None:
        response.headers["Cache-Control"] = "no-store"
    else:  # kept, but asked for each time: what is hidden later is gone at once
        response.headers["Cache-Control"] = "private, no-cache" if private else "no-cache"
    response.vary.add("Cookie")
    return response
