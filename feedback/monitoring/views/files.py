"""The files behind a number."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, render_template, request, url_for

from feedback.core.permissions import allow, current_person, public
from feedback.monitoring import queries
from feedback.monitoring.indicators import INDICATORS
from feedback.monitoring.queries import Asked
from feedback.monitoring.rules.tables import NOWHERE
from feedback.monitoring.views import bp
from feedback.monitoring.views.asking import asked_for, link
from feedback.petitions.models import Petition


@bp.get("/transparency/files")
@public
def transparency_files() -> str:
    """Public files behind a number of the public page, and how many are not public."""
    return _files(asked_for(public=True), "monitoring.transparency", only_public=True)


@bp.get("/oversight/files")
@allow("oversight:read")
def oversight_files() -> str:
    """The files behind a number; who may not read every file sees the public ones."""
    only_public = not current_person().may("petitions:read_all")
    return _files(asked_for(public=False), "monitoring.oversight", only_public=only_public)


def _files(asked: Asked, table: str, *, only_public: bool) -> str:
    indicator = INDICATORS.get(request.args.get("indicator", "received")) or abort(404)
    try:
        whose = queries.whose_in(request.args)
    except LookupError:
        abort(404)
    after = request.args.get("after", "")
    behind = queries.files_behind(asked, indicator, whose, only_public=only_public, after=after)
    return render_template(
        "monitoring/files/list.html",
        asked=asked,
        indicator=indicator,
        whose=whose,
        behind=behind,
        table=table,
        files=f"{table}_files",
        address=_address(table == "monitoring.transparency" or only_public),
        only_public_page=table == "monitoring.transparency",
        nowhere=NOWHERE,
        link=link(asked),
    )


def _address(public_page: bool) -> Callable[[Petition], str]:
    """Where a listed file is opened: at the desk, or as anyone reads it."""
    endpoint = "petitions.show" if public_page else "petitions.file"
    return lambda petition: url_for(endpoint, public_id=petition.public_id)
