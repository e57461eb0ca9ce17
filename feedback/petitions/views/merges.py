"""Joining a file to another one about the same thing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.petitions import queries
from feedback.petitions.actions import ending
from feedback.petitions.forms.errors import put_error
from feedback.petitions.forms.merges import MergeForm
from feedback.petitions.models import Petition
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, run

TEMPLATE = "petitions/desk/merge.html"


@bp.route("/officer/petitions/<public_id>/merges/new", methods=["GET", "POST"])
@allow("petitions:screen")
def merge(public_id: str) -> Any:
    """Name the other file, look at it, join."""
    petition = find(public_id)
    check(petition, "petitions:screen")
    form = MergeForm(seen=petition.lock)
    typed = form.into.data or ""
    other = queries.public_named(typed, hosts=_hosts()) if form.is_submitted() else None
    if form.validate_on_submit() and not (other and form.sure.data == other.public_id):
        return _look(form, petition, other)

    def act() -> None:
        ending.merge(petition, into=other, on=clock.today(), by=current_person())

    return run(form, petition, act, TEMPLATE, _("The file was joined."), other=None)


def _look(form: MergeForm, petition: Petition, other: Petition | None) -> Any:
    """Show the file that was named and ask again before anything is joined."""
    try:
        form.sure.data = ending.check_merge(petition, other).public_id
    except Refused as error:
        put_error(form, error)
        return render_template(TEMPLATE, petition=petition, form=form, other=None), error.status
    return render_template(TEMPLATE, petition=petition, form=form, other=other)


def _hosts() -> frozenset[str]:
    return frozenset({request.host.lower(), urlsplit(current_app.config["BASE_URL"]).netloc})
