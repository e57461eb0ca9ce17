"""Text messages to senders who asked for them: of the important steps only, and so many a day at most."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from feedback.accounts.rules.addresses import canonical_phone, is_mobile
from feedback.core import clock, texting
from feedback.notifications.actions import Message, message
from feedback.notifications.queries import texts_since
from feedback.petitions import queries
from feedback.petitions.models import Petition
from feedback.petitions.notices.saying import base, key
from feedback.petitions.rules.consents import SMS, TEXTED

DAY = timedelta(hours=24)
TEXT_KEY = "text_"  # what the key of such a message goes on with, after the petition's
NEWS = "petitions/"  # templates of petitions; codes are accounts/


def texts_to_sender(petition: Petition, what: str, params: dict[str, Any]) -> list[Message]:
    """One message or none. Nothing is asked of the database for other steps, or without a gateway.

    It says no more than what happened: who finds the telephone reads no title."""
    if what not in TEXTED or not texting.offered():
        return []
    number = mobile_of(petition)
    if not number or not queries.agrees_to(petition, SMS) or number in had_enough([number]):
        return []
    said = base(petition) | {name: params[name] for name in ("due", "bound") if name in params}
    del said["title"]
    return [
        message(
            "sms",
            to=number,
            template=f"petitions/resident_{what}",
            params={**said, "link": "/track"},
            dedupe_key=key(petition, f"{TEXT_KEY}{what}", "sender", params),
            locale=petition.locale,
        )
    ]


def mobile_of(petition: Petition) -> str:
    """The number that the sender left, as +84…, if a text message can reach it."""
    number = canonical_phone(petition.contact.phone) if petition.contact else ""
    return number if is_mobile(number) else ""


def had_enough(numbers: Collection[str]) -> set[str]:
    """Which of these had as many messages with news in 24 hours as one number gets. One statement."""
    had = texts_since(numbers, NEWS, since=clock.now() - DAY)
    return {number for number in numbers if had.get(number, 0) >= texting.a_day()}
