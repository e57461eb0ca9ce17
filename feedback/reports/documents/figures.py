"""The tables of who answers, and the files behind one of their numbers, as lists to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from flask_babel import gettext as _

from feedback.monitoring.indicators import COUNTS, INDICATORS, RATIOS, Indicator
from feedback.monitoring.models import COMMUNE
from feedback.monitoring.queries import RATIO_PARTS, Asked
from feedback.monitoring.rules.tables import NOWHERE, Line
from feedback.petitions.kinds import KIND_NAMES, STATE_NAMES
from feedback.petitions.models import Petition
from feedback.reports.writers.lists import Cell, Column, Listing


def table(asked: Asked, province: str) -> Listing:
    """The heads of a table of figures."""
    name = _("Commune") if asked.by == COMMUNE else _("Agency")
    counts = [Column(str(INDICATORS[code].title), 14) for code in COUNTS]
    rates = [Column(f"{INDICATORS[code].title} (%)", 14) for code in RATIOS]
    median = Column(_("Median days"), 14)
    return _listing(
        _("Who answers the people"), asked, province, (Column(name, 40), *counts, *rates, median)
    )


def lines(found: Iterable[Line]) -> Iterator[tuple[Cell, ...]]:
    """Empty where there is nothing to take a share of."""
    names = {"": _("All together"), NOWHERE: _("No place named")}
    for line in found:
        days = line.median.days
        yield (
            names.get(line.code, line.name),
            *(line[code] for code in COUNTS),
            *(line.rate(*parts).percent for parts in RATIO_PARTS.values()),
            None if days is None else f"{'≥ ' if line.median.at_least else ''}{days:g}",
        )


def files(asked: Asked, indicator: Indicator, province: str) -> Listing:
    """The heads of the list behind a number."""
    columns = (
        Column(_("Number of the file"), 14),
        Column(_("What it is about"), 50),
        Column(_("Kind"), 12),
        Column(_("Agency"), 30),
        Column(_("Commune or ward"), 20),
        Column(_("State"), 18),
        Column(_("Sent on"), 12),
        Column(_("Due"), 12),
        Column(_("Answered on"), 12),
        Column(_("Working days"), 12),
    )
    return _listing(str(indicator.title), asked, province, columns)


def rows(found: Iterable[Petition]) -> Iterator[tuple[Cell, ...]]:
    """Who sent a file is not in it."""
    kinds = {code: str(words) for code, words in KIND_NAMES.items()}
    states = {code: str(words) for code, words in STATE_NAMES.items()}
    for file in found:
        yield (
            file.reference,
            file.title,
            kinds.get(file.kind, file.kind),
            file.agency.name,
            file.commune.place_name if file.commune else "",
            states.get(file.state, file.state),
            file.submitted_on,
            file.due_on,
            file.answered_on,
            file.answer_days,
        )


def _listing(title: str, asked: Asked, province: str, columns: tuple[Column, ...]) -> Listing:
    about = _(
        "Sent from %(first)s to %(last)s, as of %(day)s.",
        first=_day(asked.period.begins_on),
        last=_day(asked.period.ends_on),
        day=_day(asked.on),
    )
    office = _("People's Committee of %(province)s province", province=province).upper()
    return Listing((office, ""), title, about, columns, f"{asked.on:%Y-%m-%d}", "", ("", ""))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
