"""Search over everything that the public may find."""

from __future__ import annotations

from flask import render_template, request

from feedback.agencies import queries as agencies
from feedback.agencies.rules.places import matching
from feedback.core import clock
from feedback.core.permissions import public
from feedback.core.text import clean_line
from feedback.pages.views import bp
from feedback.search.queries import search as find

KINDS = ("item", "petition")
PLACES = 4  # so many communes above what was found


@bp.get("/search")
@public
def search() -> str:
    """Accents or none; every typed word must occur."""
    typed = clean_line(request.args.get("q", ""))[:200]
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    return render_template(
        "pages/search/list.html",
        typed=typed,
        kind=kind,
        hits=find(typed, kind=kind) if typed else [],
        places=matching(typed, agencies.communes_on(clock.today()))[:PLACES] if not kind else [],
    )
