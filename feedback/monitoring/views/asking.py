"""What the address of a page of figures asks for; whatever is broken in it falls back."""

from __future__ import annotations

from flask import request

from feedback.core import clock
from feedback.monitoring.indicators import INDICATORS
from feedback.monitoring.models import AGENCY, COMMUNE, DIMENSIONS
from feedback.monitoring.queries import LEVELS, Asked
from feedback.monitoring.rules import periods
from feedback.monitoring.rules.tables import NAME


def asked_for(*, public: bool) -> Asked:
    today = clock.today()
    period = periods.read(request.args.get("from", ""), request.args.get("to", ""), today=today)
    level = request.args.get("level", "all")
    by = request.args.get("by", AGENCY)
    return Asked(
        period,
        today,
        public,
        level if level in LEVELS else "all",
        by if by in DIMENSIONS else AGENCY,
    )


def link(asked: Asked, *, by: str = "") -> dict[str, str]:
    """The part of an address that says what is counted (``by``: by something else)."""
    found = {"from": periods.write(asked.period.first), "to": periods.write(asked.period.last)}
    if (by or asked.by) == COMMUNE:
        return {**found, "by": COMMUNE}
    return found if asked.level == "all" else {**found, "level": asked.level}


def sort(default: str) -> tuple[str, bool]:
    """Column and whether it descends: ``sort=-due``."""
    asked = request.args.get("sort", default)
    column = asked.removeprefix("-")
    if column != NAME and column not in INDICATORS:
        asked, column = default, default.removeprefix("-")
    return column, asked.startswith("-")
