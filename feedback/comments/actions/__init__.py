"""Verbs of comments: people write, report and withdraw; agencies reply; moderators decide."""

from feedback.comments.actions.ending import erase, withdraw
from feedback.comments.actions.moderating import hide, keep, let_appear, undo
from feedback.comments.actions.pacing import NOBODY, Sender, TooFast, forget_traces
from feedback.comments.actions.reacting import mark, report, unmark
from feedback.comments.actions.writing import author_code, reply_for_agency, write

__all__ = [
    "NOBODY",
    "Sender",
    "TooFast",
    "author_code",
    "erase",
    "forget_traces",
    "hide",
    "keep",
    "let_appear",
    "mark",
    "reply_for_agency",
    "report",
    "undo",
    "unmark",
    "withdraw",
    "write",
]
