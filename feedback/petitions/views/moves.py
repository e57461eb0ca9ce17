"""Moves of a file at the desk: receive, assign; and what every such page with one form does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused, WithAnother
from feedback.core.permissions import allow, current_person
from feedback.petitions import policy, queries
from feedback.petitions.actions import intake
from feedback.petitions.actions.move import check_seen, stale
from feedback.petitions.forms.desk import AssignForm, FileForm, ReceiveForm
from feedback.petitions.forms.errors import put_error
from feedback.petitions.models import Part, Petition
from feedback.petitions.queries.story import timeline
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find


@bp.route("/officer/petitions/<public_id>/receipts/new", methods=["GET", "POST"])
@allow("petitions:receive")
def receive(public_id: str) -> Any:
    """Take the file in and screen it for the public."""
    petition = find(public_id)
    check(petition, "petitions:receive")
    form, attachments = ReceiveForm(seen=petition.lock), queries.attachments_of(petition)
    form.offer(attachments)

    def act() -> None:
        show, pictures = form.show.data == "yes", form.pictures.data or []
        on, person = clock.today(), current_person()
        pin = bool(form.pin.data)
        intake.receive(petition, show=show, pictures=pictures, pin=pin, on=on, by=person)

    done = _("The file is received.")
    return run(form, petition, act, "petitions/desk/receive.html", done, attachments=attachments)


@bp.route("/officer/petitions/<public_id>/allocations/new", methods=["GET", "POST"])
@allow("petitions:assign")
def assign(public_id: str) -> Any:
    """Give the file to an officer, or to another one."""
    petition = find(public_id)
    check(petition, "petitions:assign")
    form = AssignForm(seen=petition.lock)
    officers = [
        one for one in queries.officers_of(petition.agency_id) if one.id != petition.assignee_id
    ]
    form.officer.choices = [("", ""), *((o.public_id, o.name) for o in officers)]

    def act() -> None:
        officer = next(o for o in officers if o.public_id == form.officer.data)
        intake.assign(petition, officer=officer, on=clock.today(), by=current_person())

    return run(form, petition, act, "petitions/desk/assign.html", _("The file was handed over."))


def check(petition: Petition, permission: str) -> None:
    """A reader without the right gets 403. A move that the table forbids is the verb's to refuse."""
    person = current_person()
    if policy.holds(person, petition, permission):
        return
    if policy.is_with_another(person, petition, permission):
        who = petition.assignee.name if petition.assignee else _("nobody yet")
        raise WithAnother(
            _(
                "File %(number)s is given to: %(who)s. Only that officer does this.",
                number=petition.reference,
                who=who,
            )
        )
    abort(403)


def run(
    form: FileForm,
    petition: Petition,
    act: Callable[[], None],
    template: str,
    done: str,
    *,
    away: bool = False,
    to: str = "",
    part: Part | None = None,
    **shown: Any,
) -> Any:
    """Show the form, or make the move and go back to the file (or ``to`` an address); a refusal comes
    back on the same page with all that was typed, ready to be sent again once it was read."""
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                check_seen(part or petition, form.seen_lock)
                act()
                commit()
            except (Refused, StaleDataError) as error:
                status = refuse(form, part or petition, error)
            else:
                flash(done)
                file = url_for("petitions.file", public_id=petition.public_id)
                return redirect(to or (url_for("petitions.desk") if away else file), 303)
    return render_template(template, petition=petition, form=form, part=part, **shown), status


def still_to_decide() -> str:
    """Where somebody who has decided goes on: what else waits for her."""
    return url_for("petitions.desk", tab="approval")


def refuse(form: FileForm, seen: Petition | Part, error: Refused | StaleDataError) -> int:
    """Undo, put the refusal on the form and let it be sent again once it was read; the page's status."""
    db.session.rollback()
    refusal = error if isinstance(error, Refused) else stale()
    put_error(form, refusal)
    form.seen.data = seen.lock
    if refusal.code == "stale":
        petition = seen if isinstance(seen, Petition) else seen.petition
        form.newest = next(
            iter(timeline(petition, levels=("public", "party"), all_kinds=True)), None
        )
    return refusal.status
