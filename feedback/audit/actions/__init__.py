"""What is done to the record: queue, seal, erase."""

from feedback.audit.actions.erasing import erase, erase_subject
from feedback.audit.actions.recording import Happening, pending, record
from feedback.audit.actions.sealing import (
    Follower,
    GivenTime,
    follow,
    init,
    seal,
    seal_given,
    start_log,
)

__all__ = [
    "Follower",
    "GivenTime",
    "Happening",
    "erase",
    "erase_subject",
    "follow",
    "init",
    "pending",
    "record",
    "seal",
    "seal_given",
    "start_log",
]
