"""Pages of comments: for everybody under an item, and for moderators and agencies at the desk."""

from flask import Blueprint

bp = Blueprint("comments", __name__)

from feedback.comments.views import (  # noqa: E402, F401
    ending,
    moderation,
    official,
    reacting,
    reading,
    several,
    writing,
)
