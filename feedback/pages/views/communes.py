"""The communes: who is there, how to reach them, what people ask and what came of it."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request

from feedback.agencies import queries as agencies
from feedback.agencies.rules.places import (
    by_letter,
    capital,
    in_order,
    matching,
    meant,
    place_typed,
)
from feedback.core import clock
from feedback.core.permissions import public
from feedback.core.text import clean_line
from feedback.monitoring import queries as figures
from feedback.monitoring.models import COMMUNE
from feedback.monitoring.rules import periods
from feedback.pagecache.cache import cached
from feedback.pagecache.queries import FIGURES, RECORD, REFERENCE
from feedback.pages import queries
from feedback.pages.views import bp
from feedback.petitions import queries as petitions

MONTHS = 36  # a file that waits for two years must still be seen as waiting


@bp.get("/communes")
@public
@cached(lambda: (REFERENCE,))
def communes() -> str:
    """All of today by letter, or those of a typed name; a former district leads to its communes."""
    typed = clean_line(request.args.get("q", ""))[:80]
    known = agencies.communes_on(clock.today())
    districts = agencies.former_districts()
    of_district = agencies.communes_of_former_district(place_typed(typed)) if typed else []
    return render_template(
        "pages/commune/list.html",
        typed=typed,
        known=known,
        groups=by_letter(matching(typed, known) if typed else known),
        of_district=in_order((body.code, body.place_name or body.name) for body in of_district),
        districts=districts,
        former=meant(typed, districts) or [typed],
    )


@bp.get("/communes/<code>")
@public
@cached(lambda code: (RECORD, FIGURES), args=("after",))
def commune(code: str) -> Any:
    """One commune: its body, its hours, what is asked there and what is answered."""
    day = clock.today()
    found = agencies.commune_now(code)
    if found is None:
        abort(404)
    asked = figures.Asked(periods.lately(MONTHS, today=day), day, public=True, by=COMMUNE)
    return render_template(
        "pages/commune/show.html",
        commune=found,
        name=capital(found.place),
        day=day,
        counts=figures.counts_of(asked, found.id),
        since=asked.period.begins_on,
        link={
            "by": COMMUNE,
            COMMUNE: code,
            "from": periods.write(asked.period.first),
            "to": periods.write(asked.period.last),
        },
        petitions=petitions.public_petitions_of_commune(
            found.id, after=request.args.get("after", "")
        ),
        items=queries.items_of_commune(found.id, day),
    )
