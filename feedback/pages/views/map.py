"""The tiles of the operator's map, handed out in parts."""

from __future__ import annotations

from flask import Response, abort, send_file

from feedback.core import maps
from feedback.core.permissions import public
from feedback.pages.views import bp

KEPT_S = 30 * 24 * 3600  # the address names the file's version


@bp.get("/map/tiles.pmtiles")
@public
def map_tiles() -> Response:
    """The file itself; a browser asks for the few parts (Range) that it draws. Knows nobody."""
    found = maps.offered()
    if found is None or not found.path.is_file():
        abort(404)
    answer = send_file(
        found.path,
        mimetype="application/octet-stream",
        conditional=True,
        etag=found.version,
        max_age=KEPT_S,
    )
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_S}"
    return answer
