"""Writing a comment: a form on a page of its own, since the item's page is cached and holds no token."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from feedback.comments import actions
from feedback.comments.forms import CommentForm
from feedback.comments.views import bp
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.ids import secret_token
from feedback.core.permissions import public
from feedback.plans import queries as plans
from feedback.plans.models import PlanItem


@bp.route("/items/<int:item_id>/comments/new", methods=["GET", "POST"])
@public
def new_comment(item_id: int) -> Any:
    """Write a comment; a person reads it before anybody else does."""
    item, form, status = _item(item_id), CommentForm(), 200
    form.key.data = form.key.data or secret_token()
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                _write(form, item)
            except Refused as error:
                db.session.rollback()
                form.form_errors.append(error.message)
                status = error.status
            else:
                flash(_("Thank you. Your comment has arrived."))
                return redirect(url_for("comments.thanks", item_id=item_id), 303)
    return render_template("comments/new.html", item=item, form=form), status


@bp.get("/items/<int:item_id>/comments/thanks")
@public
def thanks(item_id: int) -> str:
    """What happens with a comment that was sent."""
    return render_template("comments/thanks.html", item=_item(item_id))


def _write(form: CommentForm, item: PlanItem) -> None:
    actions.write(
        item=item,
        text=form.text.data or "",
        author_name=form.author_name.data or "",
        key=form.key.data or "",
    )
    commit()


def _item(item_id: int) -> PlanItem:
    """A task of a published plan; for anything else there is no such page."""
    found = plans.item(item_id)
    if found is None or not found.is_task:
        abort(404)
    return found
