"""Pages of figures: one for everybody, one for the Front; each number opens the files behind it."""

from flask import Blueprint

bp = Blueprint("monitoring", __name__)

from feedback.monitoring.views import files, tables  # noqa: E402, F401
