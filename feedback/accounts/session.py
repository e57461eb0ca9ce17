"""The edge between cookies and server-side sessions. Flask's own session holds no identity.

``__Host-staff`` carries a random token and nothing else; what it is worth stands in ``staff_session``.
"""

from __future__ import annotations

import hmac
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask, Request, g, request
from flask_login import LoginManager, current_user
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from feedback.accounts import queries
from feedback.accounts.actions.residents import SESSION
from feedback.accounts.actions.sign_in import WHOLE
from feedback.accounts.models import Person, StaffSession
from feedback.accounts.rules.addresses import network_of
from feedback.core import clock
from feedback.core.db import aside
from feedback.core.ids import keyed_hash, secret_token
from feedback.core.reading import Wish

STAFF_COOKIE = "__Host-staff"
RESIDENT_COOKIE = "__Host-resident"
VISITOR_COOKIE = "__Host-visitor"
SEEN_EVERY = timedelta(minutes=1)
YEAR = timedelta(days=365)


def init(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None  # it would write to flask's session, which knows nobody
    # a page that does not ask who reads it need not find out
    manager.init_app(app, add_context_processor=False)
    app.jinja_env.globals["current_user"] = current_user
    manager.request_loader(load_person)
    app.before_request(show_resident)


def load_person(incoming: Request) -> Person | None:
    """Flask-Login's question for each request: who is it? Two queries, none without a cookie."""
    token = incoming.cookies.get(STAFF_COOKIE, "")
    if not token or g.get("staff_unknown"):
        return None
    g.staff_unknown = True  # should the database fail now, the error page does not ask again
    found = queries.staff_session(token)
    g.staff_unknown = False
    if found is None or not found.totp_passed:
        return None
    g.shown_at = found.created_at
    _mark_seen(found)
    return found.person


def half_session() -> StaffSession | None:
    """The session of someone who gave the password and still owes the code."""
    found = queries.staff_session(staff_token())
    return found if found and not found.totp_passed else None


def staff_token() -> str:
    return request.cookies.get(STAFF_COOKIE, "")


def resident_token() -> str:
    return request.cookies.get(RESIDENT_COOKIE, "")


def show_resident() -> None:
    queries.shown_by_resident.set(resident_token())


def network() -> str:
    """Where the request comes from, as far as the configured proxies can be believed."""
    return network_of(request.remote_addr)


def visitor() -> str:
    """This browser's random name, so that what it may do once is counted once. Signed, so that nobody
    makes up a thousand; kept nowhere but in the browser."""
    name, _dot, seal = request.cookies.get(VISITOR_COOKIE, "").partition(".")
    if name and hmac.compare_digest(seal, _seal(name)):
        return name
    if "visitor" not in g:
        g.visitor = secret_token()
    return str(g.visitor)


def keep_visitor(response: Response) -> Response:
    """Give the browser its name, unless it has one."""
    if "visitor" not in g:
        return response
    return _keep(response, VISITOR_COOKIE, f"{g.visitor}.{_seal(g.visitor)}", YEAR)


def _seal(name: str) -> str:
    return keyed_hash(name, "visitor")


def keep_staff(response: Response, token: str) -> Response:
    return _keep(response, STAFF_COOKIE, token, WHOLE)


def keep_resident(response: Response, token: str) -> Response:
    return _keep(response, RESIDENT_COOKIE, token, SESSION)


def keep_wish(response: Response, wish: Wish, word: str) -> Response:
    return _keep(response, wish.cookie, word, YEAR)


def drop(response: Response, name: str) -> Response:
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="Lax")
    return response


def _keep(response: Response, name: str, value: str, lasting: timedelta) -> Response:
    response.set_cookie(
        name, value, max_age=lasting, path="/", secure=True, httponly=True, samesite="Lax"
    )
    return response


def _mark_seen(found: StaffSession) -> None:
    """At most once a minute. A page that only reads does it in a transaction of its own, or not at all."""
    now = clock.now()
    if now - found.last_seen_at < SEEN_EVERY:
        return
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        found.last_seen_at = now  # goes with what the request writes anyway
        return
    try:
        with aside() as connection:
            connection.execute(
                sa.update(StaffSession)
                .where(StaffSession.id == found.id, StaffSession.last_seen_at < now)
                .values(last_seen_at=now)
            )
    except DBAPIError:
        pass  # somebody is writing, or the disk is full: reading goes on
