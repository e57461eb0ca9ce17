"""Following without the code: a file added to the list of a proved address, and hearing no more."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from feedback.accounts.queries import proven
from feedback.core.db import commit, settle
from feedback.core.permissions import public
from feedback.core.reading import LANGUAGE
from feedback.petitions import queries
from feedback.petitions.actions import following
from feedback.petitions.models import Follower
from feedback.petitions.views import bp


@bp.post("/track/file/additions")
@public
def add_to_list() -> Any:
    """The file whose code this browser holds goes into the list of the address that it has proved."""
    who, code = proven(), session.get("follow", "")
    petition = queries.by_code(code) if code else None
    if who is None or petition is None or petition.state == "sealed":
        return redirect(url_for("petitions.mine"), 303)
    locale = LANGUAGE.of(request.environ)
    settle(lambda: following.follow(petition, who=who, locale=locale, own=True, steps=True))
    flash(_("It is in your list now, and we write at its important steps."))
    return redirect(url_for("petitions.mine"), 303)


@bp.get("/followings/<public_id>")
@public
def unfollow(public_id: str) -> str:
    """From a link in a mail: what it is about, and one button. A mail program that follows links ends
    nothing by itself."""
    return render_template("petitions/following/show.html", follower=_find(public_id))


@bp.post("/followings/<public_id>")
@public
def end_following(public_id: str) -> str:
    """Hear no more; the address is forgotten here at once."""
    follower = _find(public_id)
    following.end(follower)
    commit()
    return render_template("petitions/following/show.html", follower=follower, ended=True)


def _find(public_id: str) -> Follower:
    return queries.follower(public_id) or abort(404)
