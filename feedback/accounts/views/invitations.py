"""The one-use link: password and second factor are set, and the person is in."""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import Response, abort, current_app, redirect, render_template
from flask import session as browser

from feedback.accounts import queries, session
from feedback.accounts.actions.people import accept
from feedback.accounts.forms import JoinForm
from feedback.accounts.models import Invitation
from feedback.accounts.rules import totp
from feedback.accounts.rules.addresses import landing
from feedback.accounts.views import bp
from feedback.core.db import commit
from feedback.core.errors import Refused
from feedback.core.ids import secret_token
from feedback.core.permissions import public

SEED = "joining"  # in the browser's signed session, so that opening the page writes no row


@bp.get("/invitations/<token>")
@public
def show_invitation(token: str) -> Any:
    invitation = queries.open_invitation(token)
    if invitation is None:
        return render_template("accounts/invitation/gone.html"), 404
    return _page(invitation, token, JoinForm(), 200)


@bp.post("/invitations/<token>")
@public
def accept_invitation(token: str) -> Any:
    invitation, form = queries.open_invitation(token), JoinForm()
    if invitation is None:
        return render_template("accounts/invitation/gone.html"), 404
    if not form.validate():
        return _page(invitation, token, form, 422)
    try:
        cookie = accept(
            invitation, password=form.password.data, seed=_seed(token), code=form.code.data
        )
        commit()
    except Refused as error:
        getattr(form, error.field or "code").errors = [error.message]
        return _page(invitation, token, form, error.status)
    browser.clear()
    return session.keep_staff(redirect(landing(invitation.person.roles), 303), cookie)


@bp.get("/invitations/<token>/qr.svg")
@public
def invitation_qr(token: str) -> Response:
    """The secret as a QR code, of its own address: the page needs nothing inline."""
    invitation = queries.open_invitation(token) or abort(404)
    picture = io.BytesIO()
    code = segno.make(_otpauth(invitation, token), error="m", micro=False)
    code.save(picture, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False)
    return Response(picture.getvalue(), mimetype="image/svg+xml")


def _page(invitation: Invitation, token: str, form: JoinForm, status: int) -> Any:
    secret = queries.secret_from(_seed(token))
    shown = ""
    if current_app.config["DEMO"]:
        shown = queries.code_now(secret)
    page = render_template(
        "accounts/invitation/show.html",
        form=form,
        person=invitation.person,
        token=token,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        link=_otpauth(invitation, token),
        demo_code=shown,
    )
    return page, status


def _otpauth(invitation: Invitation, token: str) -> str:
    secret = queries.secret_from(_seed(token))
    issuer = current_app.config["SITE_NAME"]
    return totp.address(secret, email=invitation.person.email, issuer=issuer)


def _seed(token: str) -> str:
    """Of this link in this browser: who only saw the link earlier knows another secret."""
    known = browser.get(SEED, {})
    name = queries.token_hash(token)[:16]
    if name not in known:
        browser[SEED] = known = {name: secret_token()}
    return str(known[name])
