"""A body replies in its own name to what people say under an item that names it."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _

from feedback.agencies.models import Agency
from feedback.agencies.queries import by_id
from feedback.comments import actions, policy, queries
from feedback.comments.forms import OfficialForm
from feedback.comments.models import Comment
from feedback.comments.views import bp
from feedback.comments.views.reading import find
from feedback.comments.views.sending import run
from feedback.core import clock
from feedback.core.ids import secret_token
from feedback.core.permissions import allow, current_person


@bp.route("/officer/comments/<public_id>/replies/new", methods=["GET", "POST"])
@allow("comments:reply")
def reply_officially(public_id: str) -> Any:
    """Reply in the agency's name; everybody reads it at once."""
    comment = find(public_id, visible=True)
    agency = can_reply(comment) or abort(403)
    form = OfficialForm()
    form.key.data = key = form.key.data or secret_token()
    shown: list[str] = []

    def act() -> str:
        reply = actions.reply_for_agency(
            parent=comment, text=form.text.data or "", key=key, agency=agency, by=current_person()
        )
        shown.append(reply.public_id)
        return _("Your agency's reply can be read by everybody now.")

    def to() -> str:
        return url_for("comments.show", public_id=shown[0])

    words = {"item": comment.item, "parent": comment, "agency": agency}
    return run(form, act, "comments/official.html", to=to, **words)


def can_reply(comment: Comment) -> Agency | None:
    """The body in whose name the reader may reply here."""
    person = current_person()
    if person is None or person.agency_id is None or not person.may("comments:reply"):
        return None
    agency = by_id(person.agency_id)
    named = agency is not None and queries.named_by(comment.item, agency, clock.today())
    return agency if policy.may_reply_for(person, agency, named=named) else None
