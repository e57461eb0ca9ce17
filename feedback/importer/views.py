"""Reading a plan in: upload, look at the tree, correct, publish."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.core.text import clean_line
from feedback.files.actions import keep
from feedback.importer import queries
from feedback.importer.errors import NotAPlan
from feedback.importer.forms import (
    SENTENCES,
    ConfirmForm,
    CorrectForm,
    DescribeForm,
    UploadForm,
)
from feedback.importer.isolated import parse_isolated
from feedback.plans import actions
from feedback.plans import queries as plans
from feedback.plans.models import Plan

bp = Blueprint("importer", __name__, url_prefix="/officer/plans")


@bp.get("")
@allow("plans:import")
def plan_list() -> str:
    """Drafts and published plans."""
    return render_template(
        "importer/plan/list.html", drafts=plans.draft_plans(), published=plans.published_plans()
    )


@bp.route("/new", methods=["GET", "POST"])
@allow("plans:import")
def upload() -> Any:
    """Read a document into a draft."""
    form = UploadForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            plan = _read(form)
            commit()
            return redirect(url_for("importer.review", plan_id=plan.id), 303)
        except NotAPlan as error:
            form.file.errors = [SENTENCES[error.code]]
        except Refused as error:
            form.file.errors = [error.message]
    return render_template("importer/plan/new.html", form=form), status


def _read(form: UploadForm) -> Plan:
    data, name = form.file.data.read(), clean_line(form.file.data.filename)[:200]
    read = parse_isolated(data, name)
    source = actions.Source(name=name, sha256=hashlib.sha256(data).hexdigest())
    plan = actions.draft(read, source=source, by=current_person())
    keep(data, name=name, media_type="text/plain", subject=f"plan:{plan.id}")
    return plan


@bp.get("/<int:plan_id>")
@allow("plans:import")
def review(plan_id: int) -> str:
    """The tree as it was read, unsure places first, with what to do next."""
    plan = _plan(plan_id)
    return render_template("importer/plan/show.html", plan=plan, form=ConfirmForm())


@bp.route("/<int:plan_id>/assignments/<int:assignment_id>", methods=["GET", "POST"])
@allow("plans:import")
def correct(plan_id: int, assignment_id: int) -> Any:
    """Say what a wording means."""
    plan = _plan(plan_id)
    line = next((a for i in plan.items for a in i.assignments if a.id == assignment_id), None)
    if line is None:
        abort(404)
    form = CorrectForm(role=line.role, body=queries.body_code(line))
    form.body.choices = queries.body_choices(plan.issued_on)
    if form.validate_on_submit():
        agency, group = queries.body_of(form.body.data)
        try:
            actions.correct(
                line, role=form.role.data, agency=agency, group=group, by=current_person()
            )
            commit()
            flash(_("Corrected."))
            return redirect(
                url_for("importer.review", plan_id=plan.id, _anchor=line.item.path), 303
            )
        except Refused as error:
            db.session.rollback()
            form.form_errors.append(error.message)
    status = 422 if form.is_submitted() else 200
    return render_template("importer/plan/correct.html", plan=plan, line=line, form=form), status


@bp.route("/<int:plan_id>/items/<int:item_id>", methods=["GET", "POST"])
@allow("plans:import")
def describe(plan_id: int, item_id: int) -> Any:
    """Write the everyday words of an item."""
    plan = _plan(plan_id)
    item = next((i for i in plan.items if i.id == item_id), None)
    if item is None:
        abort(404)
    form = DescribeForm(title=item.title, summary=item.summary)
    if form.validate_on_submit():
        title, summary = form.title.data, form.summary.data
        actions.describe(item, title=title, summary=summary, by=current_person())
        commit()
        flash(_("Saved."))
        return redirect(url_for("importer.review", plan_id=plan.id, _anchor=item.path), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("importer/plan/describe.html", plan=plan, item=item, form=form), status


@bp.post("/<int:plan_id>/publication")
@allow("plans:publish")
def publish(plan_id: int) -> Any:
    """Make the plan public."""
    plan = _plan(plan_id)
    try:
        actions.publish(plan, by=current_person())
        commit()
    except Refused as error:
        db.session.rollback()
        form = ConfirmForm()
        form.form_errors.append(error.message)
        page = render_template("importer/plan/show.html", plan=_plan(plan_id), form=form)
        return page, error.status
    flash(_("The plan is public."))
    return redirect(url_for("plans.show_plan", plan_id=plan.id), 303)


@bp.post("/<int:plan_id>/discard")
@allow("plans:import")
def discard(plan_id: int) -> Any:
    """Throw a draft away."""
    actions.discard(_plan(plan_id), by=current_person())
    commit()
    flash(_("The draft is gone."))
    return redirect(url_for("importer.plan_list"), 303)


def _plan(plan_id: int) -> Plan:
    """The plan with its tree, drafts included."""
    plan = plans.plan(plan_id, drafts=True)
    if plan is None:
        abort(404)
    return plan
