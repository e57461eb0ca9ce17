"""Files of a form that is not sent yet. A hidden field cannot carry them, so they are cleaned and kept at
once under the form's key, and forgotten after two days."""

from __future__ import annotations

from flask import Response, abort, request, session
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.accounts.actions import throttling
from feedback.accounts.queries import wait_of
from feedback.accounts.session import network
from feedback.core.db import commit
from feedback.core.permissions import public
from feedback.core.text import cut
from feedback.files import actions, queries
from feedback.files.cleaning import MAX_BYTES, MAX_FILES, Cleaned, clean_upload
from feedback.files.errors import FileRefused
from feedback.files.handing import hand_out
from feedback.files.names import clean_name
from feedback.petitions.queries import sent_files
from feedback.petitions.views import bp

HERE = {"127.0.0.0/24", "::/48"}  # networks of 127.0.0.1 and ::1
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


def take_files(key: str, *, exactly: bool = False) -> list[str]:
    """Keep what came with this form and drop what was marked (with ``exactly``: all that did not come
    along); returns a sentence for each that was not taken."""
    wait = _wait()
    if wait:
        return [_too_many(wait)]
    # before the transaction that keeps them: SQLite has one writer, and cleaning takes its time
    cleaned, refusals = _cleaned()
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
            refusals.append(_refusal(name, FileRefused("too_many")))
    commit()
    _remember(key)
    return refusals


def _wait() -> int:
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


def _cleaned() -> tuple[list[tuple[str, Cleaned]], list[str]]:
    """Each upload by its name, one after the other so that memory stays bounded."""
    cleaned: list[tuple[str, Cleaned]] = []
    refusals: list[str] = []
    sent = [upload for upload in request.files.getlist("files") if upload.filename]
    for number, upload in enumerate(sent, start=1):
        name = clean_name(upload.filename)
        try:
            if number > MAX_FILES:
                raise FileRefused("too_many")
            cleaned.append((name, clean_upload(upload.read(MAX_BYTES + 1))))
        except FileRefused as error:
            refusals.append(_refusal(name, error))
    return cleaned, refusals


def _refusal(name: str, error: FileRefused) -> str:
    return f"{cut(name) or _('A file without a name')}: {error.message}"


def _remember(key: str) -> None:
    """The browser may see the small copies of this form, and of the few before it."""
    subject = queries.draft_subject(key)
    others = [one for one in session.get("drafts", []) if one != subject]
    session["drafts"] = [*others, subject][-FORMS_KEPT:]
