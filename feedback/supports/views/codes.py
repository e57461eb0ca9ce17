"""Proving an address with a one-time code on the way to a support, or to taking one back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask import session as browser
from flask_babel import gettext as _

from feedback.accounts import session
from feedback.accounts.actions import residents
from feedback.accounts.rules.addresses import Proven
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.forms import DigitsForm
from feedback.core.permissions import public
from feedback.core.reading import LANGUAGE
from feedback.petitions.models import Petition
from feedback.supports.views import bp
from feedback.supports.views.supporting import contact_form, count, find, page, uncount

PENDING = "support"  # in the session: what was typed and what for; it opens nothing
LINE = "support_network"


@bp.post("/petitions/<public_id>/supports/new")
@public
def ask_code(public_id: str) -> Any:
    """A code to the address, whoever's it is."""
    return _ask(find(public_id), "support")


@bp.post("/petitions/<public_id>/supports/withdrawals/new")
@public
def ask_code_back(public_id: str) -> Any:
    return _ask(find(public_id), "take_back")


@bp.get("/petitions/<public_id>/supports/code")
@public
def enter_code(public_id: str) -> Any:
    petition = find(public_id)
    if _pending(petition) is None:
        return redirect(url_for("supports.new_support", public_id=public_id))
    return _code_page(petition, DigitsForm())


@bp.post("/petitions/<public_id>/supports/code")
@public
def check_code(public_id: str) -> Any:
    """The six digits prove the address; what she came for is done in the same step."""
    petition, form = find(public_id), DigitsForm()
    pending = _pending(petition)
    if pending is None:
        return redirect(url_for("supports.new_support", public_id=public_id), 303)
    if not form.validate():
        return _code_page(petition, form), 422
    email, phone = pending["email"], pending["phone"]
    attempt = residents.check_code(email=email, phone=phone, code=form.code.data)
    commit()  # a wrong try counts, and a proved address stays proved whatever follows
    if not attempt.token:
        wrong = _("The code is not right or out of date. Look at the newest one, or ask anew.")
        form.code.errors = [wrong]
        return _code_page(petition, form), 422
    browser.pop(PENDING)
    return session.keep_resident(_act(petition, pending), attempt.token)


def _act(petition: Petition, pending: dict[str, Any]) -> Any:
    who, verb = Proven(email=pending["email"], phone=pending["phone"]), pending["verb"]
    try:
        if verb == "support":
            said = count(petition, who, notify=pending["notify"])
        else:
            said = uncount(petition, who)
        commit()
    except Refused as error:
        db.session.rollback()
        said = str(error.message)
    flash(said)
    return redirect(url_for("petitions.show", public_id=petition.public_id, _anchor="support"), 303)


def _ask(petition: Petition, verb: str) -> Any:
    form = contact_form()
    if not form.validate():
        return page(petition, None, form, verb=verb), 422
    who, locale = form.proves, LANGUAGE.of(request.environ)
    wait = residents.request_code(
        email=who.email, phone=who.phone, network=session.network(), locale=locale, line=LINE
    )
    commit()
    if wait:
        form.form_errors.append(_("Wait %(seconds)s seconds, then ask again.", seconds=wait))
        return page(petition, None, form, verb=verb), 429
    browser[PENDING] = {
        "petition": petition.public_id,
        "email": who.email,
        "phone": who.phone,
        "notify": bool(form.notify.data),
        "verb": verb,
    }
    return redirect(url_for("supports.enter_code", public_id=petition.public_id), 303)


def _pending(petition: Petition) -> dict[str, Any] | None:
    """What this browser was about to do with this very petition."""
    kept: dict[str, Any] = browser.get(PENDING) or {}
    return kept if kept.get("petition") == petition.public_id else None


def _code_page(petition: Petition, form: DigitsForm) -> str:
    pending = _pending(petition)
    return render_template("supports/code.html", petition=petition, form=form, pending=pending)
