"""Who is told what about supports: rows of the outbox, written with the change that caused them."""

from __future__ import annotations

from feedback.accounts.queries import holders
from feedback.core import clock
from feedback.notifications.actions import enqueue_all, message
from feedback.petitions.models import Petition

DESK = "/officer/supports"


def tell_doubt(petition: Petition) -> None:
    """Moderators and the Front, once a day for each petition: supports came too many at once."""
    people = holders("moderator", "front")
    day = clock.today().isoformat()
    enqueue_all(
        [
            message(
                "inbox",
                to=person,
                template="supports/staff_doubt",
                params={"title": petition.title, "reference": petition.reference, "link": DESK},
                dedupe_key=f"{petition.public_id}:supports_doubt:{person.public_id}:{day}",
            )
            for person in people
        ]
    )
