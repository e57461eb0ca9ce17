"""Following an item or a plan: in the inbox for who is signed in, by e-mail for whose address is proved."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, request
from flask import session as browser
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from feedback.accounts import queries as accounts
from feedback.accounts import session
from feedback.accounts.actions import residents
from feedback.accounts.models import Person
from feedback.accounts.rules.addresses import Proven, tidy_email
from feedback.core import clock
from feedback.core.db import commit, settle
from feedback.core.forms import DigitsForm
from feedback.core.permissions import current_person, public
from feedback.core.reading import LANGUAGE
from feedback.plans import actions, queries
from feedback.plans.actions.following import follower_name
from feedback.plans.forms import FollowForm, TapForm
from feedback.plans.models import PlanFollower
from feedback.plans.views import bp

PENDING = "follow_plan"  # in the session: what was typed and what for; it opens nothing


class Thing(NamedTuple):
    """What is followed: an item, or a whole plan where ``item_id`` is None."""

    plan_id: int
    item_id: int | None
    words: str

    @property
    def subject(self) -> str:
        return f"item:{self.item_id}" if self.item_id else f"plan:{self.plan_id}"

    @property
    def page(self) -> str:
        return f"/items/{self.item_id}" if self.item_id else f"/plans/{self.plan_id}"


@bp.get("/items/<int:item_id>/follows/new")
@bp.get("/plans/<int:plan_id>/follows/new")
@public
def new_follow(item_id: int = 0, plan_id: int = 0) -> Any:
    """One button for who is known here; for the others the way to prove an address."""
    thing, who = _thing(item_id, plan_id), _who()
    return _page(thing, who, TapForm() if who else FollowForm())


@bp.post("/items/<int:item_id>/follows/new")
@bp.post("/plans/<int:plan_id>/follows/new")
@public
def follow(item_id: int = 0, plan_id: int = 0) -> Any:
    """Follow at once, or send a code to the address, whoever's it is."""
    thing, who = _thing(item_id, plan_id), _who()
    if who is not None:
        return _follow(thing, who)
    form = FollowForm()
    if not form.validate():
        return _page(thing, None, form), 422
    email, locale = tidy_email(form.email.data), LANGUAGE.of(request.environ)
    wait = residents.request_code(email=email, network=session.network(), locale=locale)
    commit()
    if wait:
        form.form_errors.append(_("Wait %(seconds)s seconds, then ask again.", seconds=wait))
        return _page(thing, None, form), 429
    browser[PENDING] = {"subject": thing.subject, "email": email}
    return redirect(f"{thing.page}/follows/code", 303)


@bp.get("/items/<int:item_id>/follows/code")
@bp.get("/plans/<int:plan_id>/follows/code")
@public
def enter_code(item_id: int = 0, plan_id: int = 0) -> Any:
    thing = _thing(item_id, plan_id)
    email = _pending(thing)
    if not email:
        return redirect(f"{thing.page}/follows/new")
    return render_template("plans/follow/code.html", thing=thing, email=email, form=DigitsForm())


@bp.post("/items/<int:item_id>/follows/code")
@bp.post("/plans/<int:plan_id>/follows/code")
@public
def check_code(item_id: int = 0, plan_id: int = 0) -> Any:
    """The six digits prove the address; she follows in the same step."""
    thing, form = _thing(item_id, plan_id), DigitsForm()
    email = _pending(thing)
    if not email:
        return redirect(f"{thing.page}/follows/new", 303)
    token = ""
    if form.validate():
        token = residents.check_code(email=email, code=form.code.data or "").token
        commit()  # a wrong try counts
        if not token:
            form.code.errors = [
                _("The code is not right or out of date. Look at the newest one, or ask anew.")
            ]
    if not token:
        shown = {"thing": thing, "email": email, "form": form}
        return render_template("plans/follow/code.html", **shown), 422
    browser.pop(PENDING)
    return session.keep_resident(_follow(thing, Proven(email=email)), token)


@bp.route("/follows/<public_id>", methods=["GET", "POST"])
@public
def unfollow(public_id: str) -> str:
    """From a link in a mail: what it is about, and one button. Opening it ends nothing by itself."""
    found = queries.follower(public_id) or abort(404)
    thing = _of(found)
    if request.method == "POST":
        actions.unfollow(found)
        commit()
    ended = request.method == "POST"
    return render_template("plans/follow/end.html", thing=thing, ended=ended)


def _follow(thing: Thing, who: Proven | Person) -> Any:
    locale = LANGUAGE.of(request.environ)
    settle(lambda: actions.follow(thing.plan_id, thing.item_id, who=who, locale=locale))
    flash(_("You follow it now. We write when an agency reports."))
    return redirect(thing.page, 303)


def _who() -> Proven | Person | None:
    """A member of staff, or whose e-mail address is proved on this device."""
    person: Person | None = current_person()
    proven = accounts.proven()
    return person or (proven if proven and proven.email else None)


def _page(thing: Thing, who: Proven | Person | None, form: FlaskForm) -> str:
    found = queries.following(thing.subject, follower_name(who)) if who else None
    return render_template("plans/follow/new.html", thing=thing, who=who, form=form, found=found)


def _pending(thing: Thing) -> str:
    kept: dict[str, str] = browser.get(PENDING) or {}
    return kept.get("email", "") if kept.get("subject") == thing.subject else ""


def _thing(item_id: int, plan_id: int) -> Thing:
    day = clock.today()
    if item_id:
        duty = queries.duty(item_id, day) or abort(404)
        return Thing(duty.plan_id, item_id, duty.called)
    of_plan = [duty for duty in queries.duties(day) if duty.plan_id == plan_id]
    if not of_plan:
        abort(404)
    return Thing(plan_id, None, of_plan[0].plan_number)


def _of(follower: PlanFollower) -> Thing:
    item = follower.item
    words = item.called if item else follower.plan.number
    return Thing(follower.plan_id, follower.item_id, words)
