"""At the desk of who keeps the plans: what an item is to reach, and how much each part of a group counts."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.permissions import allow, current_person
from feedback.plans import actions, queries
from feedback.plans.forms.measures import (
    CorrectionForm,
    ReasonForm,
    TargetForm,
    filled,
    weights_form,
)
from feedback.plans.models import PlanItem, Target
from feedback.plans.views import bp
from feedback.plans.views.reporting import item_of, run

EDITORS = "plans:import"


@bp.route("/officer/plans/items/<int:item_id>/targets/new", methods=["GET", "POST"])
@allow(EDITORS)
def new_target(item_id: int) -> Any:
    """What an item is to reach: a number with its unit and day, or an aim in words."""
    item, form = item_of(item_id), TargetForm()

    def act() -> None:
        actions.set_target(item, **form.wanted, by=current_person())

    done = _("The target is on the item's page now.")
    return run(form, act, "target", done, to=_desk(item), item=item)


@bp.route(
    "/officer/plans/items/<int:item_id>/targets/<int:target_id>/corrections/new",
    methods=["GET", "POST"],
)
@allow(EDITORS)
def correct_target(item_id: int, target_id: int) -> Any:
    """Put a target right; what it said before stays on the page, with the reason."""
    target = _target(item_id, target_id)
    seen = queries.newest_change_id(target.id)
    form = CorrectionForm(seen=seen, **filled(target))

    def act() -> None:
        said: dict[str, Any] = {"reason": form.reason.data or "", "seen": form.seen_lock}
        actions.correct_target(target, **form.wanted, **said, by=current_person())

    done = _("The target is put right. What it said before stands beside it.")
    shown: dict[str, Any] = {"item": target.item, "target": target}
    return run(form, act, "target", done, to=_desk(target.item), seen=seen, **shown)


@bp.route(
    "/officer/plans/items/<int:item_id>/targets/<int:target_id>/withdrawals/new",
    methods=["GET", "POST"],
)
@allow(EDITORS)
def withdraw_target(item_id: int, target_id: int) -> Any:
    """Take a target back; it stays readable with the reason."""
    target, day = _target(item_id, target_id), clock.today()
    seen = queries.newest_change_id(target.id)
    form = ReasonForm(seen=seen)

    def act() -> None:
        said: dict[str, Any] = {"reason": form.reason.data or "", "seen": form.seen_lock}
        actions.withdraw_target(target, **said, on=day, by=current_person())

    done = _("The target is taken back. It stays readable with the reason.")
    shown: dict[str, Any] = {"item": target.item, "target": target}
    return run(form, act, "untarget", done, to=_desk(target.item), seen=seen, **shown)


@bp.route("/officer/plans/<int:plan_id>/weights/new", methods=["GET", "POST"])
@bp.route("/officer/plans/<int:plan_id>/items/<int:item_id>/weights/new", methods=["GET", "POST"])
@allow(EDITORS)
def weigh(plan_id: int, item_id: int | None = None) -> Any:
    """How much each part of a group, or of the whole plan, counts in its per cent."""
    plan = queries.plan(plan_id) or abort(404)
    board = queries.board(plan_id, clock.today())
    if item_id not in queries.groups_to_weigh(plan, board):
        abort(404)
    group = next((item for item in plan.in_force if item.id == item_id), None)
    parts = queries.weighed(plan, item_id, board)
    seen = queries.weights_seen({part.item.id: part.weight for part in parts})
    form = weights_form(parts, seen)

    def act() -> None:
        said: dict[str, Any] = {"weights": form.weights, "seen": form.seen.data or ""}
        actions.weigh(plan, group, **said, by=current_person())

    shown: dict[str, Any] = {
        "plan": plan,
        "group": group,
        "parts": parts,
        "share": board.shares[item_id],
    }
    to = url_for("importer.show", plan_id=plan.id, _anchor=group.path if group else None)
    return run(form, act, "weights", _("The weights are saved."), to=to, seen=seen, **shown)


def _target(item_id: int, target_id: int) -> Target:
    return queries.target(target_id, item_id) or abort(404)


def _desk(item: PlanItem) -> str:
    """The item's own page at the desk."""
    return url_for("importer.describe", plan_id=item.plan_id, item_id=item.id, _anchor="targets")
