"""A real SMTP server: ``smtp://``, ``smtps://`` (TLS at once) or ``smtp+starttls://user:pass@host:port``."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from feedback.notifications.channels.parcel import Undeliverable

TIMEOUT_S = 20
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


def send(message: EmailMessage, url: str) -> None:
    """Hand over one message. Raises Undeliverable for a lasting refusal (5xx), OSError for the rest."""
    with _connect(url) as server:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            _give_up_if_lasting(max(code for code, _text in refused.recipients.values()))
            raise
        except smtplib.SMTPResponseException as refused:
            _give_up_if_lasting(refused.smtp_code)
            raise


def _give_up_if_lasting(code: int) -> None:
    if 500 <= code < 600:
        raise Undeliverable(f"the mail server refused with {code}") from None


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ConnectionError("FEEDBACK_SMTP_URL is not smtp://, smtps:// or smtp+starttls://")
    port = parts.port or PORTS[parts.scheme]
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            parts.hostname, port, timeout=TIMEOUT_S, context=context
        )
    else:
        server = smtplib.SMTP(parts.hostname, port, timeout=TIMEOUT_S)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server
