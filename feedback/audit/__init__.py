"""The chained record of every change (docs/trust.md).

``audit.record(…)`` in a verb, ``audit.follow(…)`` in app.py; ``core.db.commit`` seals.
"""

from feedback.audit.actions import (
    Follower,
    GivenTime,
    Happening,
    erase,
    erase_subject,
    follow,
    init,
    pending,
    record,
    seal,
    seal_given,
    start_log,
)
from feedback.audit.names import pseudonym
from feedback.audit.tags import Tag, UnknownTag, all_tags, declare

__all__ = [
    "Follower",
    "GivenTime",
    "Happening",
    "Tag",
    "UnknownTag",
    "all_tags",
    "declare",
    "erase",
    "erase_subject",
    "follow",
    "init",
    "pending",
    "pseudonym",
    "record",
    "seal",
    "seal_given",
    "start_log",
]
