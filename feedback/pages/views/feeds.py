"""What is new about an item or a plan, for feed readers (Atom, RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from flask import Response, abort, render_template

from feedback.core import clock
from feedback.core.permissions import public
from feedback.core.words import language
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import RECORD, REFERENCE
from feedback.pages.freshness import item_version
from feedback.pages.news import news
from feedback.pages.views import bp
from feedback.plans import queries as plans
from feedback.plans.models import PlanItem


@bp.get("/items/<int:item_id>/feed.atom")
@public
@cached(lambda item_id: (item_version(item_id), REFERENCE))
def item_feed(item_id: int) -> Response:
    """Reports on one item, and answers to petitions about it."""
    duty = plans.duty(item_id, clock.today()) or abort(404)
    title = duty.called
    return _feed(f"/items/{item_id}", title, PlanItem.id == item_id, duty)


@bp.get("/plans/<int:plan_id>/feed.atom")
@public
@cached(lambda plan_id: (RECORD, REFERENCE))
def plan_feed(plan_id: int) -> Response:
    """The same of every item of a plan."""
    found = [duty for duty in plans.duties(clock.today()) if duty.plan_id == plan_id]
    if not found:
        abort(404)
    title = found[0].plan_number
    return _feed(f"/plans/{plan_id}", title, PlanItem.plan_id == plan_id, found[0])


def _feed(path: str, title: str, which: sa.ColumnElement[bool], duty: plans.Duty) -> Response:
    entries = news(which)
    began = datetime.combine(duty.known_on, datetime.min.time(), tzinfo=UTC)
    text = render_template(
        "pages/feed.xml",
        id=f"urn:uuid:{uuid5(NAMESPACE_URL, path)}",
        title=title,
        path=path,
        entries=entries,
        updated=max([began, *(entry.at for entry in entries)]),
        language=language(),
    )
    return Response(text, mimetype="application/atom+xml")
