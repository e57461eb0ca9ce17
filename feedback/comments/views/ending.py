"""A comment's end: its author takes it back with her code; a moderator erases its words for good."""

from __future__ import annotations

from typing import Any

from flask import abort, session, url_for
from flask_babel import gettext as _

from feedback.comments import actions, queries
from feedback.comments.forms import EraseForm, WithdrawForm
from feedback.comments.models import ERASED, WITHDRAWN
from feedback.comments.rules import signs_in
from feedback.comments.views import bp
from feedback.comments.views.sending import run
from feedback.comments.views.writing import SENT
from feedback.core.ids import keyed_hash
from feedback.core.permissions import allow, current_person, freshly, public


@bp.route("/comments/<public_id>/withdrawals/new", methods=["GET", "POST"])
@public
def withdraw(public_id: str) -> Any:
    """Take one's own comment back. Its words are not shown: whoever has the address need not be the author."""
    comment, form = queries.comment(public_id), WithdrawForm()
    if comment is None or comment.state in {WITHDRAWN, ERASED} or not comment.author_key:
        abort(404)
    key = session.get(SENT, "")
    if key and keyed_hash(key, "comment") == comment.submission_key and not form.code.data:
        form.code.data = actions.author_code(key)

    def act() -> str:
        actions.withdraw(comment, code=form.code.data or "")
        return _("Your comment was taken back. Nobody can read it any more.")

    to = url_for("pages.item", item_id=comment.item_id, _anchor="gop-y")
    return run(form, act, "comments/withdraw.html", to=lambda: to, comment=comment)


@bp.route("/officer/comments/<public_id>/erasures/new", methods=["GET", "POST"])
@allow("comments:moderate")
@freshly
def erase(public_id: str) -> Any:
    """Erase a comment's words for good."""
    comment, form = queries.comment(public_id), EraseForm()
    if comment is None or comment.state == ERASED:
        abort(404)

    def act() -> str:
        basis, order = form.basis.data or "", form.order.data or ""
        actions.erase(comment, basis=basis, order=order, by=current_person())
        return _("The words were erased, here and in the record.")

    to = url_for("comments.decide", public_id=public_id)
    return run(
        form, act, "comments/desk/erase.html", to=lambda: to, comment=comment, signs=signs_in
    )
