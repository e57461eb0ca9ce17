"""A refusal: one person proposes it, another confirms it or turns it down."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.permissions import allow, current_person
from feedback.petitions import queries
from feedback.petitions.actions import ending
from feedback.petitions.forms.refusals import RefusalDecisionForm, RefusalForm
from feedback.petitions.rules.codes import DECLINE_REASONS
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, run, still_to_decide


@bp.route("/officer/petitions/<public_id>/refusals/new", methods=["GET", "POST"])
@allow("petitions:screen")
def decline(public_id: str) -> Any:
    """Propose a refusal with its coded reason and the next step for the resident."""
    petition = find(public_id)
    check(petition, "petitions:screen")
    form = RefusalForm(seen=petition.lock)

    def act() -> None:
        code, words = form.reason_code.data or "", form.words.data or ""
        ending.propose_decline(petition, reason_code=code, words=words, by=current_person())

    done = _("The refusal is proposed. Another person decides.")
    return run(
        form,
        petition,
        act,
        "petitions/desk/refusal.html",
        done,
        reasons=DECLINE_REASONS,
        refusal=queries.open_refusal(petition),
    )


@bp.route("/officer/petitions/<public_id>/refusals/decision", methods=["GET", "POST"])
@allow("petitions:approve", "petitions:dispatch")
def decide_refusal(public_id: str) -> Any:
    """A second person confirms, or turns it down with a note."""
    petition = find(public_id)
    check(petition, "petitions:approve")
    refusal = queries.open_refusal(petition)
    form = RefusalDecisionForm(seen=petition.lock)

    def act() -> None:
        person, note = current_person(), form.note.data or ""
        if form.decision.data == "yes":
            ending.confirm_decline(petition, refusal, on=clock.today(), by=person)
        else:
            ending.turn_down_decline(petition, refusal, note=note, by=person)

    reason = refusal and DECLINE_REASONS.get(refusal.reason_code)
    shown: dict[str, Any] = {"refusal": refusal, "reason": reason}
    template = "petitions/desk/refusal_decision.html"
    done = _("Your decision is saved.")
    return run(form, petition, act, template, done, to=still_to_decide(), **shown)
