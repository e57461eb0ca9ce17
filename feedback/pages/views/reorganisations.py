"""Reorganisations: entered as a draft, rehearsed, decided one by one, carried out on their day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from feedback.agencies import queries as agencies
from feedback.agencies.actions import carry_out, drafting
from feedback.agencies.models import ActDraft
from feedback.agencies.rules.drafting import Problem
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.forms import put_error
from feedback.core.permissions import allow, current_person, freshly
from feedback.pages.forms.reorganisations import ActForm, BodyForm, DecideForm, HeadForm, LineForm
from feedback.pages.views import bp

HOME = "/admin/reorganisations"
ONE = f"{HOME}/<public_id>"


@bp.get(HOME)
@allow("site:manage")
def reorganisations() -> str:
    """Those in preparation, those that hold, and what is with nobody (nothing, ever)."""
    return render_template(
        "pages/reorganisations/list.html",
        drafts=agencies.act_drafts(),
        acts=agencies.done_acts(),
        strays=agencies.strays(clock.today()),
    )


@bp.route(f"{HOME}/new", methods=["GET", "POST"])
@allow("site:manage")
def new_reorganisation() -> Any:
    """Enter what happens, when and on what basis."""
    form = HeadForm()
    if form.validate_on_submit():
        draft = drafting.draft_act(form.head, by=current_person())
        commit()
        return redirect(_to(draft), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("pages/reorganisations/new.html", form=form), status


@bp.get(ONE)
@allow("site:manage")
def reorganisation(public_id: str) -> str:
    """The bodies, who takes over what, and what must still be put right."""
    draft = _find(public_id)
    return render_template(
        "pages/reorganisations/show.html",
        draft=draft,
        problems=_problems(draft),
        form=ActForm(seen=draft.lock),
    )


@bp.route(f"{ONE}/heads/new", methods=["GET", "POST"])
@allow("site:manage")
def change_reorganisation(public_id: str) -> Any:
    """Correct the title, the kind, the day or the basis."""
    draft = _find(public_id)
    form = HeadForm(seen=draft.lock, obj=draft)

    def act() -> None:
        drafting.change_act(draft, form.head, seen=form.seen_lock, by=current_person())

    return _run(form, draft, act, "pages/reorganisations/new.html")


@bp.route(f"{ONE}/bodies/new", methods=["GET", "POST"])
@allow("site:manage")
def add_act_body(public_id: str) -> Any:
    """A body that ends, that lives on, or that is new."""
    draft = _find(public_id)
    form = BodyForm(seen=draft.lock)
    bodies = agencies.bodies_around(draft.effective_on)
    form.agency.choices = [("", ""), *((str(a.id), a.name) for a in bodies)]

    def act() -> None:
        new = form.part.data == "begins"
        drafting.put_body(
            draft,
            part=form.part.data,
            agency=None
            if new
            else next((a for a in bodies if str(a.id) == form.agency.data), None),
            name=form.name.data or "",
            short_name=form.short_name.data or "",
            level=form.level.data,
            place_name=_place(form) if new else "",
            seen=form.seen_lock,
            by=current_person(),
        )

    return _run(form, draft, act, "pages/reorganisations/body.html")


@bp.post(f"{ONE}/bodies/<int:body_id>/removals")
@allow("site:manage")
def drop_act_body(public_id: str, body_id: int) -> Any:
    """Take a body out of the draft, with its lines."""
    draft = _find(public_id)
    body = next((one for one in draft.bodies if one.id == body_id), None) or abort(404)
    form, by = ActForm(), current_person()
    return _do(draft, lambda: drafting.drop_body(draft, body, seen=form.seen_lock, by=by))


@bp.route(f"{ONE}/lines/new", methods=["GET", "POST"])
@allow("site:manage")
def add_act_line(public_id: str) -> Any:
    """Who takes over the whole of a body, or one of its functions."""
    draft = _find(public_id)
    form = LineForm(seen=draft.lock)
    bodies = {str(body.id): body for body in draft.bodies}
    form.giver.choices = [("", ""), *((k, b.name) for k, b in bodies.items() if b.part != "begins")]
    form.taker.choices = [("", ""), *((k, b.name) for k, b in bodies.items() if b.part != "ends")]

    def act() -> None:
        drafting.put_line(
            draft,
            giver=bodies[form.giver.data],
            taker=bodies[form.taker.data],
            function=form.function.data or "",
            keywords=form.keywords.data or "",
            is_main=not form.function.data,
            seen=form.seen_lock,
            by=current_person(),
        )

    return _run(form, draft, act, "pages/reorganisations/line.html")


@bp.post(f"{ONE}/lines/<int:line_id>/removals")
@allow("site:manage")
def drop_act_line(public_id: str, line_id: int) -> Any:
    """Take a line out of the draft."""
    draft = _find(public_id)
    line = next((one for one in draft.lines if one.id == line_id), None) or abort(404)
    form, by = ActForm(), current_person()
    return _do(draft, lambda: drafting.drop_line(draft, line, seen=form.seen_lock, by=by))


@bp.route(f"{ONE}/rehearsal", methods=["GET", "POST"])
@allow("site:manage")
def rehearse_act(public_id: str) -> Any:
    """What would move; where a thing goes that is not clear, a person says, one by one."""
    draft = _find(public_id)
    form, status, answers = DecideForm(seen=draft.lock), 200, _answers()
    if form.is_submitted():
        status = 422
        try:
            drafting.decide(draft, answers, seen=form.seen_lock, by=current_person())
            commit()
        except (Refused, StaleDataError) as error:
            status = _refuse(form, draft, error)
        else:
            flash(_("Decided."))
            return redirect(url_for("pages.rehearse_act", public_id=draft.public_id), 303)
    act = agencies.act_of(draft)
    return render_template(
        "pages/reorganisations/rehearsal.html",
        draft=draft,
        act=act,
        previews=agencies.rehearse(act) if draft.is_open else [],
        problems=_problems(draft),
        answers=answers,
        shared=_shared,
        form=form,
    ), status


@bp.route(f"{ONE}/executions/new", methods=["GET", "POST"])
@allow("site:manage")
@freshly
def execute_act(public_id: str) -> Any:
    """Carry it out if its day has come, else let the clock do it on that day."""
    draft, today = _find(public_id), clock.today()
    form, now = ActForm(seen=draft.lock), today >= draft.effective_on

    def act() -> None:
        seen, by = form.seen_lock, current_person()
        if now:
            carry_out(draft, seen=seen, on=today, by=by)
        else:
            drafting.schedule(draft, seen=seen, by=by)

    open_questions = agencies.undecided(agencies.act_of(draft)) if draft.is_open else 0
    shown = {"now": now, "undecided": open_questions, "problems": _problems(draft)}
    return _run(form, draft, act, "pages/reorganisations/execution.html", **shown)


@bp.post(f"{ONE}/withdrawals")
@allow("site:manage")
def withdraw_act(public_id: str) -> Any:
    """Back from the calendar to a draft; a draft is thrown away."""
    draft, form, by = _find(public_id), ActForm(), current_person()
    return _do(draft, lambda: drafting.withdraw(draft, seen=form.seen_lock, by=by), home=True)


def _problems(draft: ActDraft) -> list[Problem]:
    """What must be put right; nothing of an act that is over."""
    return agencies.problems_of(draft) if draft.is_open else []


def _find(public_id: str) -> ActDraft:
    found: ActDraft = agencies.act_draft(public_id) or abort(404)
    return found


def _to(draft: ActDraft) -> str:
    return url_for("pages.reorganisation", public_id=draft.public_id)


def _run(
    form: ActForm, draft: ActDraft, act: Callable[[], None], template: str, **shown: Any
) -> Any:
    """Show the form, or do it and go back to the act; a refusal keeps what was typed."""
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                act()
                commit()
            except (Refused, StaleDataError) as error:
                status = _refuse(form, draft, error)
            else:
                return redirect(_to(draft), 303)
    return render_template(template, form=form, draft=draft, **shown), status


def _do(draft: ActDraft, act: Callable[[], None], *, home: bool = False) -> Any:
    """A button without a form: do it, or say why not, and show the act again."""
    address = _to(draft)
    try:
        act()
        commit()
    except (Refused, StaleDataError) as error:
        db.session.rollback()
        flash(str(error.message if isinstance(error, Refused) else drafting.stale().message))
    else:
        address = url_for("pages.reorganisations") if home else address
    return redirect(address, 303)


def _refuse(form: ActForm, draft: ActDraft, error: Refused | StaleDataError) -> int:
    db.session.rollback()
    refusal = error if isinstance(error, Refused) else drafting.stale()
    put_error(form, refusal)
    form.seen.data = draft.lock
    return refusal.status


def _answers() -> dict[tuple[str, str], str]:
    """The page's choices: names "way:<mover>:<subject>". What is left open goes where "rest:<mover>" says;
    without that it is no answer."""
    found = {}
    for name, chosen in request.form.items():
        kind, _colon, rest = name.partition(":")
        mover, _colon, subject = rest.partition(":")
        choice = chosen or request.form.get(f"rest:{mover}", "")
        if kind == "way" and choice:
            found[mover, subject] = choice
    return found


def _shared(preview: agencies.Preview) -> list[str]:
    """Ways that are open to each of the things shown, so that one choice can be made for all of them."""
    first, *others = [thing.options for thing in preview.things] or [()]
    return [way for way in first if all(way in options for options in others)]


def _place(form: BodyForm) -> str:
    """The everyday name of a new commune: "xã Tân Biên" of "Ủy ban nhân dân xã Tân Biên"."""
    if form.level.data != "commune":
        return ""
    return (form.name.data or "").removeprefix("Ủy ban nhân dân ").removeprefix("UBND ")[:80]
