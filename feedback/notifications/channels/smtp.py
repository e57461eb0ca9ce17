"""A real SMTP server: ``smtp://user:pass@host:port`` takes STARTTLS when it is offered,
``smtp+starttls://`` insists on it, ``smtps://`` speaks TLS at once. Certificates are checked.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from urllib.parse import unquote, urlsplit

from feedback.notifications.channels.parcel import Undeliverable

TIMEOUT_S = 20
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
ABOUT_US = {530, 534, 535, 538}  # RFC 4954: who sends must sign in, or has done so wrongly
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class NoTls(ConnectionError):
    """A password is set, and the line is not safe for it."""


def send(message: EmailMessage, url: str) -> None:
    """Hand over one message. Raises Undeliverable for a lasting refusal (5xx), OSError for the rest.

    A sender that is refused, and a password that is asked for or wrong, are the operator's to mend: no
    message is given up for that.
    """
    with connect(url) as server:
        try:
            server.send_message(message)
        except smtplib.SMTPSenderRefused:
            raise
        except smtplib.SMTPRecipientsRefused as refused:
            _give_up_if_lasting(max(code for code, _text in refused.recipients.values()))
            raise
        except smtplib.SMTPResponseException as refused:
            _give_up_if_lasting(refused.smtp_code)
            raise


def _give_up_if_lasting(code: int) -> None:
    if 500 <= code < 600 and code not in ABOUT_US:
        raise Undeliverable(f"the mail server refused with {code}") from None


def connect(url: str) -> smtplib.SMTP:
    """Signed in and ready for a message. Raises OSError, of which smtplib's own errors are some."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in PORTS or not host:
        raise ConnectionError("FEEDBACK_SMTP_URL is not smtp://, smtps:// or smtp+starttls://")
    port = parts.port or PORTS[parts.scheme]
    kind: Callable[..., smtplib.SMTP] = smtplib.SMTP
    if parts.scheme == "smtps":
        kind = partial(smtplib.SMTP_SSL, context=ssl.create_default_context())
    server = kind(host, port, timeout=TIMEOUT_S)
    try:
        safe = parts.scheme == "smtps" or _upgrade(server, parts.scheme, host)
        if parts.username and not safe:
            raise NoTls("no password goes over a line without TLS")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _upgrade(server: smtplib.SMTP, scheme: str, host: str) -> bool:
    """Is the line safe for a password now? A relay on this machine needs no TLS for that."""
    if scheme == "smtp" and host in LOOPBACK:
        return True
    server.ehlo()
    if scheme == "smtp" and not server.has_extn("starttls"):
        return False
    server.starttls(context=ssl.create_default_context())  # raises where it is not offered
    return True
