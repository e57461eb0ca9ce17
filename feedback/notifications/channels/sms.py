"""Text messages through the operator's gateway: one HTTPS POST of JSON for each message.

``{"to": "+84912345678", "from": …, "text": …, "id": …}`` with ``Authorization: Bearer …``; ``id`` is the same
for every attempt, so that a gateway can leave out what it has sent. Any 2xx means taken over.
"""

from __future__ import annotations

import json
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from flask import current_app

from feedback.core import clock, ids
from feedback.notifications.channels import maildir
from feedback.notifications.channels.parcel import Parcel, Undeliverable
from feedback.notifications.rendering import sms_words
from feedback.notifications.rules import one_number

TIMEOUT_S = 20
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
TRY_AGAIN = {408, 425, 429}  # of 4xx: the gateway is busy, or wants us to slow down


class _NoRedirect(HTTPRedirectHandler):
    """The token goes to the address that the operator wrote, and nowhere else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


_opener = build_opener(_NoRedirect)


def deliver(parcel: Parcel) -> list[Any]:
    """Hand the message to the gateway; in a demonstration without one, to the folder for mail."""
    try:
        number, text = one_number(parcel.address), _text(parcel)
    except ValueError as error:
        raise Undeliverable(str(error)) from None
    url = current_app.config["SMS_URL"]
    if url:
        _post(url, number, text, parcel)
    elif current_app.config["DEMO"]:
        _show(number, text)
    else:
        raise ConnectionError("FEEDBACK_SMS_URL is not set")
    return []


def _text(parcel: Parcel) -> str:
    return sms_words(parcel.template, parcel.params, parcel.locale)


def _post(url: str, number: str, text: str, parcel: Parcel) -> None:
    """Raises Undeliverable for a lasting refusal (4xx), OSError for the rest."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ConnectionError("FEEDBACK_SMS_URL is not https://")
    config = current_app.config
    body = {
        "to": number,
        "from": config["SMS_FROM"],
        "text": text,
        "id": ids.keyed_hash(parcel.dedupe_key, "message id")[:32],
    }
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    if config["SMS_TOKEN"]:
        headers["Authorization"] = f"Bearer {config['SMS_TOKEN']}"
    request = Request(url, json.dumps(body, ensure_ascii=False).encode(), headers, method="POST")  # noqa: S310 - https, or this machine
    try:
        with _opener.open(request, timeout=TIMEOUT_S):
            pass
    except HTTPError as refused:
        refused.close()
        if 400 <= refused.code < 500 and refused.code not in TRY_AGAIN:
            raise Undeliverable(f"the gateway refused with {refused.code}") from None
        raise ConnectionError(f"the gateway answered {refused.code}") from None


def _show(number: str, text: str) -> None:
    message = EmailMessage(policy=SMTP)
    message["To"] = Address(display_name=number, username="sms", domain="demo.example")
    message["Subject"] = f"SMS: {text[:24]}…"  # all of it stands in the message
    message["Date"] = format_datetime(clock.now())
    message.set_content(text)
    maildir.keep(message)
