"""Several files of a list given to one officer, with one press of a button."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm.exc import StaleDataError

from feedback.accounts.models import Person
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Conflict, Refused
from feedback.core.permissions import allow, current_person
from feedback.core.text import whole
from feedback.petitions import policy, queries
from feedback.petitions.actions import intake
from feedback.petitions.actions.move import check_seen
from feedback.petitions.forms.desk import AssignSeveralForm
from feedback.petitions.views import bp
from feedback.petitions.views.desk import NotGiven, desk_page

MOST = 20  # a page


@bp.post("/officer/allocations/new")
@allow("petitions:assign")
def assign_several() -> Any:
    """Give each file that was ticked to one officer: each by itself, so that one that somebody else
    has changed meanwhile keeps no other back. The address asks for the list from which they come."""
    form = AssignSeveralForm()
    officers = queries.officers_of(current_person().agency_id)
    form.offer(officers)
    if not form.validate():
        return desk_page(form), 422
    officer = next(one for one in officers if one.public_id == form.officer.data)
    picked = dict.fromkeys((form.pick.data or [])[:MOST])
    kept = {public_id: one for public_id in picked if (one := _give(public_id, officer))}
    if len(kept) < len(picked):
        _tell(len(picked) - len(kept))
    if not kept:
        asked = request.query_string.decode("ascii", "ignore")
        return redirect(f"{url_for('petitions.desk')}?{asked}", 303)
    form.pick.data = list(kept)
    return desk_page(form, list(kept.values())), 409


def _give(public_id: str, officer: Person) -> NotGiven | None:
    """One file in a transaction of its own; why it was not given."""
    person = current_person()
    petition = queries.file_for(person, public_id)
    if petition is None or not policy.holds(person, petition, "petitions:assign"):
        return NotGiven(None, _("It is not with your agency any more."))
    try:
        check_seen(petition, whole(request.form.get(f"seen-{public_id}")))
        intake.assign(petition, officer=officer, on=clock.today(), by=person)
        commit()
    except (Conflict, StaleDataError):
        db.session.rollback()
        return NotGiven(petition, _("Somebody else changed it just now: look, then give it again."))
    except Refused as refusal:
        db.session.rollback()
        return NotGiven(petition, str(refusal.message))
    return None


def _tell(done: int) -> None:
    flash(ngettext("%(num)s file was handed over.", "%(num)s files were handed over.", done))
