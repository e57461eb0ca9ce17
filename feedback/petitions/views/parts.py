"""Parts of coordinating agencies: asked at the lead's desk, written at the other's, shown by the head."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback.agencies import queries as agencies
from feedback.core import clock
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.petitions import policy, queries
from feedback.petitions.actions import parts as verbs
from feedback.petitions.forms.desk import AskPartForm, GivePartForm, ShowPartForm
from feedback.petitions.models import Part, Petition
from feedback.petitions.rules import deadlines
from feedback.petitions.views import bp
from feedback.petitions.views.desk import find
from feedback.petitions.views.moves import check, run
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import ONE


@bp.route("/officer/petitions/<public_id>/parts/new", methods=["GET", "POST"])
@allow("petitions:ask_part")
def ask_part(public_id: str) -> Any:
    """Ask another agency for its part, due inside the file's own date."""
    petition = find(public_id)
    check(petition, "petitions:ask_part")
    first, others = queries.part_bodies(petition, clock.today())
    last, half = _days(petition)
    form = AskPartForm(seen=petition.lock, due_on=half)
    form.agency.choices = [("", "")] + [(a.code, a.name) for a in [*first, *others]]

    def act() -> None:
        to = agencies.by_code(form.agency.data)
        if to is None:
            sentence = _l("Choose one of the bodies in the list.")
            raise Refused(sentence, field="agency", code="no_body")
        day, question = form.due_on.data, form.question.data
        by, today = current_person(), clock.today()
        verbs.ask_part(petition, to=to, question=question, due_on=day, on=today, by=by)

    done = _("The agency is asked for its part.")
    page = "petitions/part/new.html"
    tomorrow = clock.today() + ONE
    return run(form, petition, act, page, done, suggested=first, last=last, tomorrow=tomorrow)


@bp.get("/officer/parts")
@allow("petitions:read")
def part_list() -> str:
    """What other agencies ask of one's own: owed first, then given."""
    person, today = current_person(), clock.today()
    owed = queries.owed_parts(person, today=today, after=request.args.get("after", ""))
    done = queries.done_parts(person, today=today, after=request.args.get("done", ""))
    return render_template(
        "petitions/part/list.html",
        owed=owed,
        done=done,
        agency=queries.agency_of(person),
        days_left=_days_left,
    )


@bp.route("/officer/parts/<part_id>", methods=["GET", "POST"])
@allow("petitions:read", "petitions:read_all")
def part(part_id: str) -> Any:
    """What was asked, as much of the petition as that needs, and the words of the asked agency."""
    found = _find(part_id)
    writes = policy.may_give_part(current_person(), found)
    if request.method == "POST" and not writes:
        abort(403)
    form = GivePartForm(seen=found.lock)

    def act() -> None:
        by, text = current_person(), form.text.data or ""
        verbs.give_part(found, text=text, on=clock.today(), by=by)

    return run(
        form,
        found.petition,
        act,
        "petitions/part/show.html",
        _("Your part is sent to the agency that leads the file."),
        to=url_for("petitions.part", part_id=part_id),
        part=found,
        writes=writes,
        days_left=_days_left(found),
        attachments=queries.attachments_of(found.petition),
    )


@bp.route("/officer/parts/<part_id>/showings/new", methods=["GET", "POST"])
@allow("petitions:approve")
def show_part(part_id: str) -> Any:
    """The lead's head lets the public read a part, or takes it back."""
    found = _find(part_id)
    if not policy.may_show_part(current_person(), found.petition):
        abort(403)
    form = ShowPartForm(seen=found.lock)
    hides = found.is_public

    def act() -> None:
        verb = verbs.hide_part if hides else verbs.show_part
        verb(found, by=current_person())

    done = _("The public no longer sees this part.") if hides else _("Everyone can read it now.")
    page = "petitions/part/showing.html"
    return run(form, found.petition, act, page, done, part=found, hides=hides)


def _find(part_id: str) -> Part:
    """The part if this person may read it; a stranger gets 404."""
    found = queries.part_for(current_person(), part_id)
    if found is None:
        abort(404)
    return found


def _days(petition: Petition) -> tuple[Any, Any]:
    """The last day that a part may be due, and the one to suggest; None where no day is left."""
    calendar, today, lead_due = load_calendar(), clock.today(), petition.due_on
    return (
        deadlines.part_last_day(on=today, lead_due=lead_due, calendar=calendar),
        deadlines.part_suggestion(on=today, lead_due=lead_due, calendar=calendar),
    )


def _days_left(found: Part) -> int:
    return deadlines.days_left(found.due_on, clock.today(), load_calendar())
