"""Addresses of people, of networks, and of pages to come back to."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

MAX_PATH = 500
FEWEST_DIGITS = 6
GOOGLE = frozenset({"gmail.com", "googlemail.com"})  # dots in the name mean nothing there
_MARKS = re.compile(r"[\s.()-]")
_MOBILE = re.compile(r"\+84[35789]\d{8}", re.ASCII)
_NATIONAL = re.compile(r"[2-9]\d{8,9}", re.ASCII)

# Where each role starts its day; the first that a person has wins. Plain paths: those pages live above.
LANDING = (
    ("head", "/officer"),
    ("deputy", "/officer"),
    ("officer", "/officer"),
    ("clerk", "/officer"),
    ("dispatcher", "/officer"),
    ("front", "/oversight"),
    ("editor", "/officer/plans"),
    ("admin", "/admin"),
    ("moderator", "/officer/comments"),
    ("desk_clerk", "/officer/entries"),
)


def landing(roles: frozenset[str]) -> str:
    return next((path for role, path in LANDING if role in roles), "/")


def tidy_email(text: str | None) -> str:
    """As stored and compared: lower case, no spaces around."""
    return (text or "").strip().lower()


@dataclass(frozen=True, slots=True)
class Proven:
    """The address that somebody has proved with a one-time code: an e-mail address or a number."""

    email: str = ""
    phone: str = ""

    @property
    def canonical(self) -> str:
        """One form for all spellings of the same mailbox or number, for counting people once."""
        return f"tel:{self.phone}" if self.phone else f"mailto:{canonical_email(self.email)}"

    def covers(self, *, email: str | None, phone: str | None) -> bool:
        """Is it the address or number that somebody left?"""
        if self.phone:
            return self.phone == canonical_phone(phone)
        return bool(email) and canonical_email(self.email) == canonical_email(email)


def canonical_email(text: str | None) -> str:
    """One form for all spellings of a mailbox: NFC, lower case, the domain as the net writes it, no
    plus-tag; for Google's mailboxes no dots in the name either. Only ever compared, never written to."""
    value = unicodedata.normalize("NFC", tidy_email(text))
    name, _at, domain = value.rpartition("@")
    with suppress(UnicodeError):  # what is no name of the net stays as it was typed
        domain = domain.rstrip(".").encode("idna").decode()
    name = name.partition("+")[0] or name
    if domain in GOOGLE:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def canonical_phone(text: str | None) -> str:
    """A number of Viet Nam as +84…, however it is grouped and begun; empty for what is none."""
    digits = _MARKS.sub("", unicodedata.normalize("NFKC", text or ""))
    for start in ("+84", "0084", "84", "0"):
        if digits.startswith(start):
            national = digits.removeprefix(start).removeprefix("0")
            return f"+84{national}" if _NATIONAL.fullmatch(national) else ""
    return ""


def is_mobile(number: str) -> bool:
    """May a text message reach this number (+84…)?"""
    return bool(_MOBILE.fullmatch(number))


def spellings(number: str) -> list[str]:
    """How people write a number (+84…) that the site keeps as they typed it."""
    national = number.removeprefix("+84")
    found = []
    for start in ("0", "+84", "84"):
        digits = f"{start}{national}"
        found.append(digits)
        for mark in (" ", ".", "-"):
            cut = len(digits) - 6
            found.append(mark.join([digits[:cut], digits[cut : cut + 3], digits[cut + 3 :]]))
            if start != "0":
                found.append(mark.join([start, national[:3], national[3:6], national[6:]]))
    return found


def looks_like_telephone(text: str | None) -> bool:
    """Somebody typed a number where an address was asked for: digits and the marks between them."""
    value = (text or "").strip()
    digits = sum(c.isdigit() for c in value)
    return digits >= FEWEST_DIGITS and all(c.isdigit() or c in "+ .()-" for c in value)


def network_of(address: str | None) -> str:
    """The neighbourhood of an IP address: /24, or /48 where it is IPv6. Empty for none."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return ""
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    size = 24 if isinstance(ip, IPv4Address) else 48
    return str(ip_network((ip, size), strict=False))


def local_path(target: str | None) -> str:
    """``target`` if it is a path on this site, else nothing: no sign-in page sends people elsewhere."""
    text = target or ""
    if not text.startswith("/") or text.startswith("//") or len(text) > MAX_PATH:
        return ""
    if "\\" in text or any(ord(c) <= 32 or ord(c) == 127 for c in text):
        return ""
    parts = urlsplit(text)
    return "" if parts.scheme or parts.netloc else text
