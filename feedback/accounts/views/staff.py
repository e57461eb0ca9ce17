"""Sign-in and sign-out of staff."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask import session as browser
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.accounts import queries, session
from feedback.accounts.actions import sign_in as verbs
from feedback.accounts.forms import CodeForm, SignInForm
from feedback.accounts.models import Person, StaffSession
from feedback.accounts.rules.addresses import landing, local_path
from feedback.accounts.views import bp
from feedback.core.db import commit
from feedback.core.logs import log
from feedback.core.permissions import current_person, public


@bp.get("/sign-in")
@public
def sign_in() -> Any:
    """Ask for address and password; who is in already goes on."""
    back = local_path(request.args.get("next"))
    person = current_person()
    if person is not None:
        return redirect(back or landing(person.roles))
    chosen = request.args.get("demo", "") if current_app.config["DEMO"] else ""
    return _password_page(SignInForm(next=back, email=chosen), 200)


@bp.post("/sign-in")
@public
def check_password() -> Any:
    form = SignInForm()
    if not form.validate():
        return _password_page(form, 422)
    attempt = verbs.check_password(
        email=form.email.data,
        password=form.password.data,
        network=session.network(),
        ending=session.staff_token(),
    )
    commit()
    if not attempt.token:
        log.info("sign_in_refused", waiting=attempt.wait)
        sentence = waiting(attempt.wait) or _("E-mail address or password is not right.")
        form.form_errors.append(sentence)
        return _password_page(form, 429 if attempt.wait else 422)
    browser.clear()  # a new CSRF token, too
    address = url_for("accounts.code", next=local_path(form.next.data) or None)
    return session.keep_staff(redirect(address, 303), attempt.token)


@bp.get("/sign-in/code")
@public
def code() -> Any:
    """Ask for the second factor; without the first one, start at the beginning."""
    half = session.half_session()
    if half is None:
        return redirect(url_for("accounts.sign_in"))
    return _code_page(CodeForm(next=local_path(request.args.get("next"))), half, 200)


@bp.post("/sign-in/code")
@public
def check_code() -> Any:
    half, form = session.half_session(), CodeForm()
    if half is None:
        return redirect(url_for("accounts.sign_in"), 303)
    if not form.validate():
        return _code_page(form, half, 422)
    attempt = verbs.check_totp(half, code=form.code.data)
    commit()
    if not attempt.token:
        log.info("code_refused", person=half.person.public_id, waiting=attempt.wait)
        form.code.errors = [waiting(attempt.wait) or wrong_code()]
        return _code_page(form, half, 429 if attempt.wait else 422)
    log.info("signed_in", person=half.person.public_id)
    browser.clear()
    address = local_path(form.next.data) or landing(half.person.roles)
    return session.keep_staff(redirect(address, 303), attempt.token)


@bp.post("/sign-out")
@public
def sign_out() -> Any:
    """End the session on the server, then forget the cookie."""
    verbs.end_session(session.staff_token())
    commit()
    browser.clear()
    answer = redirect("/", 303)
    answer.headers["Clear-Site-Data"] = (
        '"storage"'  # half-written answers stay on no shared machine
    )
    return session.drop(answer, session.STAFF_COOKIE)


def wrong_code() -> str:
    return _("The code is not right, or has been used. Wait for the app to show the next one.")


def waiting(seconds: int) -> str:
    """The sentence for somebody who must wait; empty for 0."""
    if not seconds:
        return ""
    return ngettext(
        "Too many tries. Wait %(num)s second, then try again.",
        "Too many tries. Wait %(num)s seconds, then try again.",
        seconds,
    )


def _password_page(form: SignInForm, status: int) -> Any:
    demo = current_app.config["DEMO"]
    people = queries.demo_people() if demo else []
    page = render_template("accounts/session/new.html", form=form, demo_people=people)
    return page, status


def _code_page(form: CodeForm, half: StaffSession, status: int) -> Any:
    shown = shown_code(half.person)
    return render_template("accounts/session/code.html", form=form, demo_code=shown), status


def shown_code(person: Person) -> str:
    """What her telephone shows, in a demonstration alone."""
    return queries.demo_code(person) if current_app.config["DEMO"] else ""
