"""The front page: one question, then what is new and what is late."""

from __future__ import annotations

from flask import render_template

from feedback.core import clock
from feedback.core.permissions import public
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import RECORD
from feedback.pages import queries
from feedback.pages.views import bp
from feedback.petitions import queries as petitions


@bp.get("/")
@public
@cached(lambda: (RECORD,))
def home() -> str:
    """What do you want to do?"""
    today = clock.today()
    return render_template(
        "pages/home/show.html",
        tasks=queries.number_of_tasks(),
        late=queries.late_public(today),
        answered=petitions.recent_public(answered=True),
    )
