"""Keeping the roll-ups true: file by file in the transaction that changes it, or all of them anew."""

from feedback.monitoring.actions.keeping import keep
from feedback.monitoring.actions.recounting import Recount, recount

__all__ = ["Recount", "keep", "recount"]
