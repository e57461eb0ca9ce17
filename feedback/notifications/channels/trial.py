"""One test message, sent now and by this process: what the mail server made of it, as a word that a page explains."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from time import monotonic
from urllib.parse import urlsplit

from flask import current_app

from feedback.core import ids
from feedback.core.logs import log
from feedback.notifications import pacing
from feedback.notifications.channels import email, maildir, smtp
from feedback.notifications.channels.parcel import Parcel

TEMPLATE = "notifications/trial"
A_DAY = 20  # tries of one person
pacing.pace(TEMPLATE, most=A_DAY)

# the first that fits; smtplib's errors are OSErrors too
MEANINGS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "sign_in"),
    (smtplib.SMTPSenderRefused, "sender"),
    (smtplib.SMTPRecipientsRefused, "recipient"),
    (smtplib.SMTPNotSupportedError, "unsupported"),
    (smtplib.SMTPServerDisconnected, "hung_up"),
    (smtplib.SMTPResponseException, "refused"),
    (smtp.NoTls, "no_tls"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "unknown_host"),
    (UnicodeError, "unknown_host"),  # a name that no machine can have
    (ConnectionRefusedError, "closed"),
    (TimeoutError, "slow"),
)


@dataclass(frozen=True)
class Tried:
    """``outcome``: took, folder, unset, or why not; ``reply``: the server's own words, if it said any."""

    outcome: str
    seconds: float = 0.0
    reply: str = ""

    @property
    def arrived(self) -> bool:
        return self.outcome in {"took", "folder"}


def server() -> str:
    """Name and port of the mail server, without name and password; empty where none is set."""
    parts = urlsplit(current_app.config["SMTP_URL"])
    port = parts.port or smtp.PORTS.get(parts.scheme, 0)
    return f"{parts.hostname}:{port}" if parts.hostname else ""


def send_to(address: str, locale: str) -> Tried:
    """Send it and wait for the answer, at most as long as the worker does. Nothing of it is kept but one
    line of the log, which names nobody."""
    parcel = Parcel(0, "email", None, address, TEMPLATE, locale, {}, ids.public_id(), 1)
    tried = _hand_over(email.compose(parcel))
    took = round(tried.seconds * 1000)
    log.info("mail_tried", outcome=tried.outcome, server=server(), ms=took)
    return tried


def _hand_over(message: EmailMessage) -> Tried:
    url, began = current_app.config["SMTP_URL"], monotonic()
    if not url:
        if not current_app.config["DEMO"]:
            return Tried("unset")
        maildir.keep(message)
        return Tried("folder")
    try:
        with smtp.connect(url) as line:
            line.send_message(message)
    except (OSError, UnicodeError) as error:
        return Tried(_meaning(error), monotonic() - began, _reply(error))
    return Tried("took", monotonic() - began)


def _meaning(error: Exception) -> str:
    if getattr(error, "smtp_code", 0) in smtp.ABOUT_US:
        return "sign_in"
    return next((word for kind, word in MEANINGS if isinstance(error, kind)), "unreachable")


def _reply(error: Exception) -> str:
    """What the server said, in one line that can be shown."""
    code, said = getattr(error, "smtp_code", 0), getattr(error, "smtp_error", b"")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(f"{code} {words}".split())[:200] if code else ""
