"""What this request asks for, and the address that asks for it again."""

from __future__ import annotations

from flask import request

from feedback.core import clock
from feedback.monitoring.models import COMMUNE
from feedback.monitoring.queries import Asked, asked_in, sort_in
from feedback.monitoring.rules import periods


def asked_for(*, public: bool) -> Asked:
    return asked_in(request.args, public=public, today=clock.today())


def link(asked: Asked, *, by: str = "") -> dict[str, str]:
    """The part of an address that says what is counted (``by``: by something else)."""
    found = {"from": periods.write(asked.period.first), "to": periods.write(asked.period.last)}
    if (by or asked.by) == COMMUNE:
        return {**found, "by": COMMUNE}
    return found if asked.level == "all" else {**found, "level": asked.level}


def sort(default: str) -> tuple[str, bool]:
    """Column and whether it descends: ``sort=-due``."""
    return sort_in(request.args, default)
