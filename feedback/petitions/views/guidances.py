"""Guiding a resident to the body that her matter is for."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.permissions import allow, current_person
from feedback.petitions.actions import ending
from feedback.petitions.forms.guidances import GuidanceForm
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, run


@bp.route("/officer/petitions/<public_id>/guidances/new", methods=["GET", "POST"])
@allow("petitions:screen")
def guide(public_id: str) -> Any:
    """Which body, where, when, with which papers; the file ends with it."""
    petition = find(public_id)
    check(petition, "petitions:screen")
    form = GuidanceForm(seen=petition.lock)

    def act() -> None:
        words = form.words(petition.locale)
        ending.guide(petition, words=words, on=clock.today(), by=current_person())

    done = _("The resident was told where to turn.")
    return run(form, petition, act, "petitions/desk/guidance.html", done)
