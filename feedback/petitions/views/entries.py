"""Entering for a resident who came to the desk or telephoned (nhập hộ): one page, then a sheet to hand over."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, session, url_for

from feedback.agencies import queries as agencies
from feedback.core import clock
from feedback.core.db import db, settle
from feedback.core.errors import Refused
from feedback.core.ids import code_from, secret_token
from feedback.core.permissions import allow, current_person
from feedback.petitions import queries
from feedback.petitions.actions.submit import Submission, submit
from feedback.petitions.forms.entry import EntryForm
from feedback.petitions.forms.errors import put_error, put_problems
from feedback.petitions.models import Petition
from feedback.petitions.queries.story import due_explanation
from feedback.petitions.rules.admissibility import check_text
from feedback.petitions.views import bp
from feedback.plans import queries as plans


@bp.get("/officer/entries")
@allow("petitions:enter")
def entries() -> str:
    """The clerk's own entries of today: numbers, never codes."""
    after = request.args.get("after", "")
    page = queries.entries_of(current_person(), clock.today(), after=after)
    return render_template("petitions/entries/list.html", page=page)


@bp.route("/officer/entries/new", methods=["GET", "POST"])
@allow("petitions:enter")
def new_entry() -> Any:
    """Write down what a resident says; day zero is today, and the clerk is the one who entered it."""
    form, status = _form(), 200
    if form.is_submitted():
        status = 422
        if _valid(form):
            try:
                sent, by = _submission(form), current_person()
                settle(lambda: submit(sent, on=clock.today(), by=by))
            except Refused as error:
                db.session.rollback()
                put_error(form, error)
                status = error.status
            else:
                session["entry"] = form.key.data
                return redirect(url_for("petitions.entry_receipt"), 303)
    else:
        session.pop("entry", None)  # the next resident sits down: the last one's code is gone
    return render_template("petitions/entries/new.html", form=form), status


@bp.get("/officer/entries/receipt")
@allow("petitions:enter")
def entry_receipt() -> str:
    """The sheet of the entry that this browser made last, with its code; until the next one begins."""
    key = session.get("entry", "")
    petition = queries.by_submission_key(key) if key else None
    if petition is None or petition.entered_by_id != current_person().id:
        return render_template("petitions/entries/gone.html")
    return _sheet(petition, code_from(key))


@bp.get("/officer/entries/<public_id>")
@allow("petitions:enter")
def entry(public_id: str) -> str:
    """The sheet of one of today's own entries once more: its number, never its code."""
    return _sheet(queries.entry_of(current_person(), clock.today(), public_id) or abort(404), "")


def _sheet(petition: Petition, code: str) -> str:
    return render_template(
        "petitions/entries/sheet.html",
        petition=petition,
        code=code,
        due=due_explanation(petition, clock.today()),
    )


def _form() -> EntryForm:
    form, person = EntryForm(), current_person()
    form.say_the_words()
    form.key.data = form.key.data or secret_token()
    communes = agencies.bodies_on(clock.today(), "commune")
    form.commune.choices = [("", "")] + [(c.code, c.place_name or c.name) for c in communes]
    form.item.choices = [("", "")] + [(str(i.id), i.called) for i in plans.tasks()]
    if not form.is_submitted() and person.agency_id in {c.id for c in communes}:
        form.commune.data = next(c.code for c in communes if c.id == person.agency_id)
    return form


def _valid(form: EntryForm) -> bool:
    fine = form.validate()
    return put_problems(form, check_text(form.title.data or "", form.text.data or "")) and fine


def _submission(form: EntryForm) -> Submission:
    commune = agencies.by_code(form.commune.data) if form.commune.data else None
    return Submission(
        key=form.key.data or "",
        kind=form.kind.data,
        title=form.title.data or "",
        text=form.text.data or "",
        item_id=int(form.item.data) if form.item.data else None,
        commune_id=commune.id if commune else None,
        place=form.place.data or "",
        email=(form.email.data or "").lower(),
        phone=form.phone.data or "",
        sender_name=form.sender_name.data or "",
        name_public="name_public" in dict(form.agreed()),
        consents=form.agreed(),
        channel=form.channel.data,
    )
