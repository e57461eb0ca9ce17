"""The quarterly list of what was published: one row for each form of each entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from feedback.publication.models import Posting, Publication
from feedback.publication.rules import terms
from feedback.reports.writers.lists import Cell, Column, Listing
from feedback.workdays.rules import Calendar

ROMAN = ("I", "II", "III", "IV")


def listing(quarter: tuple[int, int], agency: str, province: str, day: date) -> Listing:
    """The heads of the list."""
    year, number = quarter
    name = _("quarter %(n)s/%(year)s", n=ROMAN[number - 1], year=year)
    columns = (
        Column(_("No."), 5),
        Column(_("What was decided"), 40),
        Column(_("Agency"), 26),
        Column(_("Day of the decision"), 13),
        Column(_("Publish by"), 13),
        Column(_("Form"), 20),
        Column(_("Where"), 26),
        Column(_("From"), 13),
        Column(_("To"), 13),
        Column(_("By whom"), 20),
        Column(_("Entered"), 13),
        Column(_("In time?"), 26),
    )
    return Listing(
        office=(
            _("People's Committee of %(province)s province", province=province).upper(),
            agency,
        ),
        title=_("List of what was published, %(quarter)s", quarter=name),
        about=_("As of %(day)s", day=f"{day:%d/%m/%Y}"),
        columns=columns,
        sheet=f"{year}-{number}",
        cut=_("The list is longer. The table (xlsx) has all of it."),
        motto=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    )


def rows(
    entries: Iterable[Publication], forms: Mapping[str, Any], calendar: Calendar, day: date
) -> Iterator[tuple[Cell, ...]]:
    """An entry without any form is a row as well: what is missing is what the list is for."""
    for number, entry in enumerate(entries, start=1):
        for posting in entry.postings or (None,):
            yield _row(number, entry, posting, forms, calendar, day)


def _row(
    number: int,
    entry: Publication,
    posting: Posting | None,
    forms: Mapping[str, Any],
    calendar: Calendar,
    day: date,
) -> tuple[Cell, ...]:
    clock = terms.published(entry.first_on, entry.due_on, day, calendar)
    said = {
        "late": _("Not published, %(days)s working days late", days=clock.days),
        "due": _("Not published yet, still in time"),
        "in_time": _("Published in time"),
        "was_late": _("Published %(days)s working days late", days=clock.days),
    }[clock.state]
    about = f"{entry.title} ({entry.decision})" if entry.decision else entry.title
    head: tuple[Cell, ...] = (number, about, entry.agency.name, entry.decided_on, entry.due_on)
    if posting is None:
        return (*head, "", "", None, None, "", entry.entered_on, said)
    if terms.hangs(posting.least_on, posting.to_on, day) == "short" and posting.least_on:
        said += "; " + _("Taken down before %(day)s", day=f"{posting.least_on:%d/%m/%Y}")
    how = (str(forms[posting.form]), posting.place, posting.from_on, posting.to_on)
    return (*head, *how, posting.person, posting.entered_on, said)
