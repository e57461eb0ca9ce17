"""What search engines are asked to leave alone: what costs much and says nothing new, and what is nobody's to find."""

from __future__ import annotations

from flask import Response

from feedback.core.permissions import public
from feedback.pages.views import bp

LEFT_ALONE = (
    "/search",  # every facet would be a page
    "/language/",
    "/text-size/",
    "/submit",
    "/track",
    "/officer",
    "/oversight",
    "/admin",
)


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """RFC 9309. Not a lock: what is private asks who comes."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in LEFT_ALONE)]
    answer = Response("\n".join(lines) + "\n", mimetype="text/plain")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
