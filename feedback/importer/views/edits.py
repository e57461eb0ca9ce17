"""What every form that edits a reading does, and the two that need no page of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import abort, redirect, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.core.permissions import allow, current_person
from feedback.importer import actions, queries
from feedback.importer.forms import EditForm
from feedback.importer.models import Reading
from feedback.importer.rules import editing
from feedback.importer.rules.tree import NOBODY
from feedback.importer.views import bp


def run(
    form: EditForm, reading: Reading, act: Callable[[], Any], show: Callable[[], str], to: str
) -> Any:
    """Show the form, or make the edit and go on; a refusal comes back with all that was typed."""
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                actions.check_seen(reading, form.seen_lock)
                act()
                commit()
                return redirect(to, 303)
            except (Refused, StaleDataError) as error:
                db.session.rollback()
                refusal = error if isinstance(error, Refused) else actions.stale()
                form.form_errors.append(refusal.message)
                form.seen.data = str(reading.lock)
                status = refusal.status
    return show(), status


@bp.post("/readings/<int:reading_id>/acceptances")
@allow("plans:import")
def accept(reading_id: int) -> Any:
    """It is right as it was read: ``place`` is key/part, or a key alone for all of an item."""
    key, _slash, part = request.form.get("place", "").partition("/")
    return _edit(reading_id, "accept", key, partial(editing.accept, key=key, part=part))


@bp.post("/readings/<int:reading_id>/choices")
@allow("plans:import")
def choose(reading_id: int) -> Any:
    """A wording means this body: ``place`` is key/line/body."""
    key, _slash, rest = request.form.get("place", "").partition("/")
    line, _slash, body = rest.partition("/")
    name = queries.name_of(body)
    if not name and body != NOBODY:
        abort(404)
    change = partial(editing.choose, key=key, line=line, body=body, name=name)
    return _edit(reading_id, "choose", key, change)


def _edit(reading_id: int, what: str, key: str, change: Callable[..., Any]) -> Any:
    from feedback.importer.views.review import find, page

    reading, form = find(reading_id), EditForm()

    def act() -> None:
        actions.edit(reading, change, what=what, key=key, by=current_person())

    following = queries.next_open(reading, key)
    to = url_for("importer.review", reading_id=reading.id, _anchor=following)
    return run(form, reading, act, lambda: page(find(reading_id), form), to)
