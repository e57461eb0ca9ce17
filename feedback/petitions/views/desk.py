"""The officer's queue and one file on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, render_template, request

from feedback.accounts.models import Person
from feedback.agencies.queries import communes_on, known
from feedback.core import clock
from feedback.core.permissions import allow, current_person
from feedback.petitions import policy, queries
from feedback.petitions.forms.desk import AssignSeveralForm
from feedback.petitions.kinds import KIND_NAMES
from feedback.petitions.models import Petition
from feedback.petitions.queries.desk import TABS
from feedback.petitions.queries.story import due_explanation, legs_of, timeline
from feedback.petitions.rules.codes import DECLINE_REASONS
from feedback.petitions.rules.deadlines import days_left
from feedback.petitions.rules.filters import (
    EVERYWHERE,
    FOUND_STATES,
    SOON_DAYS,
    TABS_AS_FILTERS,
    tab_of,
)
from feedback.petitions.rules.states import STEP_OF_STATE, STEPS
from feedback.petitions.views import bp
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import add_working_days, next_working_day

STRIP_DAYS = 10


@dataclass(frozen=True)
class NotGiven:
    """A file that was ticked and stays where it is; None if this person may not see it any more."""

    petition: Petition | None
    why: str


@bp.get("/officer")
@allow("petitions:read")
def desk() -> str:
    """Files of the person's agency, due first: under a heading, or narrowed down."""
    return desk_page(AssignSeveralForm(formdata=None))


def desk_page(form: AssignSeveralForm, kept: Sequence[NotGiven] = ()) -> str:
    """The list that the address asks for, with the form for several files; ``kept``: which of them were
    not given to anybody just now."""
    person, today, calendar = current_person(), clock.today(), load_calendar()
    asked, officers = queries.asked_by(person, request.args, on=today)
    form.offer(officers)
    soon = add_working_days(today, SOON_DAYS, calendar)
    counts = queries.queue_counts(person, today=today, soon=soon)
    tab = tab_of(asked) if asked else _tab(request.args.get("tab", ""), person, counts)
    first, after = next_working_day(today, calendar), request.args.get("after", "")
    days = [add_working_days(first, n, calendar) for n in range(STRIP_DAYS)]
    page = queries.queue(person, tab=tab, asked=asked, today=today, soon=soon, after=after)
    # words, and files of every body, are looked for as far as the page goes
    counted = asked and not asked.words and asked.state != EVERYWHERE
    return render_template(
        "petitions/desk/list.html",
        page=page,
        tab=tab,
        asked=asked,
        chosen=asked or TABS_AS_FILTERS.get(tab, asked),
        officers=officers,
        number=queries.number_found(person, asked, today=today, soon=soon) if counted else None,
        after=after,
        form=form,
        kept=kept,
        gives={one.id for one in page.rows if policy.may(person, one, "assign")},
        counts=counts,
        strip=queries.due_strip(person, days),
        agency=queries.agency_of(person),
        decides=person.may("petitions:approve") or person.may("petitions:dispatch"),
        waiting_on=queries.waiting_on(page.rows) if tab == "approval" else {},
        urgent=None if after else next((p for p in page.rows if p.clock_runs), None),
        **_choices(today),
        **_row_facts(),
    )


def _tab(code: str, person: Person, counts: Mapping[str, int]) -> str:
    """The heading asked for. Whoever only answers begins her day with what was given to her."""
    if code in TABS:
        return code
    return "mine" if counts["mine"] and not person.may("petitions:receive") else "open"


def _choices(today: date) -> dict[str, Any]:
    """What a list may be narrowed to, and where counting ends."""
    return {
        "states": FOUND_STATES,
        "kinds": KIND_NAMES,
        "communes": communes_on(today),
        "most": queries.MOST,
        "most_a_day": queries.MOST_A_DAY,
    }


@bp.get("/officer/dispatch")
@allow("petitions:dispatch")
def dispatch() -> str:
    """What has no clear owner: the focal agency decides."""
    today, after = clock.today(), request.args.get("after", "")
    asked = queries.asked_of_dispatch(request.args, on=today)
    page = queries.dispatch_queue(asked=asked, on=today, after=after)
    return render_template(
        "petitions/desk/dispatch.html",
        page=page,
        asked=asked,
        after=after,
        kinds=KIND_NAMES,
        communes=communes_on(today),
        **_row_facts(),
    )


@bp.get("/officer/petitions/<public_id>")
@allow("petitions:read", "petitions:read_all")
def file(public_id: str) -> str:
    """Everything about one file, and the moves that this person may make."""
    return render_file(find(public_id))


def _row_facts() -> dict[str, Any]:
    """What each row of a queue asks: how many working days are left, where the file stands."""
    today, calendar = clock.today(), load_calendar()
    return {
        "days_left": lambda petition: days_left(petition.due_on, today, calendar),
        "body_of": lambda petition: known(petition.agency_id),
        "place_of": lambda petition: STEPS.index(STEP_OF_STATE[petition.state]) + 1,
    }


def find(public_id: str) -> Petition:
    """The file if this person may read it; a stranger gets 404."""
    petition = queries.file_for(current_person(), public_id)
    if petition is None:
        abort(404)
    return petition


def render_file(petition: Petition, **forms: Any) -> str:
    person, today = current_person(), clock.today()
    answer = next((a for a in petition.answers if a.leg_number == petition.leg_number), None)
    made = queries.decisions(petition)
    refusal, extension = made.refusal, made.extension
    return render_template(
        "petitions/desk/show.html",
        petition=petition,
        answer=answer,
        events=timeline(petition, levels=("public", "party"), all_kinds=True),
        due=due_explanation(petition, today),
        legs=legs_of(petition, today),
        may=dict.fromkeys(_moves(person, petition, made), True),
        reasons=DECLINE_REASONS,
        sees_sender=_of_agency(person, petition),
        decisions=made,
        decides_refusal=refusal and policy.may_decide(person, petition, refusal.by_id),
        decides_extension=extension and policy.may_decide(person, petition, extension.asked_by_id),
        outcome=None if petition.is_open else queries.outcome_of(petition),
        parts=queries.parts_of(petition),
        may_show_part=policy.may_show_part(person, petition),
        attachments=queries.attachments_of(petition),
        screens=policy.holds(person, petition, "petitions:screen"),
        **forms,
    )


def _moves(person: Person, petition: Petition, made: queries.Decisions) -> set[str]:
    """The verbs that this person may use now; none that would be refused at once."""
    verbs = {verb for verb in policy.PERMISSION_OF if policy.may(person, petition, verb)}
    if made.refusal:
        verbs.discard("decline")
    if made.extension or petition.due_on < clock.today():
        verbs.discard("extend")
    return verbs


def _of_agency(person: Person, petition: Petition) -> bool:
    """Who sent it is for the agency that has the file, not for the Front or a dispatcher."""
    return person.agency_id == petition.agency_id and not petition.in_dispatch
