"""Reading the operator's table of how bodies are reached: pure rules on plain text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from feedback.core.text import clean_line

COLUMNS = ("code", "address", "phone", "hours", "reception", "source", "checked_on")
LONGEST = 200
PHONE = re.compile(r"\+?[0-9][0-9 .()-]{2,38}")


class BadContact(ValueError):
    """A line that cannot be taken; says which and why."""


@dataclass(frozen=True)
class ContactRow:
    """How one body is reached; empty is unknown. ``source`` says who said so."""

    code: str
    address: str = ""
    phone: str = ""
    hours: str = ""
    reception: str = ""
    source: str = ""
    checked_on: date | None = None

    @property
    def told(self) -> dict[str, str]:
        """What is known, by name, as the record keeps it."""
        names = ("address", "phone", "hours", "reception", "source")
        found = {name: getattr(self, name) for name in names if getattr(self, name)}
        return found | ({"checked_on": self.checked_on.isoformat()} if self.checked_on else {})


def read_contacts(lines: Iterable[str]) -> Iterator[ContactRow]:
    """Rows of a CSV file with the columns of COLUMNS. Raises BadContact on a line that is none."""
    table = csv.DictReader(lines)
    if set(COLUMNS) - set(table.fieldnames or ()):
        raise BadContact(f"the first line must name {', '.join(COLUMNS)}")
    for row in table:
        try:
            yield _row({name: clean_line(row.get(name)) for name in COLUMNS})
        except ValueError as error:
            raise BadContact(f"line {table.line_num}: {error}") from error


def _row(cells: dict[str, str]) -> ContactRow:
    long = next((name for name, cell in cells.items() if len(cell) > LONGEST), "")
    if long:
        raise ValueError(f"{long} is longer than {LONGEST} characters")
    if cells["phone"] and not PHONE.fullmatch(cells["phone"]):
        raise ValueError(f"{cells['phone']!r} is no telephone number")
    known = any(cells[name] for name in ("address", "phone", "hours", "reception"))
    if known and not cells["source"]:
        raise ValueError("source is empty: people must know who says so")
    day = cells.pop("checked_on")
    return ContactRow(**cells, checked_on=date.fromisoformat(day) if day else None)
