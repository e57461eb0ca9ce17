"""What search engines are led to, what they are asked to leave alone: what costs much and says nothing new, and what is
nobody's to find."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template

from feedback.core import clock
from feedback.core.permissions import public
from feedback.pages import queries
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
STANDING = (
    "/",
    "/plans",
    "/transparency",
    "/publications",
    "/communes",
    "/guide",
    "/guide/complaint",
    "/guide/denunciation",
    "/privacy",
)


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """RFC 9309. Not a lock: what is private asks who comes."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in LEFT_ALONE)]
    lines += ["", f"Sitemap: {current_app.config['BASE_URL']}/sitemap.xml"]
    answer = Response("\n".join(lines) + "\n", mimetype="text/plain")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


@bp.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """The parts of the map: that of plans and places first, then one for each so many petitions."""
    return _map("pages/sitemap.xml", parts=queries.parts_of_map() + 1)


@bp.get("/sitemaps/<int:part>.xml")
@public
def sitemap_part(part: int) -> Response:
    """Part 0: what always stands, plans, items and communes; the others: answers, by their keys."""
    if part > queries.parts_of_map():
        abort(404)
    if part:
        return _map("pages/sitemap_part.xml", found=queries.answers_of_map(part))
    places = [*STANDING, *queries.places_of_map(clock.today())]
    return _map("pages/sitemap_part.xml", found=[(path, None) for path in places])


def _map(template: str, **values: object) -> Response:
    """Sitemaps 0.9 (sitemaps.org)."""
    answer = Response(render_template(template, **values), mimetype="application/xml")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
