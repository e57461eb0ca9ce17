"""How a member of staff wants to learn of things: her own settings."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from feedback.accounts.actions.noticing import choose_notices
from feedback.accounts.forms.noticing import notice_form
from feedback.accounts.views import bp
from feedback.core.db import commit
from feedback.core.permissions import allow, current_person


@bp.route("/officer/inbox/settings", methods=["GET", "POST"])
@allow("inbox:read")
def notice_settings() -> Any:
    """For each kind of notice that may reach her: at once, once a day, on the site alone, or not at all."""
    person = current_person()
    form = notice_form(person)
    if form.validate_on_submit():
        choose_notices(ways=form.data, by=person)
        commit()
        flash(_("Your choice is kept. It holds from now on."))
        return redirect(url_for("accounts.notice_settings"), 303)
    page = render_template("accounts/notices/edit.html", form=form, email=person.email)
    return page, 422 if form.is_submitted() else 200
