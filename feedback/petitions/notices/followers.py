"""Word to whoever asked to hear of a petition: of the steps worth it, of the answer and of the end."""

from __future__ import annotations

from typing import Any

from feedback.notifications.actions import enqueue_all, message
from feedback.petitions import queries
from feedback.petitions.models import Follower, Petition
from feedback.petitions.notices.saying import base, key
from feedback.petitions.notices.texts import had_enough
from feedback.petitions.rules.consents import TEXTED


def tell_followers(petition: Petition, what: str, **params: Any) -> None:
    """By e-mail, or by text message to whoever proved a number. The steps on the way (those that a sender
    gets a text message of) go to whoever asked for them. Each mail says how to hear no more."""
    said = {**base(petition), **params}
    rows = [row for row in queries.followers_of(petition) if row.email or row.phone]
    if what in TEXTED - {"answered"}:
        rows = [row for row in rows if row.steps]
    enough = had_enough([row.phone for row in rows if not row.email])
    enqueue_all(
        [
            message(
                "email" if follower.email else "sms",
                to=follower,
                template=f"petitions/follower_{what}",
                params={**said, "link": _shown_to(follower, petition), "end": _end_of(follower)},
                dedupe_key=key(petition, f"follower_{what}", follower.public_id, params),
            )
            for follower in rows
            if follower.email or follower.phone not in enough
        ]
    )


def _shown_to(follower: Follower, petition: Petition) -> str:
    return "/track/email" if follower.own else f"/petitions/{petition.public_id}"


def _end_of(follower: Follower) -> str:
    return f"/followings/{follower.public_id}"
