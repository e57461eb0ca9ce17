"""Error pages: what happened, that nothing typed was lost, and what to do. Made without the database."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import structlog
from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import ParseException
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from feedback.accounts.rules.addresses import landing
from feedback.core.db import db
from feedback.core.errors import Refused, WithAnother
from feedback.core.logs import log
from feedback.core.permissions import PUBLIC, current_person
from feedback.pages.resending import said_here, words_again

DISK_FULL = ("disk is full", "no space left", "disk full")
READ_ONLY = ("readonly database", "read-only", "database is locked", "unable to open")


def init(app: Flask) -> None:
    """Register the handlers and give every request an id that the log and the page share."""

    @app.before_request
    def name_request() -> None:
        g.request_id = uuid.uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id, endpoint=request.endpoint)

    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(ParseException, _bent)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(OSError, _system)
    app.register_error_handler(Exception, _unexpected)


def page(
    status: int,
    title: str,
    message: Any,
    *,
    advice: str = "",
    way: tuple[str, str] | None = None,
    said: Sequence[str] = (),
) -> tuple[str, int]:
    """One error page. Rolls back first, so that nothing half-written stays. ``way``: the address and the
    words of the way out, where it is not the front page; ``said``: what she typed, to take along."""
    try:
        db.session.rollback()
    except DBAPIError:
        db.session.remove()
    shown = render_template(
        "layouts/error.html",
        status=status,
        title=title,
        message=message,
        advice=advice,
        way=way,
        said=said,
        request_id=getattr(g, "request_id", ""),
    )
    return shown, status


def _csrf(error: CSRFError) -> tuple[str, int]:
    """The token's cookie is gone: the words come back with a new one."""
    db.session.rollback()
    again = words_again(
        _("This page was open for long: tap once more"),
        _("Nothing was sent yet, and nothing you typed is lost. Tap the button, and it goes on."),
    )
    return (again, 400) if again else _not_as_it_is()


def _not_as_it_is() -> tuple[str, int]:
    return page(
        400,
        _("This form cannot be sent as it is"),
        _("The page was open for very long, or your browser refuses cookies."),
        advice=_("Go back one page: what you typed is still there. Load the page anew and send."),
    )


def _bent(_error: ParseException) -> tuple[str, int]:
    """A body in chunks that are none: found only when it is read."""
    return _not_as_it_is()


def _signed_out() -> tuple[str, int]:
    """Somebody typed for longer than the session lasted: staff sign in again, a sender types her code."""
    marks = current_app.view_functions[request.endpoint or "static"].__dict__
    if "__freshly__" in marks and current_person() is not None:
        title, way = _("Code of your phone, once more"), "accounts.show_again"
        kept = _(
            "Nothing was sent yet, and nothing you typed is lost. Type the code of your phone first."
        )
        gone, label = _("Nothing was sent. Type the code of your phone first."), _("Type the code")
    elif marks.get("__access__") == PUBLIC:
        title, way = _("This browser no longer knows your file"), "petitions.track"
        kept = _("Nothing was sent yet, and nothing you typed is lost. Type your code first.")
        gone, label = _("Nothing was sent. Type your code first."), _("Type my code")
    else:
        title, way = _("You were signed out meanwhile"), "accounts.sign_in"
        kept = _("Nothing was sent yet, and nothing you typed is lost. Sign in first.")
        gone, label = _("Nothing was sent. Sign in first."), _("To the sign-in")
    again = words_again(title, kept, first=url_for(way))
    return (again, 401) if again else page(401, title, gone, way=(url_for(way), label))


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if code == 401:
        return _signed_out()
    title, message = _words(code)
    if code in {403, 404} and (desk := _desk()):
        if code == 404:
            message = _(
                "The address may be old or mistyped. A file of another agency cannot be opened here."
            )
        return page(code, title, message, way=desk, said=said_here())
    if code == 405 and (above := _page_above()):
        return page(code, title, message, way=(above, _("Open the page")))
    if code == 413:
        return page(
            code, title, message, advice=_("Go back one page: what you typed is still there.")
        )
    return page(code, title, message)


def _page_above() -> str | None:
    """The nearest address above this one that can be read: a form's own page, for who opened where it is sent."""
    addresses, path = current_app.create_url_adapter(request), request.path
    while addresses and (path := path.rpartition("/")[0]):
        try:
            addresses.match(path, method="GET")
        except HTTPException:
            continue
        return path
    return None


def _desk() -> tuple[str, str] | None:
    """Where somebody who is signed in began her day. Without her cookie nothing is asked."""
    try:
        person = current_person()
    except DBAPIError:
        return None
    return person and (landing(frozenset(person.roles)), _("Back to my desk"))


def _words(code: int) -> tuple[str, str]:
    words = {
        403: (
            _("You may not open this page"),
            _("Your role does not include it. Ask your administrator if you need it."),
        ),
        404: (
            _("There is no such page"),
            _("The address may be old or mistyped. Search, or start at the front page."),
        ),
        405: (
            _("This address takes no such request"),
            _("Go back and use the form on the page."),
        ),
        413: (_("That is too large"), _too_large()),
        429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
    }
    return words.get(
        code,
        (_("Something went wrong"), _("Nothing was changed. Please try again later.")),
    )


def _too_large() -> str:
    """Too many files at one go, or more text than a form may hold (MAX_FORM_MEMORY_SIZE)."""
    if (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        return _(
            "At one go at most 25 MB can be sent. Choose smaller files, or add them a few at a time."
        )
    return _(
        "The form holds too much text. A petition takes at most 10,000 characters: keep what matters most, and add the rest as a file."
    )


def _refused(error: Refused) -> tuple[str, int]:
    title = _("This did not work")
    if isinstance(error, WithAnother):
        title = _("The file is with somebody else")
    return page(error.status, title, error.message, way=_desk(), said=said_here())


def _stale(error: Exception) -> tuple[str, int]:
    return page(
        409,
        _("Someone else was faster"),
        _("This file changed while you were working on it. Go back, read what is new, try again."),
    )


def _database(error: DBAPIError) -> tuple[str, int]:
    if isinstance(error, IntegrityError):  # two wrote the same thing in the same moment
        log.warning("written_twice", kind=type(error.orig).__name__)
        return _stale(error)
    if isinstance(error, DataError) and "NUL" in str(
        error.orig
    ):  # PostgreSQL keeps no such character
        return page(404, *_words(404)) if request.method in {"GET", "HEAD"} else _not_as_it_is()
    return _storage(error, str(error.orig).lower())


def _system(error: OSError) -> tuple[str, int]:
    return _storage(error, str(error.strerror or "").lower())


def _storage(error: Exception, words: str) -> tuple[str, int]:
    """Disk full is 507, a database that cannot be written now 503; both leave nothing behind."""
    if any(sign in words for sign in DISK_FULL):
        status = 507
    elif isinstance(error, OperationalError) or any(sign in words for sign in READ_ONLY):
        status = 503
    else:
        return _unexpected(error)
    log.error("storage_unavailable", status=status, kind=type(error).__name__)
    return page(
        status,
        _("The site cannot save anything just now"),
        _("Nothing was saved. What you typed is still in your browser: go back one page."),
        advice=_("Try again in some minutes, or call %(hotline)s.", hotline=_hotline()),
    )


def _hotline() -> str:

    return str(current_app.config["HOTLINE"])


def _unexpected(error: Exception) -> tuple[str, int]:
    log.error("unexpected", kind=type(error).__name__, exc_info=error)
    return page(
        500,
        _("Something went wrong"),
        _("It is our fault, not yours. Nothing was changed. We have been told."),
        advice=_("Please try again later, or call %(hotline)s.", hotline=_hotline()),
    )
