"""Questions of the review pages."""

from feedback.importer.queries.bodies import (
    Bodies,
    bodies,
    issued_on,
    keys_of,
    meaning_of,
    name_of,
    rows_of,
    understood,
)
from feedback.importer.queries.readings import (
    drafts,
    is_silent,
    last_step,
    may_take_back,
    next_open,
    published,
    published_last,
    reading,
    tree,
    upload,
    uploads,
    waiting_drafts,
)
from feedback.importer.queries.versions import Changes, changes, compared, hanging

__all__ = [
    "Bodies",
    "Changes",
    "bodies",
    "changes",
    "compared",
    "drafts",
    "hanging",
    "is_silent",
    "issued_on",
    "keys_of",
    "last_step",
    "may_take_back",
    "meaning_of",
    "name_of",
    "next_open",
    "published",
    "published_last",
    "reading",
    "rows_of",
    "tree",
    "understood",
    "upload",
    "uploads",
    "waiting_drafts",
]
