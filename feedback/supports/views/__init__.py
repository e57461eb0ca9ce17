"""Pages of supports: for residents (public) and for who looks at the doubtful ones."""

from flask import Blueprint

bp = Blueprint("supports", __name__)

from feedback.supports.views import codes, desk, supporting  # noqa: E402, F401
