"""What the worker does about plans by the clock."""

from __future__ import annotations

from datetime import date

from flask import current_app

from feedback.plans import actions


def remind_reporters(*, on: date) -> int:
    """As many working days ahead as the operator set."""
    return actions.remind_reporters(before=current_app.config["REPORT_REMINDER_DAYS"], on=on)
