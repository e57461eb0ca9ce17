"""Search over everything that the public may find."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import make_response, render_template, request
from werkzeug.datastructures import MultiDict

from feedback.core import clock
from feedback.core.permissions import public
from feedback.core.text import clean_line
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import RECORD
from feedback.pages import pacing, queries
from feedback.pages.views import bp
from feedback.search import queries as index
from feedback.search.rules.asking import FACETS, Asked

KINDS = ("item", "petition", "answer", "comment", "agency")
LONGEST = 200


@bp.get("/search")
@public
def search() -> str:
    """Accents or none; every typed word must occur, what stands in quotes as it stands there."""
    chosen = {name: request.args.get(name, "") for name in ("q", *FACETS, "since")}
    asked = _asked(request.args)
    found = index.search(asked, after=request.args.get("after", ""), on=clock.today())
    kept = {"q": asked.typed, **asked.facets, "since": chosen["since"] if asked.since else ""}
    return render_template(
        "pages/search/list.html",
        asked={name: value for name, value in kept.items() if value},
        found=found,
        kinds=KINDS,
        most=index.MOST,
        periods=index.PERIODS,
        after=request.args.get("after", ""),
        bodies=queries.short_names(),
        plans=queries.plan_numbers(),
        lacking=index.unknown_words(asked, on=clock.today()) if not found.total else (),
    )


@bp.get("/search/offers")
@public
@cached(lambda: (RECORD,), args=("q",))
def search_offers() -> Any:
    """What the box offers while somebody types, as a piece of page; empty where nothing fits."""
    if not pacing.may_ask(request.remote_addr or ""):
        return "", 429
    typed = clean_line(request.args.get("q", ""))[:LONGEST]
    response = make_response(
        render_template("pages/search/_offers.html", offers=index.offered(typed, on=clock.today()))
    )
    response.headers["Cache-Control"] = "private, max-age=60"  # it speaks this reader's language
    return response


def _asked(args: MultiDict[str, str] | Mapping[str, str]) -> Asked:
    """What the address asks for; what it cannot mean is left out."""
    facets = {name: args.get(name, "") for name in FACETS}
    if facets["kind"] not in KINDS:
        facets["kind"] = ""
    days = args.get("since", "")
    known = [str(period) for period in index.PERIODS]
    since = clock.today() - timedelta(days=int(days)) if days in known else None
    typed = clean_line(args.get("q", ""))[:LONGEST]
    return Asked(typed, {k: v for k, v in facets.items() if v}, since)
