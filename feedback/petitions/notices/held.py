"""Word to staff that petitions come in a flood, once, not once for each; and that some are held too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class Lying:
    """So many are held longer than ``most`` working days; the oldest was sent on ``oldest``."""

    number: int
    most: int
    oldest: date
    longest: int


def tell_lying(role: str, lying: Lying, *, on: date) -> None:
    """Whoever holds the role, in the way that she chose, once on that day."""
    params = {
        "number": lying.number,
        "most": lying.most,
        "oldest": lying.oldest,
        "longest": lying.longest,
        "decides": role == "dispatcher",
        "link": DESK,
    }
    enqueue_all(
        [
            one
            for person in holders(role)
            for one in to_staff(
                person,
                "lying",
                template="petitions/staff_held_long",
                params=params,
                dedupe_key=f"held-long:{role}:{{channel}}:{person.public_id}:{on.isoformat()}",
            )
        ]
    )
