"""Supporting a petition, and taking that back. Forms stand on pages of their own: the petition's page is
kept for everybody and holds no token; only whose address is proved finds the button there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from feedback.accounts import queries as accounts
from feedback.accounts.rules.addresses import Proven
from feedback.accounts.session import network
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.permissions import public
from feedback.core.reading import LANGUAGE
from feedback.petitions import queries as files
from feedback.petitions.actions import following
from feedback.petitions.models import Petition
from feedback.supports import actions, queries
from feedback.supports.actions import Whence
from feedback.supports.forms import OneTapForm, SupportForm
from feedback.supports.rules.moves import COUNTED, GIVEN, bar
from feedback.supports.views import bp


@bp.get("/petitions/<public_id>/supports/new")
@public
def new_support(public_id: str) -> Any:
    """One button for whose address is proved; for the others the way to prove one."""
    petition, who = find(public_id), accounts.proven()
    form = OneTapForm() if who else contact_form()
    return page(petition, who, form)


@bp.post("/petitions/<public_id>/supports")
@public
def add(public_id: str) -> Any:
    """One tap of somebody whose address is proved; the same tap twice is one support."""
    petition, who = find(public_id), accounts.proven()
    if who is None:  # her session has ended meanwhile
        return redirect(url_for("supports.new_support", public_id=public_id), 303)
    form = OneTapForm()
    return run(petition, form, who, lambda: count(petition, who, notify=bool(form.notify.data)))


@bp.get("/petitions/<public_id>/supports/withdrawals/new")
@public
def take_back(public_id: str) -> Any:
    """Take one's own support back: a button, or the way to prove the address it was given with."""
    petition, who = find(public_id), accounts.proven()
    form = OneTapForm() if who else contact_form()
    return page(petition, who, form, verb="take_back")


@bp.post("/petitions/<public_id>/supports/withdrawals")
@public
def remove(public_id: str) -> Any:
    petition, who = find(public_id), accounts.proven()
    if who is None:
        return redirect(url_for("supports.take_back", public_id=public_id), 303)
    return run(petition, OneTapForm(), who, lambda: uncount(petition, who), verb="take_back")


def count(petition: Petition, who: Proven, *, notify: bool) -> str:
    """Support, and follow if she wants to hear more; what she is told."""
    pace, minutes = current_app.config["SUPPORT_PACE"]
    whence = Whence(network(), pace, minutes)
    found = actions.support(petition, who=who, whence=whence)
    if notify:
        following.follow(petition, who=who, locale=LANGUAGE.of(request.environ), steps=True)
    if found.standing == COUNTED:
        return _("Thank you. You are counted.")
    return _("Thank you. Your support has arrived; it is counted after somebody has looked at it.")


def uncount(petition: Petition, who: Proven) -> str:
    """Take it back, and with it the wish to hear more."""
    gone = actions.take_back(petition, who=who)
    following.unfollow(petition, who=who)
    if gone:
        return _("Your support was taken back. You are not counted any more.")
    return _("You have not supported this petition with this address.")


def run(
    petition: Petition,
    form: OneTapForm,
    who: Proven,
    act: Callable[[], str],
    *,
    verb: str = "support",
) -> Any:
    """Act and show the petition; a refusal stands above the form."""
    try:
        said = act()
        commit()
    except Refused as error:
        db.session.rollback()
        form.form_errors.append(error.message)
        return page(petition, who, form, verb=verb), error.status
    flash(said)
    return redirect(url_for("petitions.show", public_id=petition.public_id, _anchor="support"), 303)


def page(petition: Petition, who: Proven | None, form: OneTapForm, *, verb: str = "support") -> str:
    standing = queries.standing_of(petition, who)
    outcome = files.outcome_of(petition)  # asks nothing while it has not ended
    return render_template(
        "supports/new.html" if verb == "support" else "supports/take_back.html",
        petition=petition,
        who=who,
        form=form,
        supports=standing in GIVEN,
        bar=bar(verb, petition.state, is_public=petition.is_public),
        into=outcome.going_on if outcome else None,
    )


def contact_form() -> SupportForm:
    """A mobile number may be typed where text messages go out, or are shown to whoever tries it."""
    config = current_app.config
    return SupportForm().offer_sms(bool(config["SMS_URL"] or config["DEMO"]))


def find(public_id: str) -> Petition:
    """A petition that everybody may read; any other does not exist here."""
    return queries.public_file(public_id) or abort(404)


@bp.app_template_global()
def next_threshold(petition: Petition) -> int:
    """For the petition's own page: the number at which something happens next. From memory."""
    return queries.next_threshold(petition)


@bp.app_template_global()
def my_support(petition: Petition) -> dict[str, Any] | None:
    """For the petition's own page: how whoever reads it stands to it. Nothing asked, and None, for
    somebody without a proved address: that page is the same for everybody and kept."""
    who = accounts.proven()
    if who is None:
        return None
    return {"given": queries.standing_of(petition, who) in GIVEN}
