"""The form that a phone keeps, and what it sends once a line is there again: one request, and however
often that comes, one petition (its key says which)."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from flask import abort, render_template, request, session
from flask_wtf.csrf import generate_csrf

from feedback.agencies import queries as agencies
from feedback.core import clock
from feedback.core.db import db
from feedback.core.errors import Refused
from feedback.core.permissions import public
from feedback.core.reading import asked_language
from feedback.core.words import speaking
from feedback.files.cleaning import ACCEPT, MAX_FILES
from feedback.petitions.forms.resident import WholeForm
from feedback.petitions.views import bp
from feedback.petitions.views.drafts import keep_files, wait_for_files
from feedback.petitions.views.pacing import Stopped, take_in
from feedback.petitions.views.submission import (
    carried_fields,
    is_valid,
    submission_of,
    whole_form,
)

LEAST_KEY = 32  # characters: the phone makes as long a one as we do


@bp.get("/offline/submit")
@public
def offline_form() -> str:
    """All steps on one page. A phone keeps it, so it holds nothing of anybody: no token, no key. It asks
    without cookies and names its reader's language."""
    named = request.args.get("lang")
    with speaking(asked_language(named)) if named else nullcontext():
        return _whole_page()


def _whole_page() -> str:
    form = WholeForm(formdata=None, meta={"csrf": False})
    form.say_the_words()
    form.commune.choices = [("", ""), *agencies.communes_on(clock.today())]
    return render_template("petitions/offline/new.html", form=form, accept=ACCEPT, most=MAX_FILES)


@bp.get("/offline/token")
@public
def fresh_token() -> Any:
    """A token for what waited: the one of the page on which it was written is long gone."""
    return {"token": generate_csrf()}


@bp.post("/offline/petitions")
@public
def take_queued() -> Any:
    """The code of the petition, the same however often the same is sent; or why it was not taken; or how
    many seconds to wait before it is sent again."""
    key = request.form.get("key", "")
    if len(key) < LEAST_KEY:
        abort(400)
    wait = wait_for_files()
    if wait:  # nothing is wrong with what was written: it stays in the phone's queue
        return _later(wait)
    refusals = keep_files(key, exactly="all_files" in request.form)
    form = whole_form()
    if not is_valid("what", form) or refusals:
        return {"reasons": [*refusals, *_said(form)]}, 422
    try:
        taken = take_in(submission_of(form, {**carried_fields(), "key": key}))
    except Stopped as error:
        return _later(error.wait)
    except Refused as error:
        db.session.rollback()
        return {"reasons": [str(error.message)], "again": error.status == 409}, error.status
    session["receipt"], session["follow"] = key, taken.code
    return {"code": taken.code, "number": taken.number}


def _later(wait: int) -> Any:
    return {"wait": wait}, 429, {"Retry-After": str(wait)}


def _said(form: WholeForm) -> list[str]:
    return [str(error) for field in form for error in field.errors]
