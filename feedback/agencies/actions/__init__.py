"""Verbs of the registry: loading it, how bodies are reached, what wordings mean."""

from feedback.agencies.actions.carrying import carry_out, carry_out_due
from feedback.agencies.actions.loading import load_registry, set_contacts
from feedback.agencies.actions.wordings import ask_about, decide_wording, reopen_wording

__all__ = [
    "ask_about",
    "carry_out",
    "carry_out_due",
    "decide_wording",
    "load_registry",
    "reopen_wording",
    "set_contacts",
]
