"""Pages by which people are let in, and out."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from feedback.accounts.views import again, invitations, reading, residents, staff  # noqa: E402, F401
