"""Pages that show several features at once."""

from flask import Blueprint

bp = Blueprint("pages", __name__)

from feedback.pages.views import (  # noqa: E402
    communes,  # noqa: F401
    crawlers,  # noqa: F401
    feeds,  # noqa: F401
    guide,  # noqa: F401
    health,  # noqa: F401
    home,  # noqa: F401
    item,  # noqa: F401
    map,  # noqa: F401
    office,  # noqa: F401
    phone,  # noqa: F401
    reorganisations,  # noqa: F401
    search,  # noqa: F401
    wordings,  # noqa: F401
)
