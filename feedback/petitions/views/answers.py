"""Writing, sending, approving and returning an answer."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from feedback.core import clock
from feedback.core.db import commit
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.petitions import queries
from feedback.petitions.actions import answering
from feedback.petitions.actions.move import check_seen
from feedback.petitions.forms.desk import AnswerForm, ApproveForm, SendBackForm
from feedback.petitions.models import AnswerVersion, Petition
from feedback.petitions.queries.story import due_explanation
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, refuse, run, still_to_decide


@bp.route("/officer/petitions/<public_id>/answers/new", methods=["GET", "POST"])
@allow("petitions:answer")
def answer(public_id: str) -> Any:
    """The editor: keep a draft, look at it, or send it to the head."""
    petition = find(public_id)
    check(petition, "petitions:answer")
    latest = _latest(petition)
    form = AnswerForm(seen=petition.lock, text=latest.text if latest else "")
    status = 422 if form.is_submitted() else 200
    like = request.form.get("like", "")
    former = queries.former_answer(petition, like) if like else None
    if former:
        form.text.data = f"{form.text.data or ''}\n\n{former.text}".strip()
        return _editor(petition, form, latest, copied=former)
    if form.validate_on_submit():
        try:
            check_seen(petition, form.seen_lock)
            return _save_or_send(petition, form)
        except (Refused, StaleDataError) as error:
            status = refuse(form, petition, error)
    return _editor(petition, form, latest), status


def _save_or_send(petition: Petition, form: AnswerForm) -> Any:
    person, text = current_person(), form.text.data or ""
    if request.form.get("go") == "send":
        answering.send_for_approval(petition, text=text, on=clock.today(), by=person)
        commit()
        flash(_("Sent for approval."))
        return redirect(url_for("petitions.file", public_id=petition.public_id), 303)
    answering.save_draft(petition, text=text, by=person)
    commit()
    flash(_("The draft is saved."))
    return redirect(url_for("petitions.answer", public_id=petition.public_id), 303)


@bp.route("/officer/petitions/<public_id>/approvals/new", methods=["GET", "POST"])
@allow("petitions:approve")
def approve(public_id: str) -> Any:
    """The head reads exactly the version that will be published."""
    petition = find(public_id)
    check(petition, "petitions:approve")
    version = _latest(petition)
    form = ApproveForm(seen=petition.lock, version=version.id if version else None)

    def act() -> None:
        number = form.version.data or 0
        answering.approve(petition, version_id=number, on=clock.today(), by=current_person())

    done = _("The answer is published.")
    return run(
        form,
        petition,
        act,
        "petitions/desk/approve.html",
        done,
        to=still_to_decide(),
        version=version,
    )


@bp.route("/officer/petitions/<public_id>/returns/new", methods=["GET", "POST"])
@allow("petitions:approve")
def send_back(public_id: str) -> Any:
    """The head gives the answer back with a note."""
    petition = find(public_id)
    check(petition, "petitions:approve")
    version = _latest(petition)
    form = SendBackForm(seen=petition.lock, version=version.id if version else None)

    def act() -> None:
        number, note = form.version.data or 0, form.note.data or ""
        answering.send_back(
            petition, version_id=number, note=note, on=clock.today(), by=current_person()
        )

    done = _("Given back.")
    return run(
        form,
        petition,
        act,
        "petitions/desk/send_back.html",
        done,
        to=still_to_decide(),
        version=version,
    )


def _latest(petition: Petition) -> AnswerVersion | None:
    answers = [a for a in petition.answers if a.leg_number == petition.leg_number]
    return answers[0].latest if answers else None


def _editor(
    petition: Petition,
    form: AnswerForm,
    latest: AnswerVersion | None,
    copied: queries.Former | None = None,
) -> str:
    return render_template(
        "petitions/desk/answer.html",
        petition=petition,
        form=form,
        latest=latest,
        copied=copied,
        former=queries.former_answers(petition),
        parts=queries.parts_of(petition),
        due=due_explanation(petition, clock.today()),
    )
