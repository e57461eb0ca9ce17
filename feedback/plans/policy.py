"""Who may say something about an item. Answers yes or no from what is already loaded; never queries."""

from __future__ import annotations

from typing import Protocol

from feedback.accounts.models import Person
from feedback.agencies.models import Agency


class Named(Protocol):
    """A task with the bodies that its plan names today (``queries.Duty``)."""

    def is_led_by(self, agency_id: int | None) -> bool: ...

    def is_helped_by(self, agency: Agency) -> bool: ...


def may_report(person: Person, duty: Named) -> bool:
    """Staff of the body that leads the item today."""
    return person.may("progress:report") and duty.is_led_by(person.agency_id)


def may_add_part(person: Person, agency: Agency, duty: Named) -> bool:
    """Staff of a body that the item names as coordinating or implementing, alone or within a group."""
    return (
        person.may("progress:report")
        and agency.id == person.agency_id
        and not duty.is_led_by(agency.id)
        and duty.is_helped_by(agency)
    )
