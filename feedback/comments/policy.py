"""Who may speak for a body under an item. Answers yes or no from what is already loaded; never queries."""

from __future__ import annotations

from feedback.accounts.models import Person
from feedback.agencies.models import Agency


def may_reply_for(person: Person, agency: Agency | None, *, named: bool) -> bool:
    """Staff of a body that the item names as leading or coordinating (``named``), or of the focal one."""
    if agency is None or agency.id != person.agency_id or not person.may("comments:reply"):
        return False
    return named or agency.is_focal
