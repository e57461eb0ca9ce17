"""A resident proves her e-mail address, to see her own petitions again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask import session as browser
from flask_babel import gettext as _

from feedback.accounts import queries, session
from feedback.accounts.actions import residents as verbs
from feedback.accounts.forms import CodeForm, EmailForm, LostCodeForm
from feedback.accounts.rules.addresses import (
    canonical_phone,
    is_mobile,
    looks_like_telephone,
    tidy_email,
)
from feedback.accounts.views import bp
from feedback.accounts.views.staff import waiting
from feedback.core import texting
from feedback.core.db import commit
from feedback.core.permissions import public
from feedback.core.reading import LANGUAGE

PENDING = "address_to_prove"  # only what was typed; it opens nothing
LIST = "/track/mine"  # by path: that page belongs to a feature above this one


@bp.get("/track/email")
@public
def ask_code() -> Any:
    if queries.resident_email():
        return redirect(LIST)
    return render_template("accounts/resident/new.html", form=EmailForm())


@bp.post("/track/email")
@public
def send_code() -> Any:
    form = EmailForm()
    if not form.validate():
        return render_template("accounts/resident/new.html", form=form), 422
    return _send(form, form.email.data, "accounts/resident/new.html")


@bp.get("/track/lost")
@public
def lost_code() -> Any:
    """The code is gone: what was left with the petition opens it again."""
    if queries.resident_email():
        return redirect(LIST)
    return render_template("accounts/resident/lost.html", form=LostCodeForm())


@bp.post("/track/lost")
@public
def find_again() -> Any:
    """A code to the address or mobile number, known or not; where no message can go, that is said."""
    form = LostCodeForm()
    if not form.validate():
        return render_template("accounts/resident/lost.html", form=form), 422
    typed = form.contact.data
    if looks_like_telephone(typed) and texting.offered() and is_mobile(canonical_phone(typed)):
        return _send(form, canonical_phone(typed), "accounts/resident/lost.html")
    if looks_like_telephone(typed):
        why = "landline" if texting.offered() else "no_gateway"
        return render_template("accounts/resident/lost.html", form=form, by_telephone=why), 422
    return _send(form, form.contact.data, "accounts/resident/lost.html")


@bp.get("/track/email/code")
@public
def enter_code() -> Any:
    if not browser.get(PENDING):
        return redirect(url_for("accounts.ask_code"))
    return _code_page(CodeForm(), 200)


@bp.post("/track/email/code")
@public
def check_resident_code() -> Any:
    form, email = CodeForm(), browser.get(PENDING)
    if not email:
        return redirect(url_for("accounts.ask_code"), 303)
    if not form.validate():
        return _code_page(form, 422)
    attempt = verbs.check_code(**_proving(email), code=form.code.data)
    commit()
    if not attempt.token:
        form.code.errors = [
            _(
                "The code is not right or out of date. Look at the newest mail, or ask for a new code."
            )
        ]
        return _code_page(form, 422)
    browser.pop(PENDING)
    return session.keep_resident(redirect(LIST, 303), attempt.token)


@bp.post("/track/email/end")
@public
def leave() -> Any:
    """On a borrowed phone: forget the address here and on the server."""
    verbs.end_resident_session(session.resident_token())
    commit()
    browser.clear()
    return session.drop(redirect("/", 303), session.RESIDENT_COOKIE)


def _send(form: Any, email: str, template: str) -> Any:
    """Write to the address as often as its limits allow; then the page that asks for the digits."""
    wait = verbs.request_code(
        **_proving(email), network=session.network(), locale=LANGUAGE.of(request.environ)
    )
    commit()
    if wait:
        form.form_errors.append(waiting(wait))
        return render_template(template, form=form), 429
    browser[PENDING] = tidy_email(email)
    return redirect(url_for("accounts.enter_code"), 303)


def _proving(text: str) -> dict[str, str]:
    """What was typed is an address, or a number in its one form."""
    return {"phone": text} if text.startswith("+") else {"email": text}


def _code_page(form: CodeForm, status: int) -> Any:
    page = render_template("accounts/resident/code.html", form=form, email=browser[PENDING])
    return page, status
