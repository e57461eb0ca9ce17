"""Plan documents at the desk: upload, review, publish, newer versions."""

from flask import Blueprint

bp = Blueprint("importer", __name__, url_prefix="/officer/plans")

from feedback.importer.views import (  # noqa: E402, F401
    edits,
    items,
    plans,
    review,
    uploading,
    versions,
)
