"""Pages of figures: one for everybody, one for the Front; each number opens the files behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback.agencies.queries import by_code
from feedback.core import clock
from feedback.core.permissions import allow, current_person, public
from feedback.core.text import clean
from feedback.monitoring import queries
from feedback.monitoring.documents import as_csv
from feedback.monitoring.indicators import COUNTS, INDICATORS, PARTS, RATIOS
from feedback.monitoring.queries import LEVELS, RATIO_PARTS, Asked, Figures
from feedback.monitoring.rules import charts, periods
from feedback.monitoring.rules.rates import ENOUGH
from feedback.monitoring.rules.tables import NAME, Line, arrange
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import RECORD
from feedback.petitions.models import Petition

bp = Blueprint("monitoring", __name__)

BAR_WIDTH = 190.0
CHART = {"left": 50.0, "right": 340.0, "top": 18.0, "bottom": 146.0}


@bp.get("/transparency")
@public
@cached(lambda: (RECORD,), args=("from", "to", "level", "by", "sort"))
def transparency() -> str:
    """Who answers and who does not, as anyone may see it."""
    return _table("monitoring/transparency/show.html", _asked(for_public=True), NAME)


@bp.get("/transparency/files")
@public
def transparency_files() -> str:
    """Public files behind a number of the public page, and how many are not public."""
    return _files(_asked(for_public=True), "monitoring.transparency", only_public=True)


@bp.get("/transparency.csv")
@public
def transparency_csv() -> Response:
    """The public table as a file."""
    return _csv(_asked(for_public=True), NAME)


@bp.get("/oversight")
@allow("oversight:read")
def oversight() -> str:
    """The Front's table: every unsealed file counts."""
    return _table("monitoring/oversight/show.html", _asked(for_public=False), "-open_overdue")


@bp.get("/oversight/files")
@allow("oversight:read")
def oversight_files() -> str:
    """The files behind a number; who may not read every file sees the public ones."""
    only_public = not current_person().may("petitions:read_all")
    return _files(_asked(for_public=False), "monitoring.oversight", only_public=only_public)


@bp.get("/oversight.csv")
@allow("oversight:read")
def oversight_csv() -> Response:
    """The Front's table as a file."""
    return _csv(_asked(for_public=False), "-open_overdue")


def _asked(*, for_public: bool) -> Asked:
    today = clock.today()
    period = periods.read(request.args.get("from", ""), request.args.get("to", ""), today=today)
    level = request.args.get("level", "all")
    return Asked(period, today, for_public, level if level in LEVELS else "all")


def _link(asked: Asked) -> dict[str, str]:
    """The part of an address that says what is counted."""
    return {
        "from": periods.write(asked.period.first),
        "to": periods.write(asked.period.last),
        "level": asked.level,
    }


def _sort(default: str) -> tuple[str, bool]:
    """Column and whether it descends: ``sort=-due``."""
    asked = request.args.get("sort", default)
    column = asked.removeprefix("-")
    if column != NAME and column not in INDICATORS:
        asked, column = default, default.removeprefix("-")
    return column, asked.startswith("-")


def _lines(figures: Figures, default: str) -> list[Line]:
    column, descending = _sort(default)
    return arrange(figures.lines, column, RATIO_PARTS, descending=descending)


def _table(template: str, asked: Asked, default: str) -> str:
    figures = queries.figures(asked)
    column, descending = _sort(default)
    return render_template(
        template,
        asked=asked,
        lines=_lines(figures, default),
        total=figures.total,
        months=_months(figures),
        sort=column,
        descending=descending,
        indicators=INDICATORS,
        ratios=RATIOS,
        enough=ENOUGH,
        bar=_bar,
        link=_link(asked),
        offered=periods.offered(asked.period, today=asked.on),
        levels=tuple(LEVELS),
    )


def _bar(line: Line) -> list[charts.Piece]:
    return charts.pieces([(part, line[part]) for part in PARTS], width=BAR_WIDTH)


def _months(figures: Figures) -> list[dict[str, Any]]:
    """The on-time rate month by month, with the place of each point in the drawing."""
    rates = [line.rate(*RATIO_PARTS["on_time_rate"]) for _month, line in figures.months]
    points = charts.points([rate.percent for rate in rates], **CHART)
    return [
        {"month": month, "line": line, "rate": rate, "point": point}
        for (month, line), rate, point in zip(figures.months, rates, points, strict=True)
    ]


def _files(asked: Asked, table: str, *, only_public: bool) -> str:
    indicator = INDICATORS.get(request.args.get("indicator", "received")) or abort(404)
    code = clean(request.args.get("agency", ""))
    agency = (by_code(code) or abort(404)) if code else None
    behind = queries.files_behind(
        asked,
        indicator,
        agency=agency,
        only_public=only_public,
        after=request.args.get("after", ""),
    )
    return render_template(
        "monitoring/files/list.html",
        asked=asked,
        indicator=indicator,
        agency=agency,
        behind=behind,
        table=table,
        files=f"{table}_files",
        address=_address(table == "monitoring.transparency" or only_public),
        only_public_page=table == "monitoring.transparency",
        link=_link(asked),
    )


def _address(public_page: bool) -> Callable[[Petition], str]:
    """Where a listed file is opened: at the desk, or as anyone reads it."""
    endpoint = "petitions.show" if public_page else "petitions.file"
    return lambda petition: url_for(endpoint, public_id=petition.public_id)


def _csv(asked: Asked, default: str) -> Response:
    figures = queries.figures(asked)
    head = ["agency_code", "agency", *COUNTS, *(f"{code}_percent" for code in RATIOS)]
    rows = [
        [line.code, line.name or _("All agencies"), *(line[code] for code in COUNTS)]
        + [line.rate(*parts).percent for parts in RATIO_PARTS.values()]
        for line in [*_lines(figures, default), figures.total]
    ]
    name = f"{periods.write(asked.period.first)}_{periods.write(asked.period.last)}.csv"
    return Response(
        as_csv([head, *rows]),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="figures_{name}"'},
    )
