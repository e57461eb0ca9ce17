"""Files of a form that is not sent yet. A hidden field cannot carry them, so they are cleaned and kept at
once under the form's key, and forgotten after two days."""

from __future__ import annotations

from flask import Response, abort, request, session
from flask_babel import ngettext

from feedback.accounts.actions import throttling
from feedback.accounts.queries import wait_of
from feedback.accounts.session import network
from feedback.core.db import commit
from feedback.core.permissions import public
from feedback.files import actions, queries
from feedback.files.cleaning import MAX_FILES
from feedback.files.errors import FileRefused
from feedback.files.handing import hand_out
from feedback.files.taking import clean_sent, refusal_of
from feedback.petitions.queries import sent_files
from feedback.petitions.views import bp
from feedback.petitions.views.pacing import HERE

FORMS_KEPT = 3  # of one browser at once


@bp.get("/submit/files/<public_id>")
@public
def draft_thumbnail(public_id: str) -> Response:
    """The small copy of a picture, for the browser in which the form is filled in."""
    subjects = session.get("drafts", [])
    found = queries.draft(public_id, subjects) if subjects else None
    if found is None or found.thumbnail is None:
        abort(404)
    return hand_out(found.thumbnail.sha256, "image/jpeg", name="anh.jpg", private=True)


def take_files(key: str) -> list[str]:
    """``keep_files``, unless this network must wait; returns a sentence for each that was not taken."""
    wait = wait_for_files()
    return [_too_many(wait)] if wait else keep_files(key)


def keep_files(key: str, *, exactly: bool = False) -> list[str]:
    """Keep what came with this form and drop what was marked (with ``exactly``: all that did not come
    along); returns a sentence for each that was not taken."""
    # before the transaction that keeps them: SQLite has one writer, and cleaning takes its time
    cleaned, refusals = clean_sent(request.files.getlist("files"))
    dropped = request.form.get("drop", "")
    if not cleaned and not dropped and not exactly:
        return refusals
    drafts = list(queries.drafts_of(key))
    came = {file.sha256 for _name, file in cleaned}
    for draft in list(drafts):
        if draft.public_id == dropped or (exactly and draft.sha256 not in came):
            actions.drop_draft(draft)
            drafts.remove(draft)
    sent = sent_files(key)
    for name, file in cleaned:
        if file.sha256 in sent | {draft.sha256 for draft in drafts}:
            continue  # tapped twice, chosen twice, or sent already and the answer was lost
        if len(drafts) < MAX_FILES:
            subject = queries.draft_subject(key)
            drafts.append(actions.keep_cleaned(file, name=name, subject=subject))
        else:
            refusals.append(refusal_of(name, FileRefused("too_many")))
    commit()
    _remember(key)
    return refusals


def wait_for_files() -> int:
    """Seconds that this network must wait before it sends more files; counted and committed by itself.

    This machine's own addresses do not count: behind a proxy whose hops nobody configured everybody
    would be one network.
    """
    some = any(upload.filename for upload in request.files.getlist("files"))
    if not some or network() in HERE:
        return 0
    held = throttling.gates(upload_network=network())
    wait = wait_of(held.values())
    if not wait:
        throttling.count(held)
    commit()
    return wait


def _too_many(seconds: int) -> str:
    return ngettext(
        "Many files came from your network just now. Wait %(num)s second, then choose them again.",
        "Many files came from your network just now. Wait %(num)s seconds, then choose them again.",
        seconds,
    )


def _remember(key: str) -> None:
    """The browser may see the small copies of this form, and of the few before it."""
    subject = queries.draft_subject(key)
    others = [one for one in session.get("drafts", []) if one != subject]
    session["drafts"] = [*others, subject][-FORMS_KEPT:]
