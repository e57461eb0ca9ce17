"""What a newer version of a plan changes, and which of its items are the same as before."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, url_for

from feedback.core.permissions import allow, current_person
from feedback.importer import actions, queries
from feedback.importer.forms import PairForm
from feedback.importer.models import Reading
from feedback.importer.views import bp
from feedback.importer.views.edits import run
from feedback.importer.views.review import find
from feedback.plans import queries as plans


@bp.get("/readings/<int:reading_id>/changes")
@allow("plans:import")
def changes(reading_id: int) -> str:
    """What is the same, what changed, what came and what went; what is unclear stands first."""
    return _page(find(reading_id), PairForm())


@bp.post("/readings/<int:reading_id>/pairs")
@allow("plans:import")
def pair(reading_id: int) -> Any:
    """Say which item of the earlier version one is, or that it is new."""
    reading, form = find(reading_id), PairForm()

    def act() -> None:
        key, item = form.key.data or "", form.item.data or ""
        actions.say_pair(reading, key=key, item=item, by=current_person())

    to = url_for("importer.changes", reading_id=reading.id)
    return run(form, reading, act, lambda: _page(find(reading_id), form), to)


def _page(reading: Reading, form: PairForm) -> str:
    plan = plans.plan(reading.plan_id) if reading.plan_id else None
    if plan is None:
        abort(404)
    form.seen.data = str(reading.lock)
    shown = queries.changes(reading, queries.tree(reading), plan)
    return render_template(
        "importer/reading/changes.html",
        reading=reading,
        plan=plan,
        form=form,
        shown=shown,
        hanging=queries.hanging([one.item for one in shown.gone]),
    )
