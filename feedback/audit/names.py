"""How the record writes people, agencies, subjects and values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from feedback.audit.rules.canonical import nfc
from feedback.core import ids


def pseudonym(by: Any) -> str:
    """How the record names a person: 32 hex characters under the site's secret; words stand as they are."""
    if by is None or isinstance(by, str):
        return by or ""
    return ids.keyed_hash(f"{type(by).__name__.lower()}:{by.id}", "audit actor")[:32]


def agency_code(agency: Any) -> str:
    if agency is None or isinstance(agency, str):
        return agency or ""
    return str(agency.code)


def subject_name(subject: Any) -> str:
    if isinstance(subject, str):
        return subject
    if isinstance(subject, tuple):
        return ":".join(map(str, subject))
    named = getattr(subject, "subject", None)
    if isinstance(named, str):
        return named
    return f"{type(subject).__name__.lower()}:{subject.public_id}"


def text_of(value: Any) -> str:
    """How the record writes a value: NFC text, ISO dates, UTC times, true/false, whole numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    return nfc(str(value))
