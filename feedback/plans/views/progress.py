"""What was reported: of one item, and of a whole plan with who is silent; earlier versions of the text."""

from __future__ import annotations

from flask import abort, render_template, request

from feedback.core import clock
from feedback.core.permissions import public
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import REFERENCE
from feedback.plans import queries
from feedback.plans.views import bp

ORDER = {"late": 0, "due": 1, "reported": 2, "not_yet": 3}


@bp.get("/items/<int:item_id>/progress")
@public
@cached(lambda item_id: (REFERENCE,), args=("after",))
def item_progress(item_id: int) -> str:
    """Every report on an item with its evidence, its milestones and targets."""
    day = clock.today()
    duty = queries.duty(item_id, day) or abort(404)
    reports = queries.reports_of(item_id, after=request.args.get("after", ""))
    return render_template(
        "plans/progress/item.html",
        duty=duty,
        progress=queries.progress_of(duty, day),
        reports=reports,
        rhythm=queries.rhythm_of(duty.plan_id),
        day=day,
    )


@bp.get("/plans/<int:plan_id>/progress")
@public
@cached(lambda plan_id: (REFERENCE,))
def plan_progress(plan_id: int) -> str:
    """Every item of a plan: how far it is, and whose report is missing."""
    day = clock.today()
    board = queries.board(plan_id, day)
    if not board.tasks:
        abort(404)
    rows = sorted(
        board.tasks.values(), key=lambda one: (ORDER[one.standing.state], one.duty.position)
    )
    rhythm = queries.rhythm_of(plan_id)
    return render_template("plans/progress/plan.html", rows=rows, board=board, rhythm=rhythm)


@bp.get("/items/<int:item_id>/versions")
@public
@cached(lambda item_id: (REFERENCE,))
def item_versions(item_id: int) -> str:
    """The official text through the plan's versions, with what each one changed."""
    duty = queries.duty(item_id, clock.today()) or abort(404)
    versions = queries.versions_of(item_id)
    return render_template("plans/item/versions.html", duty=duty, versions=versions)
