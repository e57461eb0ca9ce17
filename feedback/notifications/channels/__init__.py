"""Ways in which a message reaches somebody: one file and one line here each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedback.notifications.channels import digest, email, inbox, sms
from feedback.notifications.channels.parcel import Parcel, Undeliverable

# A channel delivers and returns the rows to be written together with the mark "sent".
CHANNELS: dict[str, Callable[[Parcel], list[Any]]] = {
    "email": email.deliver,
    "inbox": inbox.deliver,
    "digest": digest.deliver,
    "sms": sms.deliver,
}

__all__ = ["CHANNELS", "Parcel", "Undeliverable"]
