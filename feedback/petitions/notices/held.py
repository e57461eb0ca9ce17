"""Word to staff that petitions come in a flood: once, not once for each."""

from __future__ import annotations

from feedback.accounts.queries import holders
from feedback.core import clock
from feedback.notifications.actions import enqueue_all, message

DESK = "/officer/held"


def tell_flood(why: str) -> None:
    """Dispatchers, in the site's inbox and by e-mail, and the Front in its inbox; of one flood only once,
    though two processes see its first."""
    now = clock.now()
    told = [(person, channel) for person in holders("dispatcher") for channel in ("inbox", "email")]
    told += [(person, "inbox") for person in holders("front")]
    enqueue_all(
        [
            message(
                channel,
                to=person,
                template="petitions/staff_flood",
                params={"why": why, "at": now, "link": DESK},
                dedupe_key=f"flood:{channel}:{person.public_id}:{now:%Y-%m-%dT%H}",
            )
            for person, channel in told
        ]
    )
