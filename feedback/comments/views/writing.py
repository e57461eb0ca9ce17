"""Writing a comment: a form on a page of its own, since the item's page is cached and holds no token."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, session, url_for
from flask_babel import gettext as _

from feedback.comments import actions, queries
from feedback.comments.forms import CommentForm, ReplyForm
from feedback.comments.models import VISIBLE, Comment
from feedback.comments.views import bp
from feedback.comments.views.official import can_reply
from feedback.comments.views.reading import find
from feedback.comments.views.sending import known, manners, run, sender
from feedback.core.ids import secret_token
from feedback.core.permissions import public
from feedback.plans import queries as plans
from feedback.plans.models import PlanItem

SENT = "comment"  # in the session: the form's key, so that this browser is shown its code


@bp.route("/items/<int:item_id>/comments/new", methods=["GET", "POST"])
@public
def new_comment(item_id: int) -> Any:
    """Write a comment; a person reads it before anybody else does, or soon after."""
    item = _item(item_id)
    return known(_page(item, None, "comments/new.html"))


@bp.route("/comments/<public_id>/replies/new", methods=["GET", "POST"])
@public
def reply(public_id: str) -> Any:
    """Reply to somebody's comment."""
    comment = find(public_id, visible=True)
    official = can_reply(comment)
    return known(_page(comment.item, comment, "comments/reply.html", official=official))


@bp.get("/items/<int:item_id>/comments/thanks")
@public
def thanks(item_id: int) -> str:
    """What happens with a comment that was sent; its author's code."""
    item, key = _item(item_id), session.get(SENT, "")
    comment = queries.by_submission_key(key) if key else None
    if comment is None or comment.item_id != item.id:
        return render_template("comments/thanks.html", item=item, comment=None)
    code = actions.author_code(key)
    appears = comment.state == VISIBLE
    return render_template(
        "comments/thanks.html", item=item, comment=comment, code=code, appears=appears
    )


def _page(item: PlanItem, parent: Comment | None, template: str, **shown: Any) -> Any:
    form = ReplyForm() if parent else CommentForm()
    form.key.data = key = form.key.data or secret_token()

    def act() -> str:
        comment = actions.write(
            item=item,
            text=form.text.data or "",
            author_name=form.author_name.data or "",
            parent=parent,
            key=key,
            manners=manners(),
            sender=sender(),
        )
        session[SENT] = key
        if comment.state == VISIBLE:
            return _("Thank you. Everybody can read your comment now.")
        return _("Thank you. Your comment has arrived.")

    to = url_for("comments.thanks", item_id=item.id)
    rules = {"read_first": manners().read_first, "item": item, "parent": parent}
    return run(form, act, template, to=lambda: to, **rules, **shown)


def _item(item_id: int) -> PlanItem:
    """A task in force of a published plan; for anything else there is no such page."""
    found = plans.item(item_id)
    if found is None or not found.is_task or found.gone_in is not None:
        abort(404)
    return found
