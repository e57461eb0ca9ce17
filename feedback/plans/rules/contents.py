"""What a version of a plan says, as plain values: what is written at publication, and what was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Named:
    """A body or a group in a role: the document's wording and one of the two keys."""

    role: str
    wording: str
    agency_id: int | None = None
    group_id: int | None = None


@dataclass(frozen=True)
class Entry:
    """A section, a group or a task. ``parent`` and ``shared_from`` are paths of the same content;
    ``item_id`` is the item that goes on under this entry, if any does."""

    path: str
    label: str
    parent: str
    is_task: bool
    text: str
    deadline_text: str = ""
    deadline_on: date | None = None
    title: str = ""
    summary: str = ""
    named: Sequence[Named] = ()
    shared_from: str = ""
    item_id: int | None = None


@dataclass(frozen=True)
class Content:
    """A whole version, entries in the order of the document."""

    number: str
    kind: str
    title: str
    issuer: str
    issued_on: date
    signer: str
    entries: Sequence[Entry]

    def as_json(self) -> dict[str, Any]:
        kept = asdict(self)
        kept["issued_on"] = self.issued_on.isoformat()
        for entry in kept["entries"]:
            day = entry["deadline_on"]
            entry["deadline_on"] = day.isoformat() if day else None
        return kept


def content_from(kept: Mapping[str, Any]) -> Content:
    """The content as it was put away by ``as_json``."""
    entries = [
        Entry(
            **{
                **entry,
                "deadline_on": _day(entry["deadline_on"]),
                "named": tuple(Named(**one) for one in entry["named"]),
            }
        )
        for entry in kept["entries"]
    ]
    return Content(
        **{**kept, "issued_on": date.fromisoformat(kept["issued_on"]), "entries": tuple(entries)}
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
