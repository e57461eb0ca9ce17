"""The moderators' desk: what waits, oldest first, and what was decided lately."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from feedback.comments import actions, queries
from feedback.comments.forms import REASONS, DecisionForm
from feedback.comments.models import Comment
from feedback.comments.rules import signs_in
from feedback.comments.views import bp
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person

TABS = ("pending", "decided")


@bp.get("/officer/comments")
@allow("comments:moderate")
def desk() -> str:
    """Comments that wait, or with ``?tab=decided`` the latest decisions."""
    tab = request.args.get("tab", "pending")
    tab = tab if tab in TABS else "pending"
    find = queries.decided if tab == "decided" else queries.pending
    return render_template(
        "comments/desk/list.html",
        page=find(after=request.args.get("after", "")),
        tab=tab,
        counts=queries.count(),
        form=DecisionForm(formdata=None),
        **_facts(),
    )


@bp.route("/officer/comments/<public_id>/decisions/new", methods=["GET", "POST"])
@allow("comments:moderate")
def decide(public_id: str) -> Any:
    """Let one comment appear, or keep it back."""
    comment = queries.comment(public_id) or abort(404)
    form, status = DecisionForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                done = _decide(comment, form)
                commit()
            except Refused as error:
                db.session.rollback()
                _put(form, error)
                status = error.status
            else:
                flash(done)
                return redirect(url_for("comments.desk"), 303)
    form.seen.data = comment.state  # this page shows the state of now
    return render_template(
        "comments/desk/show.html", comment=comment, form=form, **_facts()
    ), status


def _decide(comment: Comment, form: DecisionForm) -> str:
    seen, by = form.seen.data or "", current_person()
    if request.form.get("go") == "show":
        actions.let_appear(comment, seen=seen, by=by)
        return _("The comment can be read by everybody now.")
    reason, words = form.reason.data or "", form.words.data or ""
    actions.hide(comment, reason=reason, words=words, seen=seen, by=by)
    return _("The comment stays hidden.")


def _put(form: DecisionForm, error: Refused) -> None:
    field = getattr(form, error.field, None) if error.field else None
    if field is None:
        form.form_errors.append(error.message)
    else:
        field.errors = [*field.errors, error.message]


def _facts() -> dict[str, Any]:
    return {"reasons": REASONS, "signs": signs_in}
