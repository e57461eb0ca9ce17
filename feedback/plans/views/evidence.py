"""Files that come with a report: cleaned and kept under the form's key until it is right; then shown."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, request
from flask_babel import gettext as _

from feedback.core.db import commit
from feedback.core.permissions import public
from feedback.core.text import cut
from feedback.files import actions, queries
from feedback.files.cleaning import MAX_BYTES, MAX_FILES, Cleaned, clean_upload
from feedback.files.errors import FileRefused
from feedback.files.handing import hand_out
from feedback.files.models import StoredFile
from feedback.files.names import clean_name
from feedback.plans import queries as plans
from feedback.plans.views import bp


@bp.get("/progress/evidence/<public_id>")
@public
def evidence(public_id: str) -> Response:
    """One file of a report, always to be saved."""
    found = plans.evidence(public_id) or abort(404)
    file = found.file
    ending = "jpg" if file.is_picture else file.paper.lower()
    name = f"minh-chung-{found.report.as_of_on}-{found.position}.{ending}"
    return hand_out(file.sha256, file.media_type, name=name, private=False)


def take_files(key: str) -> list[str]:
    """Keep what came with this form; returns a sentence for each that was not taken."""
    # before the first question to the database: SQLite has one writer, and cleaning takes its time
    cleaned, refusals = _cleaned()
    if cleaned:
        held = {draft.sha256 for draft in queries.drafts_of(key)}
        for name, file in cleaned:
            if file.sha256 in held:
                continue
            if len(held) >= MAX_FILES:
                refusals.append(_refusal(name, FileRefused("too_many")))
                continue
            actions.keep_cleaned(file, name=name, subject=queries.draft_subject(key))
            held.add(file.sha256)
        commit()
    return refusals


def kept_files(key: str) -> Sequence[StoredFile]:
    """What came with this form so far."""
    return queries.drafts_of(key)


def _cleaned() -> tuple[list[tuple[str, Cleaned]], list[str]]:
    cleaned: list[tuple[str, Cleaned]] = []
    refusals: list[str] = []
    for upload in request.files.getlist("files")[: MAX_FILES + 1]:
        if not upload.filename:
            continue
        name = clean_name(upload.filename)
        try:
            cleaned.append((name, clean_upload(upload.read(MAX_BYTES + 1))))
        except FileRefused as error:
            refusals.append(_refusal(name, error))
    return cleaned, refusals


def _refusal(name: str, error: FileRefused) -> str:
    return f"{cut(name) or _('A file without a name')}: {error.message}"
