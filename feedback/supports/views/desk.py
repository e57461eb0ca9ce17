"""Supports that came too many at once from one place: the Front looks, a moderator decides."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.supports import actions, queries
from feedback.supports.forms import JudgeForm
from feedback.supports.views import bp
from feedback.supports.views.supporting import find


@bp.get("/officer/supports")
@allow("supports:judge", "supports:read")
def desk() -> str:
    return _page()


@bp.post("/officer/supports/<public_id>/decisions")
@allow("supports:judge")
def decide(public_id: str) -> Any:
    """Count the doubtful ones of one petition, or leave them out."""
    petition, form = find(public_id), JudgeForm()
    counts = request.form.get("go") == "count"
    try:
        actions.judge(petition, count=counts, seen=form.number, by=current_person())
        commit()
    except Refused as error:
        db.session.rollback()
        return _page(error), error.status
    flash(_("They are counted now.") if counts else _("They are left out."))
    return redirect(url_for("supports.desk"), 303)


def _page(error: Refused | None = None) -> str:
    judges = current_person().may("supports:judge")
    return render_template(
        "supports/desk.html",
        doubts=queries.doubts(),
        reached=queries.reached(),
        error=error,
        judges=judges,
    )
