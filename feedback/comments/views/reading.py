"""One comment at an address of its own, with its thread."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for

from feedback.comments import queries
from feedback.comments.models import VISIBLE, Comment
from feedback.comments.views import bp
from feedback.core.permissions import public


@bp.get("/comments/<public_id>")
@public
def show(public_id: str) -> Any:
    """A comment with its replies; a reply leads to its place in the thread where it hangs."""
    comment = find(public_id)
    if comment.thread_id:
        first = queries.first_of(comment)
        after = queries.cursor_of(comment)
        anchor = f"c-{public_id}"
        return redirect(
            url_for("comments.show", public_id=first, after=after or None, _anchor=anchor)
        )
    after = request.args.get("after", "")
    line = queries.line(comment)
    page = queries.thread(comment.id, after=after)
    return render_template(
        "comments/thread.html", item=comment.item, comment=line, page=page, after=after
    )


def find(public_id: str, *, visible: bool = False) -> Comment:
    """One that the public knows; with ``visible`` one whose words it can read."""
    found = queries.public_comment(public_id)
    if found is None or (visible and found.state != VISIBLE):
        abort(404)
    return found
