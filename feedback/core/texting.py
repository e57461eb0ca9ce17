"""Can this installation send text messages?"""

from __future__ import annotations

from flask import current_app


def offered() -> bool:
    """Has the operator a gateway for text messages, or does the demonstration show them?"""
    return bool(current_app.config["SMS_URL"] or current_app.config["DEMO"])
