"""What people ask about their own data, decided by the officer for personal data."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person, freshly
from feedback.petitions import queries
from feedback.petitions.actions import owndata
from feedback.petitions.actions.move import stale
from feedback.petitions.forms.errors import put_error
from feedback.petitions.forms.owndata import DataDecisionForm
from feedback.petitions.models import DataRequest, Petition
from feedback.petitions.views import bp


@bp.get("/officer/data-requests")
@allow("data:decide")
def data_requests() -> str:
    """What waits, due first."""
    found = queries.data_requests()
    return render_template("petitions/datadesk/list.html", requests=found, due=queries.next_due)


@bp.route("/officer/data-requests/<public_id>/decisions/new", methods=["GET", "POST"])
@allow("data:decide")
@freshly
def decide_data_request(public_id: str) -> Any:
    """Give the first reply, do what was asked for, or refuse with the article."""
    asked, status = queries.data_request(public_id) or abort(404), 200
    form = DataDecisionForm(asked.kind, seen=asked.lock, **_as_it_is(asked.petition))
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                _decide(asked, form)
                commit()
            except Refused as error:
                db.session.rollback()
                put_error(form, error)
                form.seen.data, status = asked.lock, error.status
            else:
                flash(_("Saved."))
                return redirect(url_for("petitions.data_requests"), 303)
    files = queries.of_sender(owndata.proven_of(asked)) if asked.address else []
    page = render_template("petitions/datadesk/decision.html", asked=asked, form=form, files=files)
    return page, status


def _as_it_is(petition: Petition) -> dict[str, str]:
    """What a correction begins with."""
    contact = petition.contact
    return {
        "sender_name": petition.sender_name,
        "email": (contact and contact.email) or "",
        "phone": (contact and contact.phone) or "",
        "place": petition.place,
    }


def _decide(asked: DataRequest, form: DataDecisionForm) -> None:
    if form.seen_lock != asked.lock:
        raise stale()
    words, on, by = form.words.data or "", clock.today(), current_person()
    if form.decision.data == "confirm":
        owndata.confirm_request(asked, words=words, on=on, by=by)
    elif form.decision.data == "refuse":
        owndata.refuse_request(asked, words=words, basis=form.basis.data or "", on=on, by=by)
    elif asked.kind == "correct":
        name, email = form.sender_name.data or "", (form.email.data or "").lower()
        told = {"phone": form.phone.data or "", "place": form.place.data or ""}
        owndata.correct_own_data(asked, name=name, email=email, words=words, on=on, by=by, **told)
    elif asked.kind == "account":
        owndata.delete_account(asked, words=words, on=on, by=by)
    else:
        owndata.delete_own_data(asked, words=words, on=on, by=by)
