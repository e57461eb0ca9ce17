"""Passing a file on to another body."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.permissions import allow, current_person
from feedback.petitions import queries
from feedback.petitions.actions import intake
from feedback.petitions.forms.desk import TransferForm
from feedback.petitions.queries.story import legs_of
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, run


@bp.route("/officer/petitions/<public_id>/transfers/new", methods=["GET", "POST"])
@allow("petitions:transfer", "petitions:dispatch")
def transfer(public_id: str) -> Any:
    """Pass the file on; the resident's date does not move."""
    petition, today = find(public_id), clock.today()
    check(petition, "petitions:transfer")
    form = TransferForm(seen=petition.lock)
    here = None if petition.in_dispatch else petition.agency
    suggested = [body for body in queries.suggestions(petition, today) if body is not here]
    others = queries.transfer_targets(today)
    bodies = {body.code: body for body in [*suggested, *others] if body is not here}
    form.agency.choices = [("", "")] + [(code, body.name) for code, body in bodies.items()]

    def act() -> None:
        to, reason = bodies[form.agency.data], form.reason.data or ""
        intake.transfer(petition, to=to, reason=reason, on=today, by=current_person())

    done = _("The file was passed on.")
    template = "petitions/desk/transfer.html"
    shown: dict[str, Any] = {"suggested": suggested, "legs": legs_of(petition, today)}
    to_focal = intake.goes_to_focal(petition)
    return run(form, petition, act, template, done, away=True, to_focal=to_focal, **shown)
