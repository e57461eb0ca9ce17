"""Addresses of people, of networks, and of pages to come back to."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

MAX_PATH = 500
FEWEST_DIGITS = 6

# Where each role starts its day; the first that a person has wins. Plain paths: those pages live above.
LANDING = (
    ("head", "/officer"),
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
