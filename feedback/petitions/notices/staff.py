"""Word to staff about a file, each by the ways that she chose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feedback.accounts.models import Person
from feedback.accounts.queries import Told
from feedback.notifications import actions
from feedback.notifications.actions import Message
from feedback.petitions.models import Petition
from feedback.petitions.notices.saying import base, key

KIND_OF = {
    "arrived": "arrived",
    "assigned": "assigned",
    "moved_on": "assigned",
    "approval_asked": "decide",
    "extension_asked": "decide",
    "decline_proposed": "decide",
    "sent_back": "decided",
    "approved": "decided",
    "extended": "decided",
    "extension_turned_down": "decided",
    "decline_turned_down": "decided",
    "supplied": "resident",
    "resumed": "resident",
    "withdrawn": "resident",
    "part_asked": "parts",
    "part_given": "parts",
    "disputed": "disputed",
    "late": "late",
}


def to_staff(
    people: Iterable[Person | Told], petition: Petition, what: str, params: dict[str, Any]
) -> list[Message]:
    """Never to somebody who has left."""
    link = f"/officer/petitions/{petition.public_id}"
    said = {**base(petition), "link": link, **params}
    return [
        one
        for person in people
        if isinstance(person, Told) or person.enabled
        for one in actions.to_staff(
            person,
            KIND_OF[what],
            template=f"petitions/staff_{what}",
            params=said,
            dedupe_key=key(petition, f"{{channel}}:{what}", person.public_id, params),
        )
    ]
