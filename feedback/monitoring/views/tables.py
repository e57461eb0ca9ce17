"""The tables, on a page and as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _

from feedback.core.permissions import allow, public
from feedback.monitoring import queries
from feedback.monitoring.documents import as_csv
from feedback.monitoring.indicators import COUNTS, HELD, INDICATORS, PARTS, RATIOS
from feedback.monitoring.models import AGENCY, DIMENSIONS
from feedback.monitoring.queries import LEVELS, RATIO_PARTS, Asked, Figures
from feedback.monitoring.rules import charts, periods, tables
from feedback.monitoring.rules.rates import ENOUGH
from feedback.monitoring.rules.tables import NAME, NOWHERE, Line, arrange
from feedback.monitoring.views import bp
from feedback.monitoring.views.asking import asked_for, link, sort
from feedback.monitoring.views.drawing import drawn
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import FIGURES, RECORD
from feedback.petitions.rules.deadlines import days_left
from feedback.plans.queries import behind as behind_with_reports
from feedback.supports import queries as supports
from feedback.workdays.queries import load_calendar

BAR_WIDTH = 190.0
WORST_FIRST = "-open_overdue"
AT_ONCE = 25  # lines: more than that is too heavy for a cheap phone
ALL = 1000


@bp.get("/transparency")
@public
@cached(lambda: (RECORD, FIGURES), args=("from", "to", "level", "by", "sort", "page"))
def transparency() -> str:
    """Who answers and who does not, as anyone may see it."""
    return _table("monitoring/transparency/show.html", asked_for(public=True), WORST_FIRST, AT_ONCE)


@bp.get("/transparency.csv")
@public
def transparency_csv() -> Response:
    """The public table as a file."""
    return _csv(asked_for(public=True), NAME)


@bp.get("/oversight")
@allow("oversight:read")
def oversight() -> str:
    """The Front's table: every unsealed file counts."""
    asked, calendar = asked_for(public=False), load_calendar()
    return _table(
        "monitoring/oversight/show.html",
        asked,
        WORST_FIRST,
        ALL,
        behind=behind_with_reports(asked.on),
        reached=supports.reached(),
        days_left=lambda one: days_left(one.due_on, asked.on, calendar),
    )


@bp.get("/oversight.csv")
@allow("oversight:read")
def oversight_csv() -> Response:
    """The Front's table as a file."""
    return _csv(asked_for(public=False), WORST_FIRST)


def _lines(figures: Figures, default: str) -> list[Line]:
    column, descending = sort(default)
    return arrange(figures.lines, column, RATIO_PARTS, descending=descending)


def _table(template: str, asked: Asked, default: str, most: int, **more: Any) -> str:
    figures = queries.figures(asked)
    column, descending = sort(default)
    return render_template(
        template,
        asked=asked,
        leaf=tables.leaf(_lines(figures, default), request.args.get("page", ""), most=most),
        total=figures.total,
        drawing=drawn(figures.months, term=queries.usual_term(asked.on)),
        sort=column,
        descending=descending,
        indicators=INDICATORS | HELD,
        held=queries.held_figures(asked),
        ratios=RATIOS,
        enough=ENOUGH,
        bar=_bar,
        nowhere=NOWHERE,
        link=link(asked),
        tabs={by: link(asked, by=by) for by in DIMENSIONS},
        usual=asked.period == periods.read("", "", today=asked.on),
        offered=periods.offered(asked.period, today=asked.on),
        levels=tuple(LEVELS) if asked.by == AGENCY else (),
        **more,
    )


def _bar(line: Line) -> list[charts.Piece]:
    return charts.pieces([(part, line[part]) for part in PARTS], width=BAR_WIDTH)


def _csv(asked: Asked, default: str) -> Response:
    figures = queries.figures(asked)
    rates = [f"{code}_percent" for code in RATIOS]
    medians = ["median_days", "median_is_at_least", "median_files"]
    head = [f"{asked.by}_code", asked.by, *COUNTS, *rates, *medians]
    rows = [_row(line) for line in [*_lines(figures, default), figures.total]]
    name = f"{periods.write(asked.period.first)}_{periods.write(asked.period.last)}.csv"
    return Response(
        as_csv([head, *rows]),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="figures_{asked.by}_{name}"'},
    )


def _row(line: Line) -> list[object]:
    """A median of 60 days or more is written as 60, and marked."""
    names = {"": _("All together"), NOWHERE: _("No place named")}
    days = line.median.days
    return [
        line.code,
        names.get(line.code, line.name),
        *(line[code] for code in COUNTS),
        *(line.rate(*parts).percent for parts in RATIO_PARTS.values()),
        "" if days is None else f"{days:g}",
        "yes" if line.median.at_least else "",
        line.median.number,
    ]
