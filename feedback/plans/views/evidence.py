"""Files that come with a report: cleaned and kept under the form's key until it is right; then shown."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, request

from feedback.core.db import commit
from feedback.core.permissions import public
from feedback.files import actions, queries
from feedback.files.cleaning import MAX_FILES
from feedback.files.errors import FileRefused
from feedback.files.handing import hand_out
from feedback.files.models import StoredFile
from feedback.files.taking import clean_sent, refusal_of
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


@bp.get("/progress/evidence/<public_id>/thumbnail")
@public
def evidence_thumbnail(public_id: str) -> Response:
    """The small copy of a picture."""
    found = plans.evidence(public_id)
    small = found.file.thumbnail if found else None
    if small is None:
        abort(404)
    return hand_out(small.sha256, "image/jpeg", name="minh-chung-nho.jpg", private=False)


def take_files(key: str) -> list[str]:
    """Keep what came with this form; returns a sentence for each that was not taken."""
    # before the first question to the database: SQLite has one writer, and cleaning takes its time
    cleaned, refusals = clean_sent(request.files.getlist("files"))
    if cleaned:
        held = {draft.sha256 for draft in queries.drafts_of(key)}
        for name, file in cleaned:
            if file.sha256 in held:
                continue
            if len(held) >= MAX_FILES:
                refusals.append(refusal_of(name, FileRefused("too_many")))
                continue
            actions.keep_cleaned(file, name=name, subject=queries.draft_subject(key))
            held.add(file.sha256)
        commit()
    return refusals


def kept_files(key: str) -> Sequence[StoredFile]:
    """What came with this form so far."""
    return queries.drafts_of(key)
