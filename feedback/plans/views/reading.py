"""Published plans: the list, and one plan as a tree."""

from __future__ import annotations

from flask import abort, render_template

from feedback.core import clock
from feedback.core.permissions import public
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import REFERENCE
from feedback.plans import queries
from feedback.plans.views import bp


@bp.get("/plans")
@public
@cached(lambda: (REFERENCE,))
def plan_list() -> str:
    """Every published plan."""
    return render_template("plans/plan/list.html", plans=queries.published_plans())


@bp.get("/plans/<int:plan_id>")
@public
@cached(lambda plan_id: (REFERENCE,))
def show_plan(plan_id: int) -> str:
    """One plan as its tree of items."""
    plan = queries.plan(plan_id)
    if plan is None:
        abort(404)
    board = queries.board(plan_id, clock.today())
    return render_template("plans/plan/show.html", plan=plan, board=board)
