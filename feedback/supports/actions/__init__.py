"""The verbs of supports. None commits; none sees a request."""

from feedback.supports.actions.batching import seal_batch, verify_batches
from feedback.supports.actions.counting import recount
from feedback.supports.actions.crossing import cross_all
from feedback.supports.actions.erasing import forget_person
from feedback.supports.actions.joining import join
from feedback.supports.actions.judging import judge
from feedback.supports.actions.supporting import Whence, forget_places, support, take_back
from feedback.supports.actions.thresholds import (
    COLUMNS,
    BadRow,
    read_thresholds,
    replace_thresholds,
    set_threshold,
)

__all__ = [
    "COLUMNS",
    "BadRow",
    "Whence",
    "cross_all",
    "forget_person",
    "forget_places",
    "join",
    "judge",
    "read_thresholds",
    "recount",
    "replace_thresholds",
    "seal_batch",
    "set_threshold",
    "support",
    "take_back",
    "verify_batches",
]
