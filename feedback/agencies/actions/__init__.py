"""Verbs of the registry: loading it, how bodies are reached, what wordings mean."""

from feedback.agencies.actions.loading import load_registry, set_contacts
from feedback.agencies.actions.wordings import ask_about, decide_wording

__all__ = ["ask_about", "decide_wording", "load_registry", "set_contacts"]
