"""The second factor once more, before what cannot be undone (``@freshly``)."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request

from feedback.accounts import queries, session
from feedback.accounts.actions import sign_in as verbs
from feedback.accounts.forms import CodeForm
from feedback.accounts.rules.addresses import landing, local_path
from feedback.accounts.views import bp
from feedback.accounts.views.staff import shown_code, waiting, wrong_code
from feedback.core.db import commit
from feedback.core.permissions import current_person, signed_in


@bp.route("/sign-in/again", methods=["GET", "POST"])
@signed_in
def show_again() -> Any:
    """Ask for the code of the telephone, then lead on to where it was needed."""
    person, form = current_person(), CodeForm(next=local_path(request.args.get("next")))
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        whole = queries.staff_session(session.staff_token())
        attempt = verbs.show_again(whole, code=form.code.data or "") if whole else verbs.Attempt()
        commit()
        if attempt.token:
            back = local_path(form.next.data) or landing(person.roles)
            return session.keep_staff(redirect(back, 303), attempt.token)
        form.code.errors = [waiting(attempt.wait) or wrong_code()]
        status = 429 if attempt.wait else 422
    page = render_template("accounts/session/again.html", form=form, demo_code=shown_code(person))
    return page, status
