"""The administrator's page: who works here, the table of terms, the state of the outbox."""

from __future__ import annotations

from flask import render_template, request

from feedback.agencies.queries import STAFF_ORDERS, staff
from feedback.core.permissions import allow
from feedback.core.text import clean_line
from feedback.monitoring.rules.tables import leaf
from feedback.pages import queries
from feedback.pages.views import bp

AT_ONCE = 25  # people


@bp.get("/admin")
@allow("people:manage")
def admin() -> str:
    """People are found by words, sorted, and shown a page at a time."""
    words, sort = clean_line(request.args.get("q", ""))[:80], request.args.get("sort", "")
    sort = sort if sort.removeprefix("-") in STAFF_ORDERS else "agency"
    found = staff(words, sort)
    return render_template(
        "pages/admin/show.html",
        people=leaf(found, request.args.get("page", ""), most=AT_ONCE),
        number=len(found),
        everybody=len(found) if not words else len(staff()),
        typed=words,
        sort=sort,
        terms=queries.terms(),
        outbox=queries.outbox_counts(),
        events=queries.number_of_events(),
    )
