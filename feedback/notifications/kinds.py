"""What staff may be told of, each in her own way; and what became of a test message, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from feedback.notifications.rules import AT_ONCE, SITE


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice. ``roles``: who may get it; ``owed``: a term of the law or of the head runs from
    it, so it cannot be switched off; ``usual``: how it comes to who chose nothing."""

    title: Any
    roles: frozenset[str]
    owed: bool = False
    usual: str = AT_ONCE


_ALL = "officer clerk head deputy dispatcher editor desk_clerk front moderator admin"


def _kind(title: Any, roles: str, *, owed: bool = False, usual: str = AT_ONCE) -> NoticeKind:
    return NoticeKind(title, frozenset(roles.split()), owed, usual)


# in the order of the page
NOTICES: dict[str, NoticeKind] = {
    "assigned": _kind(_l("A file is given to me, or to somebody else"), "officer", owed=True),
    "late": _kind(_l("A file is overdue"), "officer head", owed=True),
    "disputed": _kind(
        _l("A sender is not content with an answer"), "officer head front", owed=True
    ),
    "decide": _kind(_l("Something waits for my decision"), "head deputy dispatcher", owed=True),
    "data": _kind(_l("A request about personal data"), "admin", owed=True),
    "parts": _kind(
        _l("A part is asked of my agency, or was given"), "officer clerk head", owed=True
    ),
    "flood": _kind(_l("Petitions come in a flood"), "dispatcher", owed=True),
    "lying": _kind(_l("Petitions are held too long"), "dispatcher front", owed=True),
    "arrived": _kind(_l("A new file came to my agency"), "clerk head dispatcher"),
    "decided": _kind(
        _l("What I wrote was approved or sent back"), "officer clerk head deputy dispatcher"
    ),
    "resident": _kind(
        _l("A sender adds, takes back, or does not answer"), "officer clerk head dispatcher"
    ),
    "supported": _kind(
        _l("Many people support a petition"), "officer head deputy dispatcher front"
    ),
    "reports": _kind(_l("A progress report is due"), "officer clerk head deputy editor"),
    "acts": _kind(_l("A body is reorganised"), _ALL),
    "doubts": _kind(_l("Petitions or supports look suspicious"), "front moderator", usual=SITE),
    "comments": _kind(_l("Comments and replies to read"), "head moderator", usual=SITE),
}

TRIALS = {
    "took": (
        _l("The mail server took the message"),
        _l(
            "Look into your mailbox. Not there after five minutes? Look into the spam folder first."
        ),
    ),
    "folder": (
        _l("The message lies in the trial mailbox"),
        _l("This demonstration has no mail server, so no mail leaves it."),
    ),
    "unset": (
        _l("No mail server is set"),
        _l("Set FEEDBACK_SMTP_URL and restart. Mail waits meanwhile; none of it is lost."),
    ),
    "unknown_host": (
        _l("There is no mail server of this name"),
        _l("Check the name in FEEDBACK_SMTP_URL."),
    ),
    "closed": (
        _l("The mail server does not listen on this port"),
        _l("Check the port in FEEDBACK_SMTP_URL: mostly 587, 465 or 25."),
    ),
    "slow": (
        _l("The mail server did not answer in time"),
        _l("Mostly a firewall between the two machines is in the way. Check the port, too."),
    ),
    "unreachable": (
        _l("The mail server cannot be reached"),
        _l("Check the network between this machine and the mail server, and FEEDBACK_SMTP_URL."),
    ),
    "certificate": (
        _l("The mail server's certificate is not right"),
        _l(
            "It has run out, is for another name, or comes from an unknown issuer. Nothing was sent."
        ),
    ),
    "tls": (
        _l("The line could not be encrypted"),
        _l("Use smtps:// for port 465 and smtp+starttls:// for port 587."),
    ),
    "no_tls": (
        _l("No password is sent over an open line"),
        _l("This mail server offers no TLS here. Use smtps:// or smtp+starttls://."),
    ),
    "unsupported": (
        _l("The mail server does not offer what is asked of it"),
        _l("Mostly STARTTLS or signing in is missing on this port. Try smtps:// and port 465."),
    ),
    "sign_in": (
        _l("The mail server refuses name or password"),
        _l("Check both in FEEDBACK_SMTP_URL. Write @ within them as %40."),
    ),
    "sender": (
        _l("The mail server does not take mail from this sender"),
        _l("FEEDBACK_MAIL_FROM must belong to a domain that this server sends for."),
    ),
    "recipient": (
        _l("The mail server does not take mail to your address"),
        _l("Check your address, and whether this server may send to other domains."),
    ),
    "hung_up": (
        _l("The mail server closed the line"),
        _l("Check port and kind of line in FEEDBACK_SMTP_URL, then try again."),
    ),
    "refused": (
        _l("The mail server refused the message"),
        _l("Its own words below say why."),
    ),
}
