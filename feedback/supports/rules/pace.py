"""When many supports from one place make the next one suspect."""

from __future__ import annotations

# what half the country uses says nothing about who is behind an address
COMMON = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.com.vn",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "icloud.com",
        "zoho.com",
        "proton.me",
        "fpt.vn",
        "viettel.vn",
        "vnn.vn",
    }
)


def telling_domain(email: str) -> str:
    """The domain of an address where it tells something: a new domain with a catch-all mailbox gives
    anybody a thousand addresses. Empty for the ones that everybody uses, and for none."""
    domain = email.rpartition("@")[2]
    return "" if domain in COMMON else domain


def is_suspect(before: int, most: int) -> bool:
    """Is the next one from the same place past what the pace allows?"""
    return before >= most
