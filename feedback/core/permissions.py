"""Every address says who may open it: ``@public``, ``@signed_in`` or ``@allow("noun:verb")``.

A view without one of the three does not start (see ``check_declared``). What a role may do stands in
``accounts/roles.py``; which *object* a person may see is the business of the query that finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from feedback.core import clock

PUBLIC = "public"
SIGNED_IN = "signed-in"
FRESH = timedelta(minutes=30)

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anyone may open this address."""
    view.__access__ = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any member of staff who is signed in may open this address."""
    return _guard(view, SIGNED_IN, lambda person: True)


def allow(*permissions: str) -> Callable[[View], View]:
    """Staff holding any one of the permissions may open this address."""

    def decorate(view: View) -> View:
        return _guard(view, " | ".join(permissions), lambda p: any(map(p.may, permissions)))

    return decorate


def freshly(view: View) -> View:
    """Below ``@allow``, for what cannot be undone: only for whoever showed the second factor within the
    last half hour. So a machine that somebody left for a moment does no such thing for the next person."""

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        if clock.now() - g.shown_at < FRESH:
            return view(*args, **kwargs)
        if request.method == "POST":
            abort(401)  # the page keeps what was typed
        return redirect(url_for("accounts.show_again", next=request.full_path.rstrip("?")))

    asked.__freshly__ = True  # type: ignore[attr-defined]
    return asked  # type: ignore[return-value]


def _guard(view: View, access: str, test: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        person = current_person()
        if person is None and request.method == "POST":
            abort(401)  # the page keeps what was typed, to be sent after signing in
        if person is None:
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        if not test(person):
            abort(403)
        return view(*args, **kwargs)

    guarded.__access__ = access  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def current_person() -> Any:
    """The signed-in member of staff, or None."""
    # the person herself, not flask-login's stand-in: she becomes the actor of events and rows
    return current_user._get_current_object() if current_user.is_authenticated else None


def check_declared(app: Flask) -> None:
    """Refuse to start while an address does not say who may open it."""
    missing = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not getattr(view, "__access__", None)
    ]
    if missing:
        raise RuntimeError(f"who may open these addresses? {', '.join(sorted(missing))}")


def demo_only() -> None:
    """404 unless the site runs as a demonstration."""
    if not current_app.config["DEMO"]:
        abort(404)
