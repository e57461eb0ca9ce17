"""More time: the officer asks, the head decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.permissions import allow, current_person
from feedback.petitions import queries
from feedback.petitions.actions import waiting
from feedback.petitions.forms.extensions import ExtensionDecisionForm, ExtensionForm
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, run, still_to_decide


@bp.route("/officer/petitions/<public_id>/extensions/new", methods=["GET", "POST"])
@allow("petitions:extend")
def extend(public_id: str) -> Any:
    """Ask the head for more time, with a reason that the resident will read."""
    petition, today = find(public_id), clock.today()
    check(petition, "petitions:extend")
    form = ExtensionForm(seen=petition.lock)

    def act() -> None:
        reason, by = form.reason.data or "", current_person()
        waiting.ask_extension(petition, to_on=form.day, reason=reason, on=today, by=by)

    return run(
        form,
        petition,
        act,
        "petitions/desk/extension.html",
        _("More time is asked. The head decides."),
        earliest=petition.due_on + timedelta(days=1),
        ceiling=queries.extension_ceiling(petition),
        extension=queries.open_extension(petition),
    )


@bp.route("/officer/petitions/<public_id>/extensions/decision", methods=["GET", "POST"])
@allow("petitions:approve")
def decide_extension(public_id: str) -> Any:
    """The head approves, or turns it down with a note; never the asker."""
    petition = find(public_id)
    check(petition, "petitions:approve")
    extension = queries.open_extension(petition)
    form = ExtensionDecisionForm(seen=petition.lock)

    def act() -> None:
        person, note = current_person(), form.note.data or ""
        if form.decision.data == "yes":
            waiting.approve_extension(petition, extension, on=clock.today(), by=person)
        else:
            waiting.turn_down_extension(petition, extension, note=note, by=person)

    shown: dict[str, Any] = {"extension": extension, "ceiling": queries.extension_ceiling(petition)}
    template = "petitions/desk/extension_decision.html"
    done = _("Your decision is saved.")
    return run(form, petition, act, template, done, to=still_to_decide(), **shown)
