"""E-mail: one message, one recipient, text with an HTML alternative."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from flask import current_app

from feedback.core import clock, ids
from feedback.notifications.channels import maildir, smtp
from feedback.notifications.channels.parcel import Parcel, Undeliverable
from feedback.notifications.pacing import may_go
from feedback.notifications.rendering import words
from feedback.notifications.rules import one_address, one_line


def deliver(parcel: Parcel) -> list[Any]:
    """Hand the message to the SMTP server; in a demonstration without one, to a folder."""
    message = compose(parcel)
    # a second attempt was counted at the first
    if parcel.attempts < 2 and not may_go(parcel.template, parcel.address, now=clock.now()):
        raise Undeliverable("this address had so many of these today")
    url = current_app.config["SMTP_URL"]
    if url:
        smtp.send(message, url)
    elif current_app.config["DEMO"]:
        maildir.keep(message)
    else:
        raise ConnectionError("FEEDBACK_SMTP_URL is not set")
    return []


def compose(parcel: Parcel) -> EmailMessage:
    """The message. Raises Undeliverable where a header would not be one line or one address."""
    try:
        said = words(parcel.template, parcel.params, parcel.locale)
        recipient = Address(addr_spec=one_address(parcel.address))
    except ValueError as error:
        raise Undeliverable(str(error)) from None
    name, sender = parseaddr(one_line(current_app.config["MAIL_FROM"]))
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=name, addr_spec=sender)
    message["To"] = recipient
    message["Subject"] = said.subject
    message["Date"] = format_datetime(clock.now())
    # the same for every attempt: a mailbox that got it twice after a crash can tell
    unique = ids.keyed_hash(parcel.dedupe_key, "message id")[:32]
    message["Message-ID"] = f"<{unique}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies
    message.set_content(said.text)
    message.add_alternative(said.html, subtype="html")
    message["Content-Language"] = parcel.locale  # last: content headers move into the first part
    return message
