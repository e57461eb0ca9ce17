"""The administrator's page: who works here, the table of terms, the state of the outbox."""

from __future__ import annotations

from flask import render_template

from feedback.core.permissions import allow
from feedback.pages import queries
from feedback.pages.views import bp


@bp.get("/admin")
@allow("people:manage")
def admin() -> str:
    return render_template(
        "pages/admin/show.html",
        people=queries.people(),
        terms=queries.terms(),
        outbox=queries.outbox_counts(),
        events=queries.number_of_events(),
    )
