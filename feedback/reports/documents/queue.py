"""The list of a desk as a table: one row a file, as the page shows it. Who sent a file is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from flask_babel import gettext as _

from feedback.petitions.kinds import KIND_NAMES, STATE_NAMES
from feedback.petitions.queries import FileRow
from feedback.petitions.rules.deadlines import days_left
from feedback.reports.writers.lists import Cell, Column, Listing
from feedback.workdays.rules import Calendar


def listing(agency: str, province: str, day: date) -> Listing:
    """The heads of the table."""
    columns = (
        Column(_("Number of the file"), 14),
        Column(_("What it is about"), 50),
        Column(_("Kind"), 12),
        Column(_("State"), 18),
        Column(_("Sent on"), 12),
        Column(_("Due"), 12),
        Column(_("Working days left"), 12),
        Column(_("Answered on"), 12),
        Column(_("Commune or ward"), 20),
        Column(_("Plan item"), 30),
        Column(_("Officer"), 22),
    )
    return Listing(
        office=(
            _("People's Committee of %(province)s province", province=province).upper(),
            agency,
        ),
        title=_("Work of %(agency)s", agency=agency),
        about=_("As of %(day)s", day=f"{day:%d/%m/%Y}"),
        columns=columns,
        sheet=f"{day:%Y-%m-%d}",
        cut="",
        motto=("", ""),
    )


def rows(files: Iterable[FileRow], calendar: Calendar, day: date) -> Iterator[tuple[Cell, ...]]:
    """Days are negative where the file is late, and empty where no clock runs. Words and days are found
    once, not once for each of a hundred thousand rows."""
    kinds = {code: str(words) for code, words in KIND_NAMES.items()}
    states = {code: str(words) for code, words in STATE_NAMES.items()}
    left = cache(lambda due_on: days_left(due_on, day, calendar))
    for file in files:
        runs = file.is_open and file.state != "needs_info"
        yield (
            file.reference,
            file.title,
            kinds.get(file.kind, file.kind),
            states.get(file.state, file.state),
            file.submitted_on,
            file.due_on,
            left(file.due_on) if runs else None,
            file.answered_on,
            file.commune,
            file.item,
            file.officer,
        )
