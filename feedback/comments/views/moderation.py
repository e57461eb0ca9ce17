"""The moderators' desk: what must be read, and what was decided lately; one list for everything."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from feedback.comments import actions, queries
from feedback.comments.actions.moderating import UNDO_WITHIN
from feedback.comments.forms import REASONS, DecisionForm, ManyForm
from feedback.comments.models import CAUGHT, REPORTED, TO_READ, UNREAD, Comment
from feedback.comments.rules import signs_in
from feedback.comments.views import bp
from feedback.comments.views.sending import run
from feedback.core import clock
from feedback.core.permissions import allow, current_person

KINDS = {"waiting": 0, "reported": REPORTED, "caught": CAUGHT, "pending": TO_READ, "unread": UNREAD}
DECIDED = "decided"


@bp.get("/officer/comments")
@allow("comments:moderate")
def desk() -> str:
    """Comments that wait, reported ones first; ``?tab=`` shows one kind, or the latest decisions."""
    return list_page(ManyForm(formdata=None))


def list_page(form: ManyForm) -> str:
    """The list that the address asks for, with the form for several at once."""
    tab, after = request.values.get("tab", ""), request.values.get("after", "")
    tab = tab if tab in {*KINDS, DECIDED} else "waiting"
    page = (
        queries.decided(after=after)
        if tab == DECIDED
        else queries.waiting(kind=KINDS[tab], after=after)
    )
    states, waits = queries.count()
    last = queries.last_decisions(current_person(), since=clock.now() - UNDO_WITHIN)
    return render_template(
        "comments/desk/list.html",
        page=page,
        tab=tab,
        after=after,
        states=states,
        waits={name: waits.get(kind, sum(waits.values())) for name, kind in KINDS.items()},
        last=last,
        form=form,
        **facts(*page.rows),
    )


@bp.route("/officer/comments/<public_id>/decisions/new", methods=["GET", "POST"])
@allow("comments:moderate")
def decide(public_id: str) -> Any:
    """Let one comment appear, leave it as it is, or keep it back."""
    comment = queries.comment(public_id) or abort(404)
    form = DecisionForm()

    def act() -> str:
        seen, go = form.seen.data or "", request.form.get("go", "")
        reason, words = form.reason.data or "", form.words.data or ""
        return decided(comment, go, seen=seen, reason=reason, words=words)

    back = url_for("comments.desk")
    shown = {"comment": comment, **facts(comment)}
    return run(form, act, "comments/desk/show.html", to=lambda: back, **shown)


def decided(
    comment: Comment, go: str, *, seen: str, reason: str, words: str, batch: str = ""
) -> str:
    """Do what the button said; the sentence for the moderator."""
    by = current_person()
    if go == "show":
        actions.let_appear(comment, seen=seen, batch=batch, by=by)
        return _("The comment can be read by everybody now.")
    if go == "keep":
        actions.keep(comment, seen=seen, batch=batch, by=by)
        return _("The comment stays as it is.")
    actions.hide(comment, reason=reason, words=words, seen=seen, batch=batch, by=by)
    return _("The comment stays hidden.")


def facts(*comments: Comment) -> dict[str, Any]:
    """What a moderator is shown beside the words."""
    return {"reasons": REASONS, "signs": signs_in, "reports": queries.reports_of(comments)}
