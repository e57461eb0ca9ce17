"""A plan item: what it is, who was and is responsible, what people ask and what came of it."""

from __future__ import annotations

from datetime import date

from flask import abort, render_template, request
from markupsafe import Markup

from feedback.comments.queries import SORTS, listed_on_item, threads
from feedback.core import clock
from feedback.core.permissions import public
from feedback.core.words import language
from feedback.pagecache.cache import cached
from feedback.pagecache.memory import remembered
from feedback.pagecache.queries import REFERENCE
from feedback.pages.freshness import item_version
from feedback.pages.views import bp
from feedback.petitions import queries as petitions
from feedback.plans import queries as plans
from feedback.publication.queries import decisions_about

DECISIONS = 3  # of the register, named on the item's page; the others a click away


@bp.get("/items/<int:item_id>")
@public
@cached(lambda item_id: (item_version(item_id), REFERENCE), args=("after", "said", "sort"))
def item(item_id: int) -> str:
    """One item of a published plan."""
    day, args = clock.today(), request.args
    # first, for it brings along the version that what is known of the item has
    asked = petitions.public_petitions_of_item(item_id, after=args.get("after", ""))
    found = plans.item_now(item_id, day)
    if found is None:
        abort(404)
    sort = args.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    comments = listed_on_item(item_id, sort=sort, after=args.get("said", ""))
    return render_template(
        "pages/item/show.html",
        item=found,
        **_kept(found, day),
        day=day,
        petitions=asked,
        comments=comments,
        threads=threads(comments.rows),
        sort=sort,
        args=args,
        steps=_steps(bool(comments.rows), bool(asked.rows)),
    )


def _kept(item: plans.ItemNow, day: date) -> dict[str, Markup]:
    """What stands in the plan and what was done about it, as HTML: kept in memory until plans, bodies,
    reports or the day change."""
    progress = plans.done_now(item.duty, day)
    key = "item as html", item.id, day, language()
    parts = {"known": "_known", "done": "_done", "decided": "_decided", "more": "_more"}

    def make() -> dict[str, Markup]:
        decisions = decisions_about(item.id, item.plan_id, most=DECISIONS + 1)
        shown = {"item": item, "progress": progress, "day": day, "decisions": decisions}
        return {
            name: Markup(render_template(f"pages/item/{page}.html", **shown, most=DECISIONS))  # noqa: S704
            for name, page in parts.items()
        }

    return remembered(key, make)


def _steps(discussed: bool, asked: bool) -> dict[str, str]:
    """The rail says what is open to the people on this item."""
    return {
        "biet": "done",
        "ban": "done" if discussed else "open",
        "lam": "now",
        "kiem_tra": "open",
        "giam_sat": "open" if asked else "next",
        "thu_huong": "next",
    }
