"""What is held as one of many: one list for the dispatcher, with the right to see it for the Front; and the
way back for its sender."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.core import clock
from feedback.core.db import commit, db, settle
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person, public
from feedback.petitions import queries
from feedback.petitions.actions import holding, sifting
from feedback.petitions.actions.sifting import Chosen
from feedback.petitions.forms.held import REASONS, SiftForm
from feedback.petitions.rules.floods import ASIDE, LAID_ASIDE, SURGE_FROM, WAITING
from feedback.petitions.views import bp
from feedback.petitions.views.follow import own_held
from feedback.petitions.views.pacing import intake

A_PAGE = 50


@bp.get("/officer/held")
@allow("petitions:read_held", "petitions:judge_held")
def held_list() -> str:
    """The many that wait, by what they have in common; or those that were laid aside."""
    aside = request.args.get("tab") == LAID_ASIDE
    return render_template(
        "petitions/held/list.html",
        groups=queries.held_groups(LAID_ASIDE if aside else WAITING),
        numbers=queries.held_numbers(),
        aside=aside,
        intake=intake(),
        limits=dict(current_app.config["PETITION_LIMITS"]),
        surge_from=SURGE_FROM,
    )


@bp.get("/officer/held/<key>")
@allow("petitions:read_held", "petitions:judge_held")
def held_group(key: str) -> str:
    """One group, each with its words, and what to do about them."""
    return _group(key, SiftForm(formdata=None), tab=request.args.get("tab", ""))


@bp.post("/officer/held/<key>/decisions")
@allow("petitions:judge_held")
def sift(key: str) -> Any:
    """Take as genuine, lay aside or put back: those that were ticked, or all that were there."""
    form, go = SiftForm(), request.form.get("go", "")
    why, mark = _parts(key)
    if go == "aside" and form.reason.data not in ASIDE:
        form.reason.errors = [_("Choose a reason: their senders read it.")]
        return _group(key, form), 422
    chosen = Chosen(why, mark, form.names(), form.bound)
    try:
        done = settle(lambda: _act(go, chosen, form.reason.data))
    except Refused as error:
        db.session.rollback()
        return _refused(key, form, error, tab=LAID_ASIDE if go == "back" else "")
    flash(_said(go, done))
    return redirect(_onward(key), 303)


@bp.post("/track/file/held/withdrawals")
@public
def take_held_back() -> Any:
    """Its sender takes it back: the words go at once."""
    held = own_held()
    if held is not None:
        try:
            holding.take_back(held)
            commit()
        except Refused as error:
            db.session.rollback()
            flash(error.message)
    return redirect(url_for("petitions.follow"), 303)


def _onward(key: str) -> str:
    """What is left of the group, or the list."""
    left, _last = queries.held_extent(*_parts(key), standing=WAITING)
    return url_for("petitions.held_group", key=key) if left else url_for("petitions.held_list")


def _refused(key: str, form: SiftForm, error: Refused, *, tab: str) -> Any:
    standing = LAID_ASIDE if tab else WAITING
    if not queries.held_extent(*_parts(key), standing=standing)[
        0
    ]:  # others decided about all of it
        flash(error.message)
        return redirect(_onward(key), 303)
    form.form_errors.append(error.message)
    return _group(key, form, tab=tab), error.status


def _act(go: str, chosen: Chosen, reason: str) -> int:
    by = current_person()
    if go == "take":
        return sifting.take_as_genuine(chosen, on=clock.today(), by=by)
    if go == "aside":
        return sifting.lay_aside(chosen, reason=reason, by=by)
    if go == "back":
        return sifting.put_back(chosen, by=by)
    abort(400)


def _said(go: str, done: int) -> str:
    if go == "take":
        return ngettext("%(num)s petition goes on now.", "%(num)s petitions go on now.", done)
    if go == "aside":
        return ngettext("%(num)s was laid aside.", "%(num)s were laid aside.", done)
    return ngettext("%(num)s waits again.", "%(num)s wait again.", done)


def _parts(key: str) -> tuple[str, str]:
    why, _dash, mark = key.partition("-")
    return why, mark


def _group(key: str, form: SiftForm, *, tab: str = "") -> str:
    why, mark = _parts(key)
    standing = LAID_ASIDE if tab == LAID_ASIDE else WAITING
    number, last = queries.held_extent(why, mark, standing=standing)
    if not number or not mark:
        abort(404)
    after = request.args.get("after", "")
    page = queries.held_page(why, mark, standing=standing, after=after, size=A_PAGE)
    form.below.data = str(last)
    return render_template(
        "petitions/held/group.html",
        page=page,
        form=form,
        key=key,
        why=why,
        number=number,
        aside=standing == LAID_ASIDE,
        files=queries.held_files(page.rows),
        judges=current_person().may("petitions:judge_held"),
        at_once=sifting.TAKEN_AT_ONCE,
        reasons=REASONS,
    )
