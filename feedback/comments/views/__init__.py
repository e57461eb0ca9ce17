"""Pages of comments: for everybody under an item, and for moderators at the desk."""

from flask import Blueprint

bp = Blueprint("comments", __name__)

from feedback.comments.views import moderation, writing  # noqa: E402, F401
