"""What became of a test message, in words: what happened, and what to do."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

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
