"""Several comments with one press of a button, and the way back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.comments import actions, queries
from feedback.comments.forms import ManyForm
from feedback.comments.models import VISIBLE
from feedback.comments.views import bp
from feedback.comments.views.moderation import decided, list_page
from feedback.core import ids
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.core.permissions import allow, current_person

MOST = 20  # a page


@bp.post("/officer/comments/decisions/new")
@allow("comments:moderate")
def decide_several() -> Any:
    """One decision about each comment that was ticked; each is an event of its own."""
    form = ManyForm()
    if not form.pick.data:
        form.form_errors.append(_("Tick at least one comment."))
    elif form.validate():
        try:
            done, late = _decide(form)
            commit()
        except Refused as error:
            db.session.rollback()
            form.form_errors.append(error.message)
        else:
            _tell(done, late)
            return redirect(url_for("comments.desk", tab=request.form.get("tab") or None), 303)
    return list_page(form), 422


@bp.post("/officer/comments/undoings/new")
@allow("comments:moderate")
def undo() -> Any:
    """Take back what one decided last."""
    undone, kept = actions.undo(batch=request.form.get("batch", ""), by=current_person())
    commit()
    if undone:
        flash(
            ngettext(
                "%(num)s decision was taken back.", "%(num)s decisions were taken back.", undone
            )
        )
    if kept or not undone:
        flash(_("What somebody else has decided since stays as it is."))
    return redirect(url_for("comments.desk"), 303)


def _decide(form: ManyForm) -> tuple[int, int]:
    """How many were decided, and about how many somebody else was faster."""
    go, batch, late = request.form.get("go", ""), ids.public_id(), 0
    comments = queries.some((form.pick.data or [])[:MOST])
    queries.lock(key for comment in comments for key in (comment.id, comment.root_id))
    for comment in comments:
        seen = request.form.get(f"seen-{comment.public_id}", "")
        verb = "keep" if go == "show" and seen.startswith(VISIBLE) else go
        reason, words = form.reason.data or "", form.words.data or ""
        try:
            decided(comment, verb, seen=seen, reason=reason, words=words, batch=batch)
        except Conflict:
            late += 1
    return len(comments) - late, late


def _tell(done: int, late: int) -> None:
    if done:
        flash(ngettext("%(num)s comment was decided.", "%(num)s comments were decided.", done))
    if late:
        flash(
            ngettext(
                "About %(num)s comment somebody else was faster. Nothing was changed there.",
                "About %(num)s comments somebody else was faster. Nothing was changed there.",
                late,
            )
        )
