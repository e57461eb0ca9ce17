"""The receipt: shown to the browser that sent, kept on its device, and its day in a calendar."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import Response, current_app, redirect, render_template, session, url_for
from flask_babel import gettext as _

from feedback.core import clock
from feedback.core.headers import file_named
from feedback.core.ids import code_from
from feedback.core.permissions import public
from feedback.petitions import queries
from feedback.petitions.documents import DueEvent, due_calendar
from feedback.petitions.models import Petition
from feedback.petitions.queries.story import due_explanation
from feedback.petitions.views import bp
from feedback.petitions.views.follow import ask_code_first, held_page, own


@bp.get("/receipt")
@public
def receipt() -> Any:
    """The receipt of the petition that this browser sent last."""
    petition = _sent()
    if petition is None:
        return _held_receipt()
    return render_template(
        "petitions/receipt/show.html",
        petition=petition,
        code=code_from(session["receipt"]),
        due=due_explanation(petition, clock.today()),
    )


def _held_receipt() -> Any:
    key = session.get("receipt", "")
    held = queries.held_by_key(key) if key else None
    if held is None or not held.waits:
        return ask_code_first()
    return held_page(held, "receipt", code=code_from(key))


@bp.get("/receipt/qr.svg")
@public
def receipt_qr() -> Response:
    """The follow page's address as a picture; the code itself is not in it."""
    picture = io.BytesIO()
    segno.make(_address(), error="m").save(picture, kind="svg", scale=8, border=2, nl=False)
    return Response(picture.getvalue(), mimetype="image/svg+xml")


@bp.get("/receipt/save")
@public
def save_receipt() -> Any:
    """The receipt as one page that needs nothing else: it opens without a line and without scripts."""
    petition = _sent()
    if petition is None:
        return ask_code_first()
    page = render_template(
        "petitions/receipt/saved.html",
        petition=petition,
        code=code_from(session["receipt"]),
        address=_address(),
    )
    name = _("receipt-%(number)s", number=petition.reference)
    return _to_keep(page.encode(), "text/html", f"{name}.html")


@bp.get("/receipt/due.ics")
@public
def receipt_calendar() -> Any:
    """The due date of the petition that this browser sent last."""
    petition = _sent()
    if petition is None:
        return ask_code_first()
    if not petition.is_open:
        return redirect(url_for("petitions.receipt"))
    return _calendar(petition)


@bp.get("/track/file/due.ics")
@public
def follow_calendar() -> Any:
    """The due date of the file that this browser follows, as long as there is one."""
    petition = own()
    if petition is None:
        return ask_code_first()
    if not petition.is_open:
        return redirect(url_for("petitions.follow"))
    return _calendar(petition)


def _sent() -> Petition | None:
    """What this browser sent last; a sealed file has no receipt any more."""
    key = session.get("receipt", "")
    petition = queries.by_submission_key(key) if key else None
    return petition if petition and petition.state != "sealed" else None


def _address() -> str:
    return str(current_app.config["BASE_URL"] + url_for("petitions.track"))


def _calendar(petition: Petition) -> Response:
    """Never with the code: calendars are shared, and other programs read them."""
    lines = [
        _("Number of the file: %(number)s.", number=petition.reference),
        _("Open %(address)s and type your code to follow it.", address=_address()),
    ]
    if petition.state == "needs_info":
        lines.append(_("The clock rests until you answer the agency's question."))
    told = DueEvent(
        uid=f"{petition.public_id}@{urlsplit(_address()).hostname}",
        version=petition.lock,
        due_on=petition.due_on,
        title=_("Answer due: %(title)s", title=petition.title),
        text="\n".join([*lines, _("The day can move. Add it again then: this entry moves along.")]),
        address=_address(),
        said_at=clock.now(),
    )
    name = _("answer-due-%(number)s", number=petition.reference)
    return _to_keep(due_calendar(told), "text/calendar", f"{name}.ics")


def _to_keep(body: bytes, kind: str, name: str) -> Response:
    """A file for this device alone; nothing on the way keeps it."""
    answer = Response(body, content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = file_named("attachment", name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
