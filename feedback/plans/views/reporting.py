"""At the desk of an agency: what it has to report about, due first; the report; the milestones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from feedback.agencies.models import Agency
from feedback.agencies.queries import known
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.forms import put_error
from feedback.core.permissions import allow, current_person
from feedback.plans import actions, policy, queries
from feedback.plans.forms import MilestoneForm, MoveForm, PartForm, ReportForm
from feedback.plans.models import PlanItem
from feedback.plans.rules.reporting import reported_period
from feedback.plans.views import bp
from feedback.plans.views.evidence import kept_files, take_files

FIRST = {"late": 0, "due": 1, "not_yet": 2, "reported": 3}


@bp.get("/officer/progress")
@allow("progress:report")
def my_items() -> str:
    """What one's own agency leads, late and due first; then what names it as helping."""
    day, agency = clock.today(), _agency()
    led = [queries.progress_of(d, day) for d in queries.duties(day) if d.is_led_by(agency.id)]
    led.sort(key=lambda one: (FIRST[one.standing.state], one.standing.due_on, one.duty.position))
    helped = [
        queries.progress_of(d, day)
        for d in queries.duties(day)
        if not d.is_led_by(agency.id) and d.is_helped_by(agency)
    ]
    return render_template("plans/progress/mine.html", led=led, helped=helped, agency=agency)


@bp.route("/officer/progress/<int:item_id>/reports/new", methods=["GET", "POST"])
@allow("progress:report")
def new_report(item_id: int) -> Any:
    """One short form: how it stands, how far, what was done."""
    person, agency, duty = current_person(), _agency(), _duty(item_id)
    leads, day = policy.may_report(person, duty), clock.today()
    if not leads and not policy.may_add_part(person, agency, duty):
        abort(403)
    seen = queries.newest_report_id(item_id)
    form: Any = (ReportForm if leads else PartForm)(seen=seen, as_of_on=day)
    refusals = take_files(form.file_key) if form.is_submitted() else []
    if leads:
        form.offer(*queries.steps_and_goals(item_id))

    def act() -> None:
        told = _told(form, leads=leads)
        if leads:
            actions.report_progress(
                duty, told, agency=agency, seen=form.seen_report, on=day, by=person
            )
        else:
            actions.add_part(duty, told, agency=agency, on=day, by=person)

    done = _("Your report is on the item's page now.")
    shown = _shown(duty, form, leads=leads)
    return run(form, act, "new", done, refusals=refusals, seen=seen, **shown)


@bp.route("/officer/progress/<int:item_id>/milestones/new", methods=["GET", "POST"])
@allow("progress:report")
def new_milestone(item_id: int) -> Any:
    """Plan one concrete piece of the work."""
    duty, form = _led(item_id), MilestoneForm()

    def act() -> None:
        day = form.planned_on.data
        actions.plan_milestone(
            item_of(item_id), title=form.title.data or "", planned_on=day, by=current_person()
        )

    return run(form, act, "milestone", _("The milestone is on the item's page now."), duty=duty)


@bp.route(
    "/officer/progress/<int:item_id>/milestones/<int:milestone_id>/moves/new",
    methods=["GET", "POST"],
)
@allow("progress:report")
def move_milestone(item_id: int, milestone_id: int) -> Any:
    """Another day for a milestone; the first one stays on the page."""
    duty, step = _led(item_id), queries.step(milestone_id, item_id) or abort(404)
    form = MoveForm(to_on=step.planned_on)

    def act() -> None:
        day, reason = form.to_on.data, form.reason.data or ""
        actions.move_milestone(step, to_on=day, reason=reason, by=current_person())

    done = _("The new day is on the item's page now, beside the first one.")
    return run(form, act, "move", done, duty=duty, step=step)


def run(
    form: FlaskForm,
    act: Callable[[], None],
    page: str,
    done: str,
    *,
    to: str = "",
    refusals: list[str] | None = None,
    seen: int | str = 0,
    **shown: Any,
) -> Any:
    """Show the form, or do it and go back; a refusal comes back with all that was typed. ``seen``: what a
    form that carries it sees from now on."""
    status = 200
    form.form_errors += refusals or []
    if form.is_submitted():
        status = 422
        if form.validate() and not refusals:
            try:
                act()
                commit()
            except Refused as error:
                db.session.rollback()
                put_error(form, error)
                status = error.status
                if "seen" in form:
                    form["seen"].data = seen  # read by now: it may be sent again
            else:
                flash(done)
                return redirect(to or url_for("plans.my_items"), 303)
        form.form_errors += [r for r in refusals or [] if r not in form.form_errors]
    return render_template(f"plans/progress/{page}.html", form=form, **shown), status


def _told(form: Any, *, leads: bool) -> actions.Told:
    day = form.as_of_on.data
    said = {"text": form.text.data or "", "as_of_on": day, "files": kept_files(form.file_key)}
    if not leads:
        return actions.Told(**said)
    return actions.Told(
        **said,
        status=form.status.data,
        percent=form.percent.data,
        done=dict.fromkeys(form.steps.data or [], day),
        values=form.values,
    )


def _shown(duty: queries.Duty, form: Any, *, leads: bool) -> dict[str, Any]:
    day = clock.today()
    progress, rhythm = queries.progress_of(duty, day), queries.rhythm_of(duty.plan_id)
    return {
        "duty": duty,
        "leads": leads,
        "progress": progress,
        "period": reported_period(day, rhythm),
        "kept": kept_files(form.file_key) if form.is_submitted() else (),
    }


def _agency() -> Agency:
    """The body that this person works for; nobody else reports."""
    agency_id = current_person().agency_id
    return known(agency_id) if agency_id else abort(403)


def _duty(item_id: int) -> queries.Duty:
    return queries.duty(item_id, clock.today()) or abort(404)


def _led(item_id: int) -> queries.Duty:
    duty = _duty(item_id)
    return duty if policy.may_report(current_person(), duty) else abort(403)


def item_of(item_id: int) -> PlanItem:
    """The task with its plan."""
    return queries.item(item_id) or abort(404)
