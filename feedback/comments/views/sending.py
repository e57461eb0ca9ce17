"""What every page with one form does, and who sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, make_response, redirect, render_template
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from feedback.accounts.session import keep_visitor, network, visitor
from feedback.comments.actions import Sender
from feedback.comments.rules import Manners
from feedback.core.db import commit, db
from feedback.core.errors import Refused


def run(
    form: FlaskForm, act: Callable[[], str], template: str, *, to: Callable[[], str], **shown: Any
) -> Any:
    """Show the form, or act and go on to ``to()`` with what ``act`` says; a refusal comes back on the
    same page with all that was typed."""
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                done = act()
                commit()
            except Refused as error:
                db.session.rollback()
                put(form, error)
                status = error.status
            else:
                flash(done)
                return redirect(to(), 303)
    return render_template(template, form=form, **shown), status


def put(form: FlaskForm, error: Refused) -> None:
    """The refusal stands at its field, or above the form."""
    field = getattr(form, error.field, None) if error.field else None
    if field is None:
        form.form_errors.append(error.message)
    else:
        field.errors = [*field.errors, error.message]


def sender() -> Sender:
    """This browser's random name and its network."""
    return Sender(visitor=visitor(), network=network())


def known(answer: Any) -> Response:
    """The answer, and with it the browser's name: before the form is sent, so that two taps are one."""
    visitor()
    return keep_visitor(make_response(answer))


def manners() -> Manners:
    """How the operator lets people talk."""
    config = current_app.config
    pace, minutes = config["COMMENT_PACE"]
    first, words = config["COMMENT_SCREENING"] == "before", config["COMMENT_WORDS"]
    return Manners(read_first=first, pace=pace, minutes=minutes, words=words)
