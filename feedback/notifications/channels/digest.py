"""One mail a day: the notice lies in the inbox at once, and is named in the mail of the morning."""

from __future__ import annotations

from feedback.notifications.channels import inbox
from feedback.notifications.channels.parcel import Parcel
from feedback.notifications.models import InboxItem


def deliver(parcel: Parcel) -> list[InboxItem]:
    items = inbox.deliver(parcel)
    for item in items:
        item.for_digest = True
    return items
