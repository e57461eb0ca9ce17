"""Wordings of plan documents that nobody knows yet: a person says once what each means."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from feedback.agencies import queries as agencies
from feedback.agencies.actions import decide_wording
from feedback.agencies.models import Wording
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.forms import put_error
from feedback.core.permissions import allow, current_person
from feedback.pages.forms.wordings import WordingForm
from feedback.pages.views import bp


@bp.get("/admin/wordings")
@allow("site:manage")
def wordings() -> str:
    """What waits, and what was decided."""
    waiting, decided = agencies.open_wordings(), agencies.decided_wordings()
    return render_template("pages/wordings/list.html", waiting=waiting, decided=decided)


@bp.route("/admin/wordings/<int:wording_id>/decisions/new", methods=["GET", "POST"])
@allow("site:manage")
def decide_wording_page(wording_id: int) -> Any:
    """Assign it to a body, add it as a name, mark it as a group, or refuse it."""
    wording = agencies.wording(wording_id) or abort(404)
    near = agencies.look_up_now(wording.words, clock.today()).candidates
    form = _form(wording, next((c.meaning.body_id for c in near if c.meaning.body_id), None))
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            _decide(wording, form)
            commit()
        except Refused as error:
            db.session.rollback()
            put_error(form, error)
            form.seen.data, status = wording.lock, error.status
        else:
            flash(_("Decided, and remembered for the next document."))
            return redirect(url_for("pages.wordings"), 303)
    page = render_template("pages/wordings/decision.html", wording=wording, form=form, near=near)
    return page, status


def _form(wording: Wording, nearest: int | None) -> WordingForm:
    """With every body that ever was, by name; the nearest one is chosen already."""
    form = WordingForm(seen=wording.lock, agency=str(nearest or ""))
    form.agency.choices = [("", ""), *((str(a.id), a.name) for a in agencies.every_body())]
    form.group.choices = [("", ""), *((str(g.id), g.name) for g in agencies.groups())]
    return form


def _decide(wording: Wording, form: WordingForm) -> None:
    decide_wording(
        wording,
        seen=form.seen_lock,
        state=form.state.data,
        agency=next((a for a in agencies.every_body() if str(a.id) == form.agency.data), None),
        group=next((g for g in agencies.groups() if str(g.id) == form.group.data), None),
        by=current_person(),
    )
