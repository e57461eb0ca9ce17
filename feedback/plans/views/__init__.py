"""Pages of plans: for everybody, and at the desk of whoever reports."""

from flask import Blueprint

bp = Blueprint("plans", __name__)

from feedback.plans.views import (  # noqa: E402, F401
    evidence,
    following,
    measures,
    progress,
    reading,
    reporting,
)
