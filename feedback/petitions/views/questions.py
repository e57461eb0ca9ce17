"""A question to the resident: the clock rests while she is asked."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.permissions import allow, current_person
from feedback.petitions.actions import waiting
from feedback.petitions.forms.questions import QuestionForm
from feedback.petitions.queries.story import wait_left
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, run


@bp.route("/officer/petitions/<public_id>/questions/new", methods=["GET", "POST"])
@allow("petitions:ask_resident")
def ask_resident(public_id: str) -> Any:
    """Ask for what is missing; the page says how long the clock may rest."""
    petition, today = find(public_id), clock.today()
    check(petition, "petitions:ask_resident")
    form = QuestionForm(seen=petition.lock)

    def act() -> None:
        question = form.question.data or ""
        waiting.ask_resident(petition, question=question, on=today, by=current_person())

    done = _("The question was sent to the resident.")
    wait = wait_left(petition, today)
    return run(form, petition, act, "petitions/desk/question.html", done, wait=wait)
