"""A reading before it is published: source and reading side by side, unsure places first."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.importer import actions, queries
from feedback.importer.forms import EditForm, HeadForm
from feedback.importer.models import Reading
from feedback.importer.rules.publishing import day_of
from feedback.importer.rules.rows import head_lines, rows, unread
from feedback.importer.rules.tree import HEAD, places
from feedback.importer.views import bp
from feedback.importer.views.edits import run

MANY = 30  # so many items without doubt, and they stand in short: each edit renews the page


@bp.get("/readings/<int:reading_id>")
@allow("plans:import")
def review(reading_id: int) -> str:
    """What was read, beside the file; what a person must look at stands first."""
    return page(find(reading_id), EditForm())


@bp.get("/readings/<int:reading_id>/source")
@allow("plans:import")
def source(reading_id: int) -> str:
    """The whole file, line by line; what nothing was read from is marked."""
    reading = find(reading_id)
    left = unread(queries.tree(reading), reading.lines)
    return render_template("importer/reading/source.html", reading=reading, left=left)


@bp.route("/readings/<int:reading_id>/head", methods=["GET", "POST"])
@allow("plans:import")
def head(reading_id: int) -> Any:
    """Number, day, issuer, title, kind and signer."""
    reading = find(reading_id)
    tree = queries.tree(reading)
    words: dict[str, Any] = {name: value.text for name, value in tree.head.items()}
    form = HeadForm(seen=reading.lock, **{**words, "issued_on": queries.issued_on(tree)})

    def act() -> None:
        wanted = {name: form[name].data or "" for name in HEAD if name != "issued_on"}
        day = form.issued_on.data.isoformat() if form.issued_on.data else ""
        actions.correct_head(reading, words={**wanted, "issued_on": day}, by=current_person())

    def show() -> str:
        shown = head_lines(tree, reading.lines)
        return render_template(
            "importer/reading/head.html", reading=reading, form=form, lines=shown
        )

    return run(form, reading, act, show, url_for("importer.review", reading_id=reading.id))


@bp.post("/readings/<int:reading_id>/undo")
@allow("plans:import")
def undo(reading_id: int) -> Any:
    """Take the last edit back."""
    reading, form = find(reading_id), EditForm()
    act = lambda: actions.undo(reading, by=current_person())  # noqa: E731
    back = url_for("importer.review", reading_id=reading.id)
    return run(form, reading, act, lambda: page(find(reading_id), form), back)


@bp.post("/readings/<int:reading_id>/discard")
@allow("plans:import")
def discard(reading_id: int) -> Any:
    """Throw a draft away."""
    actions.discard(find(reading_id), by=current_person())
    commit()
    flash(_("The draft is gone."))
    return redirect(url_for("importer.plan_list"), 303)


@bp.post("/readings/<int:reading_id>/publication")
@allow("plans:publish")
def publish(reading_id: int) -> Any:
    """Make the plan, or its newer version, public."""
    reading, form = find(reading_id), EditForm()
    try:
        actions.check_seen(reading, form.seen_lock)
        plan = actions.publish(reading, by=current_person())
        commit()
    except (Refused, StaleDataError) as error:
        db.session.rollback()
        refusal = error if isinstance(error, Refused) else actions.stale()
        form.form_errors.append(refusal.message)
        return page(find(reading_id), form), refusal.status
    flash(_("The plan is public."))
    return redirect(url_for("importer.show", plan_id=plan.id), 303)


def find(reading_id: int) -> Reading:
    """A draft with all that was read."""
    found = queries.reading(reading_id)
    if found is None:
        abort(404)
    return found


def page(reading: Reading, form: EditForm) -> str:
    """The review page, also with what was refused on it."""
    form.seen.data = reading.lock
    tree = queries.tree(reading)
    shown = rows(tree, reading.lines)
    names = HeadForm(formdata=None)
    plan = reading.plan if reading.plan and reading.plan.is_public else None
    return render_template(
        "importer/reading/show.html",
        reading=reading,
        form=form,
        tree=tree,
        open=[row for row in shown if row.open],
        settled=(settled := [row for row in shown if not row.open]),
        brief=len(settled) > MANY and "whole" not in request.args,
        head={p.part: p.why for p in places(tree) if p.key == "head"},
        headlines=head_lines(tree, reading.lines),
        names=[(name, names[name].label.text) for name in HEAD],
        issued_on=day_of(tree),
        plan=plan,
        step=queries.last_step(reading),
        there=queries.same_document(reading, tree),
    )
