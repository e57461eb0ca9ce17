"""A folder instead of a mail server, for demonstrations; ``/hop-thu-thu`` shows what it holds."""

from __future__ import annotations

import mailbox
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from flask import current_app


@dataclass(frozen=True)
class Kept:
    """A mail in the folder."""

    key: str
    to: str
    subject: str
    date: datetime | None
    text: str


def keep(message: EmailMessage) -> None:
    _box().add(message.as_bytes())


def newest(limit: int = 50) -> list[Kept]:
    """The latest mails, newest first."""
    folder = Path(current_app.config["INSTANCE_DIR"]) / "mail" / "new"
    if not folder.is_dir():
        return []
    names = sorted((path.name for path in folder.iterdir()), key=_order, reverse=True)
    found = (one(name) for name in names[:limit])
    return [mail for mail in found if mail]


def one(key: str) -> Kept | None:
    try:
        raw = _box().get_bytes(key)
    except (KeyError, OSError):
        return None
    message = message_from_bytes(raw, policy=default)
    body = message.get_body(preferencelist=("plain",))
    return Kept(
        key=key,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=message["Date"].datetime if message["Date"] else None,
        text=body.get_content() if body else "",
    )


def _order(name: str) -> tuple[int, str]:
    seconds = name.partition(".")[0]
    return (int(seconds) if seconds.isdigit() else 0, name)


def _box() -> mailbox.Maildir:
    path = Path(current_app.config["INSTANCE_DIR"]) / "mail"
    path.parent.mkdir(parents=True, exist_ok=True)
    return mailbox.Maildir(path, create=True)
