"""What the address of a page of figures asks for; whatever is broken in it falls back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from feedback.agencies.models import Agency
from feedback.agencies.queries import by_code
from feedback.core.text import clean
from feedback.monitoring.indicators import INDICATORS
from feedback.monitoring.models import AGENCY, DIMENSIONS
from feedback.monitoring.queries.asked import LEVELS, Asked
from feedback.monitoring.queries.behind import Whose
from feedback.monitoring.rules import periods
from feedback.monitoring.rules.tables import NAME, NOWHERE


def asked_in(args: Mapping[str, str], *, public: bool, today: date) -> Asked:
    """Period, level and grouping."""
    period = periods.read(args.get("from", ""), args.get("to", ""), today=today)
    level, by = args.get("level", "all"), args.get("by", AGENCY)
    return Asked(
        period,
        today,
        public,
        level if level in LEVELS else "all",
        by if by in DIMENSIONS else AGENCY,
    )


def sort_in(args: Mapping[str, str], default: str) -> tuple[str, bool]:
    """Column and whether it descends: ``sort=-due``."""
    asked = args.get("sort", default)
    column = asked.removeprefix("-")
    if column != NAME and column not in INDICATORS:
        asked, column = default, default.removeprefix("-")
    return column, asked.startswith("-")


def whose_in(args: Mapping[str, str]) -> Whose:
    """The line that was opened. Raises LookupError for a body that does not exist, or a place that is none."""
    agency, place = clean(args.get("agency", "")), clean(args.get("commune", ""))
    if place == NOWHERE:
        return Whose(_body(agency), nowhere=True)
    commune = _body(place)
    if commune is not None and commune.level != "commune":
        raise LookupError(place)
    return Whose(_body(agency), commune)


def _body(code: str) -> Agency | None:
    found = by_code(code) if code else None
    if code and found is None:
        raise LookupError(code)
    return found
