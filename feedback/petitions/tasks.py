"""What the worker does about petitions by the clock, after the operator's numbers."""

from __future__ import annotations

from datetime import date

from flask import current_app

from feedback.petitions.actions import reminding


def remind_of_held(*, on: date) -> int:
    """Dispatchers and the Front, after as many working days as the operator set."""
    dispatchers, front = current_app.config["HELD_REMINDER_DAYS"]
    return reminding.remind_of_held(dispatchers=dispatchers, front=front, on=on)
