"""Pages that show several features at once."""

from flask import Blueprint

bp = Blueprint("pages", __name__)

from feedback.pages.views import communes, guide, health, home, item, map, office, phone, search  # noqa: E402, F401
