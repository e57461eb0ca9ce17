"""What a channel is given, and how it says that trying again is no use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Undeliverable(Exception):
    """No later attempt can succeed. The text is kept, so it must name nobody."""


@dataclass(frozen=True)
class Parcel:
    """A claimed message, apart from any database session: nothing is locked while it is on its way."""

    id: int
    channel: str
    person_id: int | None
    address: str
    template: str
    locale: str
    params: dict[str, Any]
    dedupe_key: str
    attempts: int
