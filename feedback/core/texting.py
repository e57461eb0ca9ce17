"""Can this installation send text messages?"""

from __future__ import annotations

from flask import current_app


def offered() -> bool:
    """Has the operator a gateway for text messages, or does the demonstration show them?"""
    return bool(current_app.config["SMS_URL"] or current_app.config["DEMO"])


def a_day() -> int:
    """How much news one number gets in 24 hours at most; codes that somebody asks for are not news."""
    most: int = current_app.config["SMS_A_DAY"]
    return most
