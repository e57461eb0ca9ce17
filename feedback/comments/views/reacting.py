"""Readers report a comment or find it helpful, each on a page of its own: the item's page holds no form."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from feedback.comments import actions, queries
from feedback.comments.actions.reacting import visitor_hash
from feedback.comments.forms import MarkForm, ReportForm
from feedback.comments.models import Comment
from feedback.comments.views import bp
from feedback.comments.views.reading import find
from feedback.comments.views.sending import known, run, sender
from feedback.core.permissions import public


@bp.route("/comments/<public_id>/reports/new", methods=["GET", "POST"])
@public
def report(public_id: str) -> Any:
    """Say why a comment should not stand there; a moderator looks at it."""
    comment, form = find(public_id, visible=True), ReportForm()

    def act() -> str:
        reason, words = form.reason.data or "", form.words.data or ""
        if actions.report(comment, reason=reason, words=words, sender=sender()):
            return _("Thank you. A moderator looks at this comment.")
        return _("You have reported this comment already. A moderator looks at it.")

    return known(run(form, act, "comments/report.html", to=_back(comment), comment=comment))


@bp.route("/comments/<public_id>/marks/new", methods=["GET", "POST"])
@public
def mark(public_id: str) -> Any:
    """Say that a comment is helpful, or take that back."""
    comment, form = find(public_id, visible=True), MarkForm()
    marked = queries.has_marked(comment, visitor_hash(comment, sender()))

    def act() -> str:
        if request.form.get("go") == "unmark":
            actions.unmark(comment, sender=sender())
            return _("Your mark was taken back.")
        actions.mark(comment, sender=sender())
        return _("You find this comment helpful. Thank you.")

    page = run(form, act, "comments/mark.html", to=_back(comment), comment=comment, marked=marked)
    return known(page)


def _back(comment: Comment) -> Any:
    address = url_for("comments.show", public_id=comment.public_id)
    return lambda: address
