"""Word to staff that petitions come in a flood: once, not once for each."""

from __future__ import annotations

from feedback.accounts.queries import holders
from feedback.core import clock
from feedback.notifications.actions import enqueue_all, to_staff

DESK = "/officer/held"


def tell_flood(why: str) -> None:
    """Dispatchers at once, and the Front, as a rule in its inbox; of one flood only once,
    though two processes see its first."""
    now = clock.now()
    told = [(person, "flood") for person in holders("dispatcher")]
    told += [(person, "doubts") for person in holders("front")]
    enqueue_all(
        [
            one
            for person, kind in told
            for one in to_staff(
                person,
                kind,
                template="petitions/staff_flood",
                params={"why": why, "at": now, "link": DESK},
                dedupe_key=f"flood:{{channel}}:{person.public_id}:{now:%Y-%m-%dT%H}",
            )
        ]
    )
