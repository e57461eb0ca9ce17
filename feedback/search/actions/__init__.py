"""What is done to the index: put in, take out, mend."""

from feedback.search.actions.mending import Mended, Source, mend, sources
from feedback.search.actions.putting import put, remove, remove_of_plan, remove_others, rows

__all__ = [
    "Mended",
    "Source",
    "mend",
    "put",
    "remove",
    "remove_of_plan",
    "remove_others",
    "rows",
    "sources",
]
