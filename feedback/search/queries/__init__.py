"""What is found, and what to offer while somebody types."""

from feedback.search.queries.found import MOST, PERIODS, Found, Hit, search, unknown_words
from feedback.search.queries.offering import offered

__all__ = ["MOST", "PERIODS", "Found", "Hit", "offered", "search", "unknown_words"]
