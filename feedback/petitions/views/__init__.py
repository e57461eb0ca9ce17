"""Pages of the case work: for residents (public) and at the desk."""

from flask import Blueprint

bp = Blueprint("petitions", __name__)

from feedback.petitions.views import (  # noqa: E402, F401
    answers,
    attachments,
    datadesk,
    desk,
    drafts,
    entries,
    extensions,
    follow,
    following,
    guidances,
    held,
    merges,
    moves,
    offline,
    owndata,
    parts,
    questions,
    receipt,
    refusals,
    resident,
    several,
    submission,
    suggestions,
    transfers,
)
