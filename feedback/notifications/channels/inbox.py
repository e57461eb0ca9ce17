"""The inbox on the site: a row, written together with the mark "sent", so exactly once."""

from __future__ import annotations

from feedback.notifications.channels.parcel import Parcel, Undeliverable
from feedback.notifications.models import InboxItem
from feedback.notifications.rendering import inbox_words


def deliver(parcel: Parcel) -> list[InboxItem]:
    if parcel.person_id is None:
        raise Undeliverable("no person to put it before")
    try:
        said = inbox_words(parcel.template, parcel.params, parcel.locale)
    except ValueError as error:
        raise Undeliverable(str(error)) from None
    link = str(parcel.params.get("link", ""))
    return [InboxItem(person_id=parcel.person_id, subject=said.subject, body=said.text, link=link)]
