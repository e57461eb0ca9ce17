"""The figures of who answers, and for the Front the files behind them, as tables to take away."""

from __future__ import annotations

from flask import Response, abort, current_app, request

from feedback.core import clock
from feedback.core.permissions import allow, current_person, public
from feedback.monitoring import queries
from feedback.monitoring.indicators import INDICATORS, Indicator
from feedback.monitoring.queries import RATIO_PARTS, Asked, Whose
from feedback.monitoring.rules import periods
from feedback.monitoring.rules.tables import arrange
from feedback.reports.documents import figures
from feedback.reports.views import as_table, as_text, bp


@bp.get("/transparency.xlsx")
@public
def transparency_xlsx() -> Response:
    """The public table."""
    return _figures(_asked(public=True), "name")


@bp.get("/oversight.xlsx")
@allow("oversight:read")
def oversight_xlsx() -> Response:
    """The Front's table."""
    return _figures(_asked(public=False), "-open_overdue")


@bp.get("/oversight/files.xlsx")
@allow("oversight:read")
def oversight_files_xlsx() -> Response:
    """Every file behind a number, as far as the reader may see it."""
    asked, indicator, whose = _behind()
    heads = figures.files(asked, indicator, current_app.config["PROVINCE"])
    found = queries.every_file(asked, indicator, whose, only_public=_only_public())
    return as_table(heads, figures.rows(found), _name("ho-so", asked, "xlsx"))


@bp.get("/oversight/files.csv")
@allow("oversight:read")
def oversight_files_csv() -> Response:
    """The same as text."""
    asked, indicator, whose = _behind()
    heads = figures.files(asked, indicator, current_app.config["PROVINCE"])
    found = queries.every_file(asked, indicator, whose, only_public=_only_public())
    return as_text(heads, figures.rows(found), _name("ho-so", asked, "csv"))


def _figures(asked: Asked, default: str) -> Response:
    found = queries.figures(asked)
    column, descending = queries.sort_in(request.args, default)
    lines = arrange(found.lines, column, RATIO_PARTS, descending=descending)
    heads = figures.table(asked, current_app.config["PROVINCE"])
    return as_table(heads, figures.lines([*lines, found.total]), _name("so-lieu", asked, "xlsx"))


def _behind() -> tuple[Asked, Indicator, Whose]:
    indicator = INDICATORS.get(request.args.get("indicator", "received")) or abort(404)
    try:
        return _asked(public=False), indicator, queries.whose_in(request.args)
    except LookupError:
        abort(404)


def _asked(*, public: bool) -> Asked:
    return queries.asked_in(request.args, public=public, today=clock.today())


def _only_public() -> bool:
    return not current_person().may("petitions:read_all")


def _name(what: str, asked: Asked, ending: str) -> str:
    first, last = periods.write(asked.period.first), periods.write(asked.period.last)
    return f"{what}_{first}_{last}.{ending}"
