"""Plans at the desk: what waits, what is published, its everyday words, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.importer import actions, queries
from feedback.importer.forms import ConfirmForm, DescribeForm
from feedback.importer.views import bp
from feedback.plans import actions as plan_actions
from feedback.plans import queries as plans
from feedback.plans.models import Plan, PlanItem


@bp.get("")
@allow("plans:import")
def plan_list() -> str:
    """What is being read, what waits to be published, and published plans."""
    return render_template(
        "importer/plan/list.html",
        uploads=queries.uploads(),
        drafts=queries.drafts(),
        published=plans.published_plans(),
    )


@bp.get("/<int:plan_id>")
@allow("plans:import")
def show(plan_id: int) -> str:
    """A published plan: its versions, its everyday words, what can be done with it."""
    return _page(_plan(plan_id), ConfirmForm())


@bp.route("/<int:plan_id>/items/<int:item_id>", methods=["GET", "POST"])
@allow("plans:import")
def describe(plan_id: int, item_id: int) -> Any:
    """An item at the desk: its everyday words, its targets, how far it is."""
    plan = _plan(plan_id)
    item = next((i for i in plan.items if i.id == item_id), None)
    if item is None:
        abort(404)
    form = DescribeForm(title=item.title, summary=item.summary)
    if form.validate_on_submit():
        title, summary = form.title.data, form.summary.data
        plan_actions.describe(item, title=title, summary=summary, by=current_person())
        commit()
        flash(_("Saved."))
        return redirect(url_for("importer.show", plan_id=plan.id, _anchor=item.path), 303)
    status = 422 if form.is_submitted() else 200
    shown = {"plan": plan, "item": item, "form": form, **_far(plan, item)}
    return render_template("importer/plan/describe.html", **shown), status


@bp.post("/<int:plan_id>/withdrawal")
@allow("plans:publish")
def take_back(plan_id: int) -> Any:
    """Undo the last publication, soon after it."""
    plan = _plan(plan_id)
    reading = queries.published_last(plan)
    if reading is None:
        abort(404)
    try:
        actions.take_back(reading, minutes=_minutes(), by=current_person())
        commit()
    except Refused as error:
        db.session.rollback()
        form = ConfirmForm()
        form.form_errors.append(error.message)
        return _page(_plan(plan_id), form), error.status
    flash(_("The publication is taken back. You can correct the draft and publish it again."))
    return redirect(url_for("importer.review", reading_id=reading.id), 303)


def _page(plan: Plan, form: ConfirmForm) -> str:
    back = queries.may_take_back(queries.published_last(plan), _minutes())
    board = plans.board(plan.id, clock.today())
    return render_template(
        "importer/plan/show.html",
        plan=plan,
        form=form,
        take_back=back,
        minutes=_minutes(),
        board=board,
        groups=plans.groups_to_weigh(plan, board),
    )


def _far(plan: Plan, item: PlanItem) -> dict[str, Any]:
    """How far the item is and what it counts in its group; nothing where it is no task in force."""
    board = plans.board(plan.id, clock.today())
    parts = plans.weighed(plan, item.parent_id, board)
    weighs = item.parent_id in plans.groups_to_weigh(plan, board)
    group: dict[str, Any] = {"item_id": item.parent_id} if item.parent_id else {}
    return {
        "progress": board.tasks.get(item.id),
        "of_group": next((one for one in parts if weighs and one.item is item), None),
        "weights": url_for("plans.weigh", plan_id=plan.id, **group),
    }


def _minutes() -> int:
    return int(current_app.config["TAKE_BACK_MINUTES"])


def _plan(plan_id: int) -> Plan:
    plan = plans.plan(plan_id)
    if plan is None:
        abort(404)
    return plan
