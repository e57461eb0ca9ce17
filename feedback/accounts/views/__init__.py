"""Pages by which people are let in, and out."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from feedback.accounts.views import (  # noqa: E402, F401
    again,
    invitations,
    noticing,
    reading,
    residents,
    staff,
)
